/** What a peer is asked. */
export interface PeerRequest {
  readonly method: 'GET' | 'POST';
  /** Beneath `api/v1/`, with its query. */
  readonly path: string;
  readonly body?: unknown;
}

/** What a peer answered. */
export interface PeerReply {
  readonly status: number;
  /** Parsed JSON that nobody has checked. */
  readonly body: unknown;
}

/** How peers are found and spoken to. */
export interface PeerTransport {
  /** The addresses of all replicas as they are now, this one's too. Rejects where they cannot be found. */
  readonly addresses: () => Promise<readonly string[]>;
  /** Rejects with words where no answer comes in time, or one that is no JSON or too large. */
  readonly send: (address: string, request: PeerRequest) => Promise<PeerReply>;
}

import { lookup } from 'node:dns/promises';
import { isIPv6 } from 'node:net';
import { parsedJson } from '../../../core/parsedJson.ts';
import { withoutTracing } from '../../../tracing/context/withoutTracing.ts';
import { readBounded } from '../../adapters/readBounded.ts';
import type { PeerReply, PeerRequest, PeerTransport } from '../peerTransport.ts';
import type { ResolvedPeersOptions } from '../peersOptions.ts';

/** A part with 10,000 groups has some megabytes. */
const MAX_REPLY_BYTES = 16 * 1024 * 1024;

/** Finds peers by DNS, as the system resolves names, and speaks to them over HTTP. */
export function httpPeerTransport(options: ResolvedPeersOptions): PeerTransport {
  return { addresses: () => findAddresses(options), send: (address, request) => send(options, address, request) };
}

async function findAddresses({ hostName }: ResolvedPeersOptions): Promise<readonly string[]> {
  const found = await lookup(hostName, { all: true });
  return [...new Set(found.map(({ address }) => address))].sort();
}

async function send(
  { port, path: mount, token, timeoutMillis }: ResolvedPeersOptions,
  address: string,
  { method, path, body }: PeerRequest,
): Promise<PeerReply> {
  const host = isIPv6(address) ? `[${address}]` : address;
  const signal = AbortSignal.timeout(timeoutMillis);
  let status: number;
  let text: string | undefined;
  try {
    const response = await withoutTracing(() =>
      fetch(`http://${host}:${port}${mount}/api/v1/${path}`, {
        method,
        signal,
        redirect: 'manual',
        headers: { authorization: `Bearer ${token.reveal()}`, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    );
    ({ status } = response);
    text = await readBounded(response, MAX_REPLY_BYTES);
  } catch (error) {
    throw new Error(signal.aborted ? `did not answer within ${timeoutMillis} ms` : reasonOf(error), { cause: error });
  }
  if (text === undefined) throw new Error(`answered with more than ${MAX_REPLY_BYTES / 1024 / 1024} MiB`);
  // A redirection has no body, and is not followed: the token would go along. What stands before a peer answers in HTML: its
  // status says enough.
  return { status, body: status === 200 ? demandedJson(text) : parsedJson(text) };
}

function demandedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new Error('answered with what is no JSON', { cause: error });
  }
}

/** What `fetch` rejects with says nothing; its cause does. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (cause instanceof Error && 'code' in cause) return `cannot be reached (${String(cause.code)})`;
  return cause instanceof Error ? cause.message : String(cause);
}

import { errorCode } from './errorCode.ts';

/** What an `AgentSendError` is made of. */
export interface AgentSendErrorOptions {
  /** The agent, as text. */
  readonly destination: string;
  /** Size of the packet, in bytes; left out where it is one of those before. */
  readonly packetBytes?: number;
  /** What the system said. */
  readonly cause: unknown;
}

/** What to do about an error of the system, by its code. */
const ADVICE: Readonly<Record<string, string>> = {
  EMSGSIZE: 'the network does not carry packets of this size: lower maxPacketBytes',
  ECONNREFUSED: 'nobody listens there: check that the agent runs, and its port (6832 binary, 6831 compact)',
};

/** The kernel did not take a packet for the agent, or learned that an earlier one came to nothing. */
export class AgentSendError extends Error {
  override readonly name = 'AgentSendError';
  readonly destination: string;
  /** Size of the packet, in bytes; `undefined` where it is one of those before. */
  readonly packetBytes: number | undefined;
  /** The system's code: `EMSGSIZE`, `ECONNREFUSED`; `undefined` where it gave none. */
  readonly code: string | undefined;

  constructor({ destination, packetBytes, cause }: AgentSendErrorOptions) {
    const code = errorCode(cause);
    const packet = packetBytes === undefined ? 'an earlier packet' : `a packet of ${packetBytes} bytes`;
    const advice = ADVICE[code ?? ''];
    super([`${packet} did not reach ${destination}: ${messageOf(cause)}`, advice ?? []].flat().join('; '), { cause });
    this.destination = destination;
    this.packetBytes = packetBytes;
    this.code = code;
  }
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

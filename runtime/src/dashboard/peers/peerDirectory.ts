import { z } from '@hono/zod-openapi';
import type { InstanceAnswer } from '../api/instanceSchema.ts';
import type { Instance } from '../instance.ts';
import { OTHER_FORM, peerAnswerSchema, peerProblemSchema } from './peerPartSchema.ts';
import type { PeerReply, PeerRequest, PeerTransport } from './peerTransport.ts';

/** How long the addresses that were found are used. */
const FRESH_MILLIS = 5_000;

/** How long a peer that is not found any more is named: after a restart it has another address. */
const REMEMBERED_MILLIS = 60_000;

/** A peer that did not answer is not asked for parts again for so long: each time the whole page would wait for it. */
const SPARED_MILLIS = 5_000;

/** How much is shown of what a peer says went wrong. */
const MOST_SAID_LENGTH = 500;

/** Asks who it is. */
const WHO: PeerRequest = { method: 'GET', path: 'parts' };

/** A peer that answered. */
export interface AskedPeer {
  readonly address: string;
  readonly instance: Instance;
  readonly reply: PeerReply;
}

/** Who answered, and why others did not. */
export interface Asked {
  readonly peers: readonly AskedPeer[];
  readonly problems: readonly InstanceAnswer[];
}

/** What a directory is made with. */
export interface PeerDirectoryOptions {
  readonly transport: PeerTransport;
  readonly maxPeers: number;
  /** This instance, which is among the addresses. */
  readonly selfId: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

interface Known {
  readonly instance: Instance;
  readonly seenMillis: number;
}

/** Who the peers are, and how they are asked all at once. */
export class PeerDirectory {
  readonly #options: PeerDirectoryOptions;
  /** By address. */
  readonly #known = new Map<string, Known>();
  /** By address. */
  readonly #failed = new Map<string, { readonly problem: string; readonly atMillis: number }>();
  #found: Promise<readonly string[]> | undefined;
  #foundMillis = 0;

  constructor(options: PeerDirectoryOptions) {
    this.#options = options;
  }

  /** Asks every peer; never rejects. */
  async ask(request: PeerRequest): Promise<Asked> {
    const { maxPeers } = this.#options;
    let addresses: readonly string[];
    try {
      addresses = await this.#addresses();
    } catch (error) {
      return { peers: [], problems: [{ address: 'peers', problem: `cannot be found: ${messageOf(error)}` }] };
    }
    this.#forget(addresses);
    const others = addresses.filter((address) => this.#known.get(address)?.instance.id !== this.#options.selfId);
    const asked = await Promise.all(others.slice(0, maxPeers).map((address) => this.#askOne(address, request)));
    const left = others.length - maxPeers;
    const problems = asked.flatMap(({ problem }) => (problem ? [problem] : []));
    const tooMany = { address: 'peers', problem: `${left} more than maxPeers (${maxPeers}) were not asked` };
    return {
      peers: asked.flatMap(({ peer }) => (peer ? [peer] : [])),
      problems: left > 0 ? [...problems, tooMany] : problems,
    };
  }

  async #askOne(
    address: string,
    request: PeerRequest,
  ): Promise<{ readonly peer?: AskedPeer; readonly problem?: InstanceAnswer }> {
    const failed = this.#failed.get(address);
    if (failed && request.method === 'GET' && this.#options.now() - failed.atMillis < SPARED_MILLIS) {
      return { problem: this.#problem(address, failed.problem) };
    }
    try {
      // An action must not come to this instance twice: whose an address is has to be known before.
      const known = this.#known.get(address)?.instance ?? this.#instanceIn(address, await this.#send(address, WHO));
      if (known.id === this.#options.selfId) return {};
      const reply = await this.#send(address, request);
      const instance = this.#instanceIn(address, reply);
      this.#failed.delete(address);
      return { peer: { address, instance, reply } };
    } catch (error) {
      const problem = messageOf(error);
      this.#failed.set(address, { problem, atMillis: this.#options.now() });
      return { problem: this.#problem(address, problem) };
    }
  }

  async #send(address: string, request: PeerRequest): Promise<PeerReply> {
    const reply = await this.#options.transport.send(address, request);
    if (reply.status !== 200) throw new Error(saidBy(reply));
    return reply;
  }

  /** Every answer of a peer says whose it is. */
  #instanceIn(address: string, { body }: PeerReply): Instance {
    const { version, environment, ...rest } = peerAnswerSchema.parse(body).instance;
    const instance = {
      ...rest,
      ...(version !== undefined && { version }),
      ...(environment !== undefined && { environment }),
    };
    this.#known.set(address, { instance, seenMillis: this.#options.now() });
    return instance;
  }

  #problem(address: string, problem: string): InstanceAnswer {
    const known = this.#known.get(address);
    return { address, problem, ...(known && { instance: known.instance }) };
  }

  #addresses(): Promise<readonly string[]> {
    const now = this.#options.now();
    if (this.#found === undefined || Math.abs(now - this.#foundMillis) > FRESH_MILLIS) {
      this.#foundMillis = now;
      this.#found = this.#options.transport.addresses();
      // Whoever asks next looks again.
      this.#found.catch(() => (this.#found = undefined));
    }
    return this.#found;
  }

  /** An address may be another's after a while. */
  #forget(addresses: readonly string[]): void {
    const current = new Set(addresses);
    const oldestMillis = this.#options.now() - REMEMBERED_MILLIS;
    for (const [address, { seenMillis }] of this.#known) {
      if (!current.has(address) || seenMillis < oldestMillis) this.#known.delete(address);
    }
    for (const address of this.#failed.keys()) if (!current.has(address)) this.#failed.delete(address);
  }
}

function saidBy({ status, body }: PeerReply): string {
  const said = peerProblemSchema.safeParse(body);
  return `answered ${status}${said.success ? `: ${said.data.detail.slice(0, MOST_SAID_LENGTH)}` : ''}`;
}

function messageOf(error: unknown): string {
  if (error instanceof z.ZodError) return OTHER_FORM;
  return error instanceof Error ? error.message : String(error);
}

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
  readonly self: Instance;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

interface Known {
  readonly instance: Instance;
  readonly seenMillis: number;
}

interface MetPeer {
  readonly address: string;
  readonly instance: Instance;
}

/** What came of asking a peer: one of both. */
interface Attempt<Peer> {
  readonly peer?: Peer;
  readonly problem?: InstanceAnswer;
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
    const others = addresses.filter((address) => !this.#isSelf(this.#known.get(address)?.instance));
    // Whose an address is has to be known before: an action must come to no replica twice.
    const met = await Promise.all(others.slice(0, maxPeers).map((address) => this.#meet(address, request)));
    const { peers, twins } = apart(
      met.flatMap(({ peer }) => (peer === undefined || this.#isSelf(peer.instance) ? [] : [peer])),
      this.#options.self,
    );
    const asked = await Promise.all(peers.map(({ address }) => this.#askOne(address, request)));
    const left = others.length - maxPeers;
    return {
      peers: asked.flatMap(({ peer }) => (peer ? [peer] : [])),
      problems: [
        ...[...met, ...asked].flatMap(({ problem }) => (problem ? [problem] : [])),
        ...twins.map(({ address, instance: { id } }) => ({ address, problem: twinProblem(id) })),
        ...(left > 0 ? [{ address: 'peers', problem: `${left} more than maxPeers (${maxPeers}) were not asked` }] : []),
      ],
    };
  }

  #isSelf(instance: Instance | undefined): boolean {
    return instance !== undefined && isSame(instance, this.#options.self);
  }

  /** Who is at an address; one that has just not answered is not asked again, but for what people do. */
  async #meet(address: string, { method }: PeerRequest): Promise<Attempt<MetPeer>> {
    const failed = this.#failed.get(address);
    if (failed && method === 'GET' && this.#options.now() - failed.atMillis < SPARED_MILLIS) {
      return { problem: this.#problem(address, failed.problem) };
    }
    const known = this.#known.get(address)?.instance;
    if (known) return { peer: { address, instance: known } };
    return this.#attempt(address, async () => ({
      address,
      instance: this.#instanceIn(address, await this.#send(address, WHO)),
    }));
  }

  #askOne(address: string, request: PeerRequest): Promise<Attempt<AskedPeer>> {
    return this.#attempt(address, async () => {
      const reply = await this.#send(address, request);
      const instance = this.#instanceIn(address, reply);
      this.#failed.delete(address);
      return { address, instance, reply };
    });
  }

  async #attempt<Peer>(address: string, work: () => Promise<Peer>): Promise<Attempt<Peer>> {
    try {
      return { peer: await work() };
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

/** Whether it is one replica, which may have several addresses, and not another with the same ID. */
function isSame(left: Instance, right: Instance): boolean {
  return (
    left.id === right.id &&
    left.hostName === right.hostName &&
    left.pid === right.pid &&
    left.sinceMillis === right.sinceMillis
  );
}

/** Every peer once, and those that have the ID of another one or of this instance: their parts could not be told apart. */
function apart(met: readonly MetPeer[], self: Instance): { readonly peers: MetPeer[]; readonly twins: MetPeer[] } {
  const peers: MetPeer[] = [];
  const twins: MetPeer[] = [];
  for (const each of met) {
    const first = [self, ...peers.map(({ instance }) => instance)].find(({ id }) => id === each.instance.id);
    if (first === undefined) peers.push(each);
    else if (!isSame(first, each.instance)) twins.push(each);
  }
  return { peers, twins };
}

function twinProblem(id: string): string {
  return (
    `is another replica that is called ${id}, too, and of these only one is shown: give each a service.instance.id of its own ` +
    '(OTEL_RESOURCE_ATTRIBUTES), such as the name of its pod; without tracing, a host name of its own'
  );
}

function saidBy({ status, body }: PeerReply): string {
  const said = peerProblemSchema.safeParse(body);
  return `answered ${status}${said.success ? `: ${said.data.detail.slice(0, MOST_SAID_LENGTH)}` : ''}`;
}

function messageOf(error: unknown): string {
  if (error instanceof z.ZodError) return OTHER_FORM;
  return error instanceof Error ? error.message : String(error);
}

import type { Actor, DefinedAction } from '../api/action.ts';
import { RefusedActionError } from '../api/action.ts';
import type { InstanceAnswer } from '../api/instanceSchema.ts';
import { OwnParts } from '../api/ownParts.ts';
import type { CollectedParts, PartsSource, PerformedAction, RawInput } from '../api/partsSource.ts';
import type { DefinedView, InstancePart } from '../api/view.ts';
import type { Instance } from '../instance.ts';
import type { ViewSource } from '../viewSource.ts';
import { fitsSchema } from './fitsSchema.ts';
import { type AskedPeer, PeerDirectory } from './peerDirectory.ts';
import { OTHER_FORM, peerActionSchema, peerPartSchema } from './peerPartSchema.ts';
import type { PeerTransport } from './peerTransport.ts';

/**
 * This instance and its peers: parts of all are collected at the same time, and actions are done on each that holds the thing.
 * A peer that does not answer costs its part, and is named.
 */
export class PeerParts implements PartsSource {
  readonly #own: OwnParts;
  readonly #self: Instance;
  readonly #directory: PeerDirectory;

  constructor(source: ViewSource, transport: PeerTransport, { maxPeers }: { readonly maxPeers: number }) {
    this.#own = new OwnParts(source);
    this.#self = source.instance;
    this.#directory = new PeerDirectory({ transport, maxPeers, self: source.instance, now: source.wallMillis });
  }

  async collect(view: DefinedView, query: RawInput): Promise<CollectedParts> {
    const own = this.#own.collect(view, query);
    if (view.askPeers === false) return own;
    const path = `parts/${fillPath(view.path, query)}${searchOf(view.path, { ...query, ...view.askPeers })}`;
    // What is wrong with the query is wrong everywhere: peers are not asked.
    const [mine, asked] = await Promise.all([own, own.then(() => this.#directory.ask({ method: 'GET', path }))]);
    const further = asked.peers.map((peer) => partOf(view, peer));
    return {
      parts: [...mine.parts, ...further.flatMap(({ part }) => (part ? [part] : []))],
      answers: [...mine.answers, ...asked.problems, ...further.map(({ answer }) => answer)],
    };
  }

  async perform(action: DefinedAction, input: RawInput, actor: Actor): Promise<PerformedAction> {
    // What is wrong with the input is wrong everywhere, and nothing is done anywhere.
    action.parse(input);
    const path = `parts/${fillPath(action.path, input)}`;
    const [mine, asked] = await Promise.all([
      settled(this.#own.perform(action, input, actor)),
      this.#directory.ask({ method: 'POST', path, body: { input, actor } }),
    ]);
    const others = asked.peers.map((peer) => outcomeOf(action, peer));
    const outcomes: readonly Outcome[] = [this.#ownOutcome(mine), ...others];
    const failed = [...asked.problems, ...outcomes.flatMap(({ failure }) => (failure ? [failure] : []))];
    const done = outcomes.flatMap(({ done: id }) => (id === undefined ? [] : [id]));
    if (done.length === 0 && failed.length > 0) throw refusal(mine, failed);
    const outputs = outcomes.flatMap(({ output }) => (output === undefined ? [] : [output]));
    return { output: outputs.length === 0 ? undefined : action.merge(outputs), done, failed };
  }

  #ownOutcome(mine: Settled<PerformedAction>): Outcome {
    if (mine.error !== undefined) {
      return { failure: { address: 'self', instance: this.#self, problem: mine.error.message } };
    }
    return mine.value.output === undefined ? {} : { output: mine.value.output, done: this.#self.id };
  }
}

/** What became of an action on one instance; nothing of it where the instance does not hold the thing. */
interface Outcome {
  readonly output?: unknown;
  readonly done?: string;
  readonly failure?: InstanceAnswer;
}

interface PeerPart {
  readonly part?: InstancePart<unknown>;
  readonly answer: InstanceAnswer;
}

function partOf(view: DefinedView, { address, instance, reply }: AskedPeer): PeerPart {
  try {
    const { part } = peerPartSchema.parse(reply.body);
    const answer = { address, instance };
    if (part === undefined) return { answer };
    if (!fitsSchema(view.part, part)) return { answer: { ...answer, problem: OTHER_FORM } };
    return { part: { instance, part: view.parsePart(part) }, answer };
  } catch {
    return { answer: { address, instance, problem: OTHER_FORM } };
  }
}

function outcomeOf(action: DefinedAction, { address, instance, reply }: AskedPeer): Outcome {
  try {
    const { output, refused } = peerActionSchema.parse(reply.body);
    if (refused !== undefined) return { failure: { address, instance, problem: refused } };
    if (output === undefined) return {};
    if (!fitsSchema(action.output, output)) return { failure: { address, instance, problem: OTHER_FORM } };
    return { output: action.output.parse(output), done: instance.id };
  } catch {
    return { failure: { address, instance, problem: OTHER_FORM } };
  }
}

type Settled<Value> = { readonly value: Value; readonly error?: undefined } | { readonly error: RefusedActionError };

/** Being refused is an answer; all else that goes wrong is a mistake and comes through. */
async function settled<Value>(work: Promise<Value>): Promise<Settled<Value>> {
  try {
    return { value: await work };
  } catch (error) {
    if (error instanceof RefusedActionError) return { error };
    throw error;
  }
}

function refusal(mine: Settled<PerformedAction>, failed: readonly InstanceAnswer[]): RefusedActionError {
  if (mine.error !== undefined) return mine.error;
  const said = failed.map(({ address, instance, problem }) => `${instance?.id ?? address} ${problem ?? ''}`);
  return new RefusedActionError(`It was done nowhere: ${said.join('; ')}.`);
}

/** Puts the variables into a path. */
function fillPath(path: string, values: RawInput): string {
  return path.replace(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(String(values[name])));
}

/** What is not in the path. */
function searchOf(path: string, query: RawInput): string {
  const given = Object.entries(query).filter(([name, value]) => value !== undefined && !path.includes(`{${name}}`));
  const search = new URLSearchParams(
    Object.fromEntries(given.map(([name, value]) => [name, String(value)])),
  ).toString();
  return search === '' ? '' : `?${search}`;
}

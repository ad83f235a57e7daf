import { isObject } from '../../core/isObject.ts';
import { TextCache } from '../capture/textCache.ts';
import type { KnownError } from './knownError.ts';
import { membersOf, objectOfCause } from './linkedObjects.ts';
import type { Sighting } from './sighting.ts';

/** Where something thrown was seen: an error is seen in several places, on its way through requests that are parts of others. */
interface Occurrence {
  readonly known: KnownError;
  readonly monotonicMillis: number;
  /** As soon as one is known. */
  traceId: string | undefined;
  requestId: string | undefined;
  parentId: string | undefined;
}

/** Something thrown that can be known again. */
interface SeenObject {
  readonly number: number;
  last: Occurrence;
}

/** Outside of traces and requests, what is seen again within this is the same occurrence. */
const SAME_WITHIN_MILLIS = 1000;
/**
 * One object may fail many requests at once: the promise that all of them wait for is rejected. So many requests and traces are
 * remembered beside the last ones of each object, of all objects together, at least the half that was seen last.
 */
const MOST_PLACES = 40_000;
/** How far down a chain of causes is looked. */
const MOST_CAUSES = 5;

/**
 * Tells whether something that was thrown has been captured already: on its way out an error is recorded on each span that it
 * leaves, in the request and in those that it is a part of, in a log line, and at last by the process; and it is wrapped in
 * others. An object that is thrown anew, in another request or, outside of requests, in another trace, has happened anew. What
 * is no object cannot be known again.
 */
export class ErrorOccurrences {
  readonly #seen = new WeakMap<object, SeenObject>();
  /** Where objects were seen before they were last, by object and request or trace. Most objects are seen in one place. */
  readonly #earlier = new TextCache<Occurrence>({ maxEntries: MOST_PLACES, maxCharacters: Infinity });
  #objects = 0;

  /** What is known of it, where it was captured already. */
  find(thrown: unknown, sighting: Sighting): KnownError | undefined {
    const seen = isObject(thrown) ? this.#seen.get(thrown) : undefined;
    if (seen === undefined) return undefined;
    const found = this.#findAmong(seen, sighting);
    if (found !== undefined) this.#follow(seen, found, sighting);
    return found?.known;
  }

  /**
   * What is known of the error whose place this one takes, as it tells more: the nearest of its causes that was captured, or the
   * first such of the errors that it is made of. It has to be what is shown now: of two errors with one cause the second is
   * another one. So is what the application gives to `capture` where it gave its cause.
   */
  findWrapped(thrown: unknown, sighting: Sighting, isGiven: boolean): KnownError | undefined {
    let wrapper = thrown;
    for (let depth = 0; depth < MOST_CAUSES; depth += 1) {
      const cause = objectOfCause(wrapper);
      const known = cause && this.find(cause, sighting);
      if (cause && known) return this.#givesWay(cause, known, isGiven) ? known : undefined;
      for (const member of membersOf(wrapper)) {
        const ofMember = this.find(member, sighting);
        if (ofMember && this.#givesWay(member, ofMember, isGiven)) return ofMember;
      }
      if (cause === undefined) return undefined;
      wrapper = cause;
    }
    return undefined;
  }

  /** Remembers that it was captured, and is what is shown. */
  note(thrown: unknown, sighting: Sighting, known: KnownError): void {
    if (!isObject(thrown)) return;
    const seen = this.#seen.get(thrown);
    if (seen === undefined) {
      this.#objects += 1;
      this.#seen.set(thrown, { number: this.#objects, last: occurrenceOf(known, sighting) });
    } else this.#place(seen, known, sighting);
    known.shown = seen?.number ?? this.#objects;
  }

  #givesWay(inner: object, known: KnownError, isGiven: boolean): boolean {
    return this.#seen.get(inner)?.number === known.shown && !(isGiven && known.isGiven);
  }

  #findAmong({ number, last }: SeenObject, sighting: Sighting): Occurrence | undefined {
    const isLast = isSame(last, sighting);
    if (isLast === true) return last;
    const earlier = this.#findEarlier(number, sighting);
    if (earlier !== undefined || isLast === false) return earlier;
    return sighting.monotonicMillis - last.monotonicMillis <= SAME_WITHIN_MILLIS ? last : undefined;
  }

  #findEarlier(number: number, sighting: Sighting): Occurrence | undefined {
    const { requestId, trace } = sighting;
    const ofRequest = requestId === undefined ? undefined : this.#earlier.get(requestKey(number, requestId));
    const found = ofRequest ?? (trace && this.#earlier.get(traceKey(number, trace.traceId)));
    return found !== undefined && isSame(found, sighting) === true ? found : undefined;
  }

  /** What was found is known to be of this trace and request, or to have come to the request that its own is a part of. */
  #follow(seen: SeenObject, found: Occurrence, sighting: Sighting): void {
    const { trace, requestId, parentId } = sighting;
    if (found.requestId !== undefined && requestId !== undefined && found.requestId !== requestId) {
      this.#place(seen, found.known, sighting);
      return;
    }
    found.traceId ??= trace?.traceId;
    found.requestId ??= requestId;
    found.parentId ??= parentId;
    if (found !== seen.last) this.#remember(seen.number, found);
  }

  #place(seen: SeenObject, known: KnownError, sighting: Sighting): void {
    this.#remember(seen.number, seen.last);
    seen.last = occurrenceOf(known, sighting);
  }

  #remember(number: number, occurrence: Occurrence): void {
    const { traceId, requestId, parentId } = occurrence;
    if (traceId !== undefined) this.#earlier.set(traceKey(number, traceId), occurrence);
    if (parentId !== undefined) this.#earlier.set(requestKey(number, parentId), occurrence);
    if (requestId !== undefined) this.#earlier.set(requestKey(number, requestId), occurrence);
  }
}

/** Whether both are of one request or trace; `undefined` where they have neither to be told by. */
function isSame(seen: Occurrence, { trace, requestId }: Sighting): boolean | undefined {
  if (seen.requestId !== undefined && requestId !== undefined)
    return seen.requestId === requestId || seen.parentId === requestId;
  if (seen.traceId !== undefined && trace !== undefined) return seen.traceId === trace.traceId;
  return undefined;
}

function occurrenceOf(known: KnownError, { trace, requestId, parentId, monotonicMillis }: Sighting): Occurrence {
  return { known, monotonicMillis, traceId: trace?.traceId, requestId, parentId };
}

function requestKey(number: number, requestId: string): string {
  return `${number} request ${requestId}`;
}

function traceKey(number: number, traceId: string): string {
  return `${number} trace ${traceId}`;
}

import { TextCache, type TextCacheLimits } from '../capture/textCache.ts';
import type { KnownError } from './knownError.ts';
import type { Sighting } from './sighting.ts';

/** What was seen in a request, the last one last. */
interface SeenErrors {
  readonly errors: KnownError[];
  lastMillis: number;
}

/** What was seen in a trace outside of any request, and in which requests of it there was something. */
interface TraceErrors extends SeenErrors {
  requestId: string | undefined;
  hasOtherRequests: boolean;
}

/** Requests, and traces, whose errors are remembered, at least the half in which one was seen last. */
const LIMITS: TextCacheLimits = { maxEntries: 4000, maxCharacters: Infinity };
/** Of one of them; the oldest go first. */
const MOST_ERRORS = 10;
/**
 * What handles errors at the end of a request captures or logs one, and answers at once: within 1 to 2 ms on a machine that is
 * busy, 5 the first time. Work that somebody goes on with in spite of an error mostly takes longer.
 */
const AT_ONCE_MILLIS = 20;

/** Tells what a request failed with, of which nobody says more than that it failed. */
export class RequestErrors {
  readonly #ofRequests = new TextCache<SeenErrors>(LIMITS);
  readonly #ofTraces = new TextCache<TraceErrors>(LIMITS);

  /** An error was seen. @param nowMillis - when that was looked at: the first time it takes its time */
  note(known: KnownError, { trace, requestId, parentId }: Sighting, nowMillis: number): void {
    if (requestId !== undefined) this.#noteIn(requestId, known, nowMillis);
    // It is not known to go on to the request that its own is a part of, but where that fails it has mostly done so.
    if (parentId !== undefined) this.#noteIn(parentId, known, nowMillis);
    if (trace === undefined) return;
    const ofTrace = this.#traceOf(trace.traceId);
    if (requestId === undefined) add(ofTrace, known, nowMillis);
    else if ((ofTrace.requestId ??= requestId) !== requestId) ofTrace.hasOtherRequests = true;
  }

  /**
   * The last error of a request that was not handled, or else its last one, where that was seen right before the request
   * failed; `undefined` where it has failed with something else. What is known to be of its trace, and of no request, is taken
   * for its own where no other request of the trace is known.
   */
  failureOf({ trace, requestId, monotonicMillis }: Sighting): KnownError | undefined {
    const ofRequest = requestId === undefined ? undefined : this.#ofRequests.get(requestId);
    const own = ofRequest && failureAmong(ofRequest, monotonicMillis);
    const ofTrace = trace && this.#ofTraces.get(trace.traceId);
    if (own !== undefined || ofTrace === undefined || ofTrace.hasOtherRequests) return own;
    const isOfOther = ofTrace.requestId !== undefined && ofTrace.requestId !== requestId;
    return isOfOther ? undefined : failureAmong(ofTrace, monotonicMillis);
  }

  #noteIn(requestId: string, known: KnownError, nowMillis: number): void {
    const seen = this.#ofRequests.get(requestId) ?? { errors: [], lastMillis: nowMillis };
    if (seen.errors.length === 0) this.#ofRequests.set(requestId, seen);
    add(seen, known, nowMillis);
  }

  #traceOf(traceId: string): TraceErrors {
    const known = this.#ofTraces.get(traceId);
    if (known !== undefined) return known;
    const started = { errors: [], lastMillis: 0, requestId: undefined, hasOtherRequests: false };
    this.#ofTraces.set(traceId, started);
    return started;
  }
}

function failureAmong({ errors, lastMillis }: SeenErrors, nowMillis: number): KnownError | undefined {
  const unhandled = errors.findLast(({ isHandled }) => !isHandled);
  return unhandled ?? (nowMillis - lastMillis <= AT_ONCE_MILLIS ? errors.at(-1) : undefined);
}

function add(seen: SeenErrors, known: KnownError, nowMillis: number): void {
  const { errors } = seen;
  const index = errors.indexOf(known);
  if (index >= 0) errors.splice(index, 1);
  if (errors.push(known) > MOST_ERRORS) errors.shift();
  seen.lastMillis = nowMillis;
}

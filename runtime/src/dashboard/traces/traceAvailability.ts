import type { TraceQueryError } from './traceQueryError.ts';

/** What is known of the trace of a request or an error. */
export interface AvailabilityFacts {
  /** `undefined` where nothing was traced. */
  readonly traceId: string | undefined;
  /** `undefined` where it is not known. */
  readonly sampled: boolean | undefined;
  /** What became of the query; `undefined` where the page was told of no query API. */
  readonly outcome: 'found' | TraceQueryError | undefined;
  /** When it ended, in milliseconds since 1970; `undefined` while it is under way. */
  readonly endedMillis: number | undefined;
  /** Milliseconds since 1970. */
  readonly nowMillis: number;
  /**
   * How long a span is on its way until it can be found, in milliseconds: it waits for its batch, and then for the storage.
   * @defaultValue 15,000
   */
  readonly settleMillis?: number;
}

/** Why there is a trace, or none. */
export type TraceState =
  'found' | 'notTraced' | 'notSampled' | 'notConfigured' | 'notSentYet' | 'notFound' | 'unreadable';

/** Whether a trace can be shown. */
export interface TraceAvailability {
  readonly state: TraceState;
  /** For people: why there is none, and what to do; empty where there is one. */
  readonly text: string;
}

const DEFAULT_SETTLE_MILLIS = 15_000;

/** Says why a trace is not there, as far as it is known: what is certain goes before what is likely. */
export function traceAvailability(facts: AvailabilityFacts): TraceAvailability {
  const { traceId, sampled, outcome } = facts;
  // Another service may have decided otherwise.
  if (outcome === 'found') return { state: 'found', text: '' };
  if (traceId === undefined)
    return {
      state: 'notTraced',
      text: 'There is no trace: no span was active. Is tracing switched on where it started?',
    };
  if (sampled === false)
    return {
      state: 'notSampled',
      text: 'There is no trace: it was not sampled, so that its spans were not sent. A higher sampling rate keeps more.',
    };
  if (outcome === undefined)
    return {
      state: 'notConfigured',
      text: "The trace cannot be shown here: the page was not told where Jaeger's query API is.",
    };
  if (outcome.kind === 'notFound') return absence(facts);
  return { state: 'unreadable', text: `The trace could not be read: ${outcome.message}.` };
}

function absence({ sampled, endedMillis, nowMillis, settleMillis = DEFAULT_SETTLE_MILLIS }: AvailabilityFacts) {
  if (endedMillis === undefined)
    return availability('notSentYet', 'The trace is not there yet: it is under way, and spans are sent when they end.');
  // A clock that was set back makes it seem to end in the future.
  if (nowMillis - endedMillis < settleMillis)
    return availability(
      'notSentYet',
      `The trace is not there yet: spans take up to ${Math.ceil(settleMillis / 1000)} s to be sent and stored. Try again then.`,
    );
  const doubt = sampled === undefined ? 'It may not have been sampled, may be' : 'It is';
  return availability(
    'notFound',
    `Jaeger does not have the trace. ${doubt} older than what Jaeger keeps, or its spans were lost: see what was dropped under Accounting.`,
  );
}

function availability(state: TraceState, text: string): TraceAvailability {
  return { state, text };
}

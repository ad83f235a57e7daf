import { shownName } from '../foreignText.ts';
import { distinctSpans } from './distinctSpans.ts';
import { type JaegerSpan, type JaegerTrace, serviceOf } from './jaegerTrace.ts';
import { isErrorSpan, parentReferenceOf } from './spanFacts.ts';
import { MOST_NAME_LENGTH } from './waterfallLimits.ts';

/** A trace in a list. */
export interface TraceSummary {
  readonly traceId: string;
  /** Of the span with which the trace begins; `undefined` where the trace has no spans. */
  readonly root: TraceRoot | undefined;
  /** Since 1970; of the first span that begins. */
  readonly startMicros: number;
  /** Until the last span ends. */
  readonly durationMicros: number;
  readonly spanCount: number;
  /** How many spans failed. */
  readonly errorCount: number;
  /** Those with the most spans first; at most 50. */
  readonly services: readonly { readonly name: string; readonly spans: number }[];
}

/** With what a trace begins. */
export interface TraceRoot {
  readonly service: string;
  readonly operation: string;
  readonly isError: boolean;
  /** Whether it is the beginning itself; else that is missing, and this is the earliest that is there. */
  readonly isComplete: boolean;
}

const MOST_SERVICES = 50;

/** Sums a trace up, in a time that grows with the number of its spans. */
export function traceSummary(trace: JaegerTrace): TraceSummary {
  const spans = distinctSpans(trace);
  const services = new Map<string, number>();
  let errorCount = 0;
  let startMicros = Number.MAX_VALUE;
  let endMicros = 0;
  // A start of 0 is none, as in the waterfall.
  const areAllTimeless = spans.every(({ startTime }) => startTime === 0);
  for (const span of spans) {
    const service = serviceOf(span, trace);
    services.set(service, (services.get(service) ?? 0) + 1);
    if (isErrorSpan(span)) errorCount += 1;
    if (span.startTime === 0 && !areAllTimeless) continue;
    startMicros = Math.min(startMicros, span.startTime);
    endMicros = Math.max(endMicros, span.startTime + span.duration);
  }
  const isEmpty = spans.length === 0;
  return {
    traceId: shownName(trace.traceID, MOST_NAME_LENGTH),
    root: rootOf(trace, spans),
    startMicros: isEmpty ? 0 : startMicros,
    durationMicros: isEmpty ? 0 : endMicros - startMicros,
    spanCount: spans.length,
    errorCount,
    services: Array.from(services, ([name, count]) => ({ name: shownName(name, MOST_NAME_LENGTH), spans: count }))
      .sort((left, right) => right.spans - left.spans)
      .slice(0, MOST_SERVICES),
  };
}

/** The earliest without a parent, else the earliest whose parent is missing, else (in a cycle) the earliest. */
function rootOf(trace: JaegerTrace, spans: readonly JaegerSpan[]): TraceRoot | undefined {
  const ids = new Set(spans.map(({ spanID }) => spanID));
  const parentOf = (span: JaegerSpan): string | undefined => parentReferenceOf(span, trace.traceID)?.spanId;
  const root = earliest(spans.filter((span) => parentOf(span) === undefined));
  const span = root ?? earliest(spans.filter((each) => !ids.has(parentOf(each) ?? ''))) ?? earliest(spans);
  return (
    span && {
      service: shownName(serviceOf(span, trace), MOST_NAME_LENGTH),
      operation: shownName(span.operationName, MOST_NAME_LENGTH),
      isError: isErrorSpan(span),
      isComplete: root !== undefined,
    }
  );
}

function earliest(spans: readonly JaegerSpan[]): JaegerSpan | undefined {
  let first: JaegerSpan | undefined;
  for (const span of spans) if (first === undefined || span.startTime < first.startTime) first = span;
  return first;
}

import type { JaegerSpan, JaegerTag, JaegerTrace } from '../../../../../runtime/src/dashboard/traces/jaegerTrace.ts';

export const TRACE_ID = '6b873b28ebbe7b5804a8b3093329bfb8';
/** When the fixture's trace begins, in microseconds since 1970. */
export const START = 1_795_893_549_967_000;

/** A span that begins and ends so many microseconds after the trace. */
export interface FixtureSpan extends Partial<JaegerSpan> {
  readonly id: string;
  readonly parent?: string;
  readonly follows?: string;
  readonly from?: number;
  readonly to?: number;
  readonly service?: string;
  /** Tags by their keys. */
  readonly with?: Readonly<Record<string, unknown>>;
}

/** A trace of spans; each service is a process of its name. */
export function traceOf(spans: readonly FixtureSpan[]): JaegerTrace {
  const services = new Set(spans.map(({ service = 'shop' }) => service));
  return {
    traceID: TRACE_ID,
    spans: spans.map(spanOf),
    processes: Object.fromEntries([...services].map((serviceName) => [serviceName, { serviceName, tags: [] }])),
    warnings: null,
  };
}

/** Tags by their keys. */
export function tagsOf(values: Readonly<Record<string, unknown>>): JaegerTag[] {
  return Object.entries(values).map(([key, value]) => ({ key, value }));
}

function spanOf({
  id,
  parent,
  follows,
  from = 0,
  to = 100,
  service = 'shop',
  with: values = {},
  ...more
}: FixtureSpan): JaegerSpan {
  return {
    spanID: id,
    operationName: `do ${id}`,
    references: [
      ...(parent === undefined ? [] : [{ refType: 'CHILD_OF', traceID: TRACE_ID, spanID: parent }]),
      ...(follows === undefined ? [] : [{ refType: 'FOLLOWS_FROM', traceID: TRACE_ID, spanID: follows }]),
    ],
    startTime: START + from,
    duration: to - from,
    tags: tagsOf(values),
    logs: [],
    processID: service,
    warnings: null,
    ...more,
  };
}

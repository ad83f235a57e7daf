import { type Address, formatAddress } from '../../address/address.ts';

/** What traces are sought by, named as the API names it. */
export const TRACE_FILTERS = [
  'service',
  'operation',
  'tags',
  'minDurationMillis',
  'maxDurationMillis',
  'lastMinutes',
  'startedFromMillis',
  'startedUntilMillis',
  'limit',
] as const;

/** Something that traces are sought by. */
export type TraceFilterName = (typeof TRACE_FILTERS)[number];

/** What is set, by its name. */
export type TraceFilters = Partial<Readonly<Record<TraceFilterName, string>>>;

/** The filters that the address says. */
export function traceFiltersOf(query: Address['query']): TraceFilters {
  return Object.fromEntries(
    TRACE_FILTERS.flatMap((name) => {
      const value = query[name];
      return value === undefined || value === '' ? [] : [[name, value] as const];
    }),
  );
}

/** The fragment of a search. */
export function tracesHref(filters: TraceFilters = {}): string {
  return formatAddress({ path: ['traces'], query: { ...filters } });
}

/** The fragment of a trace, perhaps with a span of it chosen. */
export function traceHref(traceId: string, spanId = ''): string {
  return formatAddress({ path: ['traces', traceId], query: { span: spanId } });
}

/** A part of a trace's time, in microseconds since its start. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** What `zoom` says: two whole numbers of microseconds; `undefined` where it says none within the trace. */
export function zoomOf({ zoom = '' }: Address['query'], durationMicros: number): TimeRange | undefined {
  const found = /^(\d{1,16})-(\d{1,16})$/.exec(zoom);
  if (found === null) return undefined;
  const from = Number(found[1]);
  const to = Math.min(Number(found[2]), durationMicros);
  return from < to ? { from, to } : undefined;
}

/** The text that `zoomOf` reads; empty for the whole trace. */
export function zoomText({ from, to }: TimeRange, durationMicros: number): string {
  const start = Math.max(0, Math.floor(from));
  const end = Math.min(durationMicros, Math.ceil(to));
  return start <= 0 && end >= durationMicros ? '' : `${start}-${Math.max(start + 1, end)}`;
}

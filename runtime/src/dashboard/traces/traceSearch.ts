import { TraceQueryError } from './traceQueryError.ts';

/** Which traces are sought: those with one span at least that is like all of it. */
export interface TraceSearch {
  /** Jaeger looks nowhere without one. */
  readonly service: string;
  readonly operation?: string;
  /** Tags that a span has, as texts: `http.response.status_code` is `500`. At most 20. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Milliseconds since 1970: spans that began then or later. @defaultValue two days before now, which is Jaeger's own */
  readonly startedFromMillis?: number;
  /** Milliseconds since 1970: spans that began then or before. @defaultValue now */
  readonly startedUntilMillis?: number;
  /** Spans that took this long or longer, in milliseconds. */
  readonly minDurationMillis?: number;
  /** Spans that took this long or less, in milliseconds. */
  readonly maxDurationMillis?: number;
  /** 1 to 100. @defaultValue 20 */
  readonly limit?: number;
}

const DEFAULT_LIMIT = 20;
const MOST_TRACES = 100;
const MOST_TAGS = 20;
/** The longest text that is asked for: an address has no room for more. */
const MOST_TEXT_LENGTH = 1000;
/** What JavaScript's dates reach; microseconds of it fit into Jaeger's 64 bits. */
const MOST_MILLIS = 8.64e15;

/**
 * The search as parameters of Jaeger's query API, which takes times in microseconds and durations with their unit.
 *
 * @throws TraceQueryError of kind `badQuery`, with what is wrong
 */
export function traceSearchParameters(search: TraceSearch): URLSearchParams {
  const { service, operation, startedFromMillis, startedUntilMillis, minDurationMillis, maxDurationMillis } = search;
  const { tags = {}, limit = DEFAULT_LIMIT } = search;
  if (service === '') throw refused('name a service: Jaeger searches the traces of one service');
  checkTexts(search);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_TRACES)
    throw refused(`the limit is a whole number from 1 to ${MOST_TRACES}`);
  checkOrder(startedFromMillis, startedUntilMillis, 'the search ends before it begins');
  checkOrder(minDurationMillis, maxDurationMillis, 'the longest duration is shorter than the shortest one');
  const parameters = new URLSearchParams({ service, limit: String(limit) });
  const put = (name: string, value: string | undefined): void => {
    if (value !== undefined) parameters.set(name, value);
  };
  put('operation', operation === '' ? undefined : operation);
  put('tags', Object.keys(tags).length === 0 ? undefined : JSON.stringify(tags));
  put('start', microsText(startedFromMillis));
  put('end', microsText(startedUntilMillis));
  put('minDuration', durationText(minDurationMillis));
  put('maxDuration', durationText(maxDurationMillis));
  return parameters;
}

function checkTexts({ service, operation = '', tags = {} }: TraceSearch): void {
  const entries = Object.entries(tags);
  if (entries.length > MOST_TAGS) throw refused(`at most ${MOST_TAGS} tags can be sought at once`);
  if (entries.some(([key]) => key === '')) throw refused('a tag has no name');
  if ([service, operation, ...entries.flat()].some((text) => text.length > MOST_TEXT_LENGTH))
    throw refused(`names and values are at most ${MOST_TEXT_LENGTH} characters long`);
}

function checkOrder(least: number | undefined, most: number | undefined, problem: string): void {
  for (const millis of [least, most])
    if (millis !== undefined && !(millis >= 0 && millis <= MOST_MILLIS))
      throw refused('times and durations are numbers of milliseconds, 0 or more');
  if (least !== undefined && most !== undefined && most < least) throw refused(problem);
}

/** Of a whole millisecond, in digits: a float of microseconds has an exponent from 1e21 on, and a fraction before. */
function microsText(millis: number | undefined): string | undefined {
  return millis === undefined ? undefined : (BigInt(Math.trunc(millis)) * 1000n).toString();
}

/** In microseconds, since Go reads no exponents; beyond what its durations hold, the longest of them. Jaeger takes 0 for none. */
function durationText(millis: number | undefined): string | undefined {
  if (millis === undefined || millis === 0) return undefined;
  return `${Math.min(Math.max(1, Math.round(millis * 1000)), 9e15)}us`;
}

function refused(message: string): TraceQueryError {
  return new TraceQueryError('badQuery', message);
}

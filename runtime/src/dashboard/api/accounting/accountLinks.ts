import type { AccountRow } from './accountingSchema.ts';

/** Where a number leads to. */
export type AccountLink = Pick<AccountRow, 'link' | 'shows'>;

const GONE = 'What they were is gone; the number leads to when it was.';
const HEAP = 'An estimate, of which there is no list; the number leads to the memory of the process.';

/** The course of a metric, and of one of its attributes; `shows` where that is not what is counted itself. */
export function course(metric: string, labels: Readonly<Record<string, string>> = {}, shows?: string): AccountLink {
  const query = { metric, ...(Object.keys(labels).length > 0 && { labels: JSON.stringify(labels) }) };
  return { link: { path: ['performance', 'metrics'], query }, ...(shows !== undefined && { shows }) };
}

/** The course of what is gone. */
export function goneOf(metric: string, labels: Readonly<Record<string, string>> = {}): AccountLink {
  return course(metric, labels, GONE);
}

/** Memory is no list. */
export function heap(): AccountLink {
  return course('tracewright.v8js.heap.used', {}, HEAP);
}

/** Traces of Jaeger. */
export function traces(query: Readonly<Record<string, string>>, shows: string): AccountLink {
  return { link: { path: ['traces'], query }, shows };
}

/** A part of the view of requests. */
export function requests(tab: string, query: Readonly<Record<string, string>> = {}, shows?: string): AccountLink {
  return { link: { path: ['requests'], query: { tab, ...query } }, ...(shows !== undefined && { shows }) };
}

/** All groups of errors, those with the most first. */
export function errorGroups(shows?: string): AccountLink {
  const query = { state: 'any', order: 'count' };
  return { link: { path: ['errors'], query }, ...(shows !== undefined && { shows }) };
}

/** Errors of no group, which accounts themselves tell apart by class and code. */
export function ungroupedErrors(): AccountLink {
  return {
    link: { path: ['accounting'], query: { show: 'ungrouped' } },
    shows: 'They are gone; the number leads to what is known of them: class and code.',
  };
}

/** Everything that is measured. */
export function metrics(shows?: string): AccountLink {
  return { link: { path: ['performance', 'metrics'], query: {} }, ...(shows !== undefined && { shows }) };
}

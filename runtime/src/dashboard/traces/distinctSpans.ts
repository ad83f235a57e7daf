import type { JaegerSpan, JaegerTrace } from './jaegerTrace.ts';

/**
 * Every span of a trace once: a batch that was sent twice is stored twice by some storages. Spans of the same ID, times and
 * process are the same.
 */
export function distinctSpans({ spans }: JaegerTrace): readonly JaegerSpan[] {
  const seen = new Set<string>();
  return (spans ?? []).filter(({ spanID, startTime, duration, processID }) => {
    const key = JSON.stringify([spanID, startTime, duration, processID]);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

import type { TextMapGetter } from '@opentelemetry/api';

/**
 * A header that has one value. `undefined` where it is absent, is no text, is longer than `maxLength` characters, or was
 * sent more than once: nobody knows which of them is meant, and the W3C's tests want such a `traceparent` ignored.
 */
export function readHeader<Carrier>(
  carrier: Carrier,
  getter: TextMapGetter<Carrier>,
  name: string,
  maxLength: number,
): string | undefined {
  const value: unknown = getter.get(carrier, name);
  const only: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  return typeof only === 'string' && only.length <= maxLength ? only : undefined;
}

/**
 * A header that is a comma-separated list, whose parts may have been sent apart. What is longer than `maxLength`
 * characters is cut after the last whole member that fits. `undefined` where there is no text.
 */
export function readListHeader<Carrier>(
  carrier: Carrier,
  getter: TextMapGetter<Carrier>,
  name: string,
  maxLength: number,
): string | undefined {
  const value: unknown = getter.get(carrier, name);
  const text = Array.isArray(value) ? joinTexts(value, maxLength) : value;
  if (typeof text !== 'string' || text === '') return undefined;
  return text.length <= maxLength ? text : cut(text, maxLength);
}

function joinTexts(values: readonly unknown[], maxLength: number): string {
  let joined = '';
  for (const value of values) {
    if (joined.length > maxLength) break;
    if (typeof value === 'string') joined += joined === '' ? value : `,${value}`;
  }
  return joined;
}

// A slice would keep all of a header of megabytes in memory for as long as the trace is worked on: the copy does not.
function cut(text: string, maxLength: number): string | undefined {
  const end = text.lastIndexOf(',', maxLength);
  return end > 0 ? Buffer.from(text.slice(0, end)).toString() : undefined;
}

import { isRecord } from '../../core/isRecord.ts';
import { SpanKind } from '@opentelemetry/api';
import { invalidOption } from './invalidOption.ts';
import type { WithSpanOptions } from './withSpanOptions.ts';

const KINDS: ReadonlySet<unknown> = new Set([
  SpanKind.INTERNAL,
  SpanKind.SERVER,
  SpanKind.CLIENT,
  SpanKind.PRODUCER,
  SpanKind.CONSUMER,
]);

/**
 * Checks the options of a function that makes a span, for those who have no type checker. Done at every call: it looks at
 * what is there and allocates nothing.
 *
 * @param caller - the function that was called
 * @param allowed - the names of its options
 * @throws TypeError that names option, value and what is allowed
 */
export function validateSpanOptions(caller: string, options: unknown, allowed: ReadonlySet<string>): void {
  assertOptions(caller, options, allowed);
  const { attributes, links }: Partial<Record<keyof WithSpanOptions, unknown>> = options;
  validateSpanDetails(caller, options);
  if (attributes !== undefined && !isRecord(attributes)) {
    throw invalidOption(caller, 'attributes', attributes, 'an object');
  }
  if (links !== undefined && !Array.isArray(links)) throw invalidOption(caller, 'links', links, 'an array of links');
}

/** @throws TypeError for what is no object, or has an option of an unknown name */
export function assertOptions(
  caller: string,
  options: unknown,
  allowed: ReadonlySet<string>,
): asserts options is Readonly<Record<string, unknown>> {
  if (!isRecord(options)) {
    throw new TypeError(`${caller} takes an object of options, and was given ${nameOfType(options)}`);
  }
  for (const name in options) {
    if (!allowed.has(name)) {
      throw new TypeError(`${caller} knows no option ${JSON.stringify(name)}; allowed: ${[...allowed].join(', ')}`);
    }
  }
}

/** @throws TypeError for a kind or root that is none */
export function validateSpanDetails(caller: string, { kind, root }: Readonly<Record<string, unknown>>): void {
  if (kind !== undefined && !KINDS.has(kind)) {
    const names = 'SpanKind.INTERNAL, SpanKind.SERVER, SpanKind.CLIENT, SpanKind.PRODUCER, SpanKind.CONSUMER';
    throw invalidOption(caller, 'kind', kind, names);
  }
  if (root !== undefined && typeof root !== 'boolean') throw invalidOption(caller, 'root', root, 'true or false');
}

/** @throws TypeError for a name that is no text, or an empty one */
export function validateSpanName(caller: string, name: unknown): void {
  if (typeof name === 'string' && name !== '') return;
  throw invalidOption(caller, 'name', name, 'a text that is not empty');
}

/** What it is, in a word. */
export function nameOfType(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  return value === null ? 'null' : typeof value;
}

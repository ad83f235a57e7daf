import type { Attributes } from '@opentelemetry/api';
import { types } from 'node:util';
import { REDACTED, redactedText, UNREADABLE } from '../../core/redaction.ts';
import { MASK, Secret } from '../../core/secret.ts';
import { isSensitiveKey } from '../../core/sensitiveKey.ts';
import { redactUrl } from '../instrumentation/redaction/redactUrl.ts';

/** A value that every exporter can carry. */
export type PlainAttributeValue =
  string | number | boolean | readonly string[] | readonly number[] | readonly boolean[];

/**
 * The value as an attribute: strings, numbers, booleans and arrays of one of these as they are, everything else as text,
 * objects without what their sensitive keys keep (see `redactedText`), a `URL` without user name, password and the values of
 * its query, a `Secret` as its mask. Never throws.
 *
 * @returns `undefined` for `undefined`, which is no attribute
 */
export function toAttributeValue(value: unknown): PlainAttributeValue | undefined {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (value === undefined) return undefined;
  if (typeof value === 'bigint') return redactedText(value).replace(/n$/, '');
  // Asking a Proxy whether it is an array throws where it is revoked.
  return !types.isProxy(value) && Array.isArray(value) ? arrayValue(value) : textOf(value);
}

/**
 * Attributes out of whatever an application gives for such: every own property, as `toAttributeValue` has it, but
 * `[redacted]` in the place of what a sensitive key keeps (see `isSensitiveKey`). A getter that throws is named as
 * unreadable, and what is no object has no attributes. Never throws.
 */
export function toAttributes(given: unknown): Attributes {
  const attributes: Attributes = {};
  if (typeof given !== 'object' || given === null) return attributes;
  for (const key of keysOf(given)) {
    const value = readAttribute(given, key);
    if (value !== undefined) attributes[key] = isSensitiveKey(key) ? REDACTED : value;
  }
  return attributes;
}

function readAttribute(given: object, key: string): PlainAttributeValue | undefined {
  try {
    return toAttributeValue(Reflect.get(given, key));
  } catch {
    return UNREADABLE;
  }
}

function keysOf(given: object): string[] {
  try {
    return Object.keys(given);
  } catch {
    return [];
  }
}

/** Neither of the first two has properties that would be listed. */
function textOf(value: unknown): string {
  if (types.isProxy(value)) return redactedText(value);
  if (value instanceof URL) return redactUrl(urlText(value));
  return value instanceof Secret ? MASK : redactedText(value);
}

/** A subclass may have an `href` of its own that does anything. */
function urlText(url: URL): string {
  const href: unknown = Reflect.get(URL.prototype, 'href', url);
  return typeof href === 'string' ? href : UNREADABLE;
}

function arrayValue(values: readonly unknown[]): PlainAttributeValue {
  try {
    if (values.every((value) => typeof value === 'string')) return [...values];
    if (values.every((value) => typeof value === 'number')) return [...values];
    if (values.every((value) => typeof value === 'boolean')) return [...values];
    return values.map((value) => (typeof value === 'string' ? value : textOf(value)));
  } catch {
    return UNREADABLE;
  }
}

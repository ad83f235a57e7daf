import type { Attributes } from '@opentelemetry/api';
import { types } from 'node:util';
import { redactedText } from '../../core/redaction.ts';

/** A value that every exporter can carry. */
export type PlainAttributeValue =
  string | number | boolean | readonly string[] | readonly number[] | readonly boolean[];

const UNREADABLE = '[unreadable]';

/**
 * The value as an attribute: strings, numbers, booleans and arrays of one of these as they are, everything else as text,
 * objects without what their sensitive keys keep (see `redactedText`). Never throws.
 *
 * @returns `undefined` for `undefined`, which is no attribute
 */
export function toAttributeValue(value: unknown): PlainAttributeValue | undefined {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (value === undefined) return undefined;
  if (typeof value === 'bigint') return redactedText(value).replace(/n$/, '');
  // Asking a Proxy whether it is an array throws where it is revoked.
  return !types.isProxy(value) && Array.isArray(value) ? arrayValue(value) : redactedText(value);
}

/**
 * Attributes out of whatever an application gives for such: every own property, as `toAttributeValue` has it. A getter that
 * throws is named as unreadable, and what is no object has no attributes. Never throws.
 */
export function toAttributes(given: unknown): Attributes {
  const attributes: Attributes = {};
  if (typeof given !== 'object' || given === null) return attributes;
  for (const key of keysOf(given)) {
    const value = readAttribute(given, key);
    if (value !== undefined) attributes[key] = value;
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

function arrayValue(values: readonly unknown[]): PlainAttributeValue {
  try {
    if (values.every((value) => typeof value === 'string')) return [...values];
    if (values.every((value) => typeof value === 'number')) return [...values];
    if (values.every((value) => typeof value === 'boolean')) return [...values];
    return values.map((value) => (typeof value === 'string' ? value : redactedText(value)));
  } catch {
    return UNREADABLE;
  }
}

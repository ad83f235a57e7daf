import { types } from 'node:util';
import { cutText, REDACTED } from '../../core/redaction.ts';
import { isSensitiveKey } from '../../core/sensitiveKey.ts';
import { ownData } from '../../core/thrown/ownData.ts';
import type { ErrorProperty } from '../errorFacts.ts';

/** Nothing that is asked for by them later is to find what a stranger put there. */
const PROTOTYPE_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
const MOST_PROPERTIES = 20;
/** Of an object with more, the first. */
const MOST_KEYS_READ = 200;
const MOST_KEY_LENGTH = 100;
const MOST_VALUE_LENGTH = 1024;
/** A number of a card, or whatever the application calls a secret, has nine digits at the least. */
const LEAST_TELLING_NUMBER = 100_000_000;
const NO_KEYS: ReadonlySet<string> = new Set();

/** What has none. */
export const NO_PROPERTIES: Readonly<Record<string, ErrorProperty>> = Object.freeze({});

/**
 * The enumerable properties of an object's own that have plain values: texts, numbers and switches, 20 at most, in their order.
 * What a key says to be a secret is `[redacted]`, texts are cleaned and cut to 1024 characters, numbers that JSON has not
 * are texts, and so are numbers of nine digits and more of which cleaning leaves something else. Keys of prototypes are passed
 * over. Runs no getter and no trap of a Proxy, never throws. The work is bounded but for the list of the object's keys. Frozen.
 */
export function plainProperties(
  object: object,
  clean: (text: string, maxLength: number) => string,
  without: ReadonlySet<string> = NO_KEYS,
): Readonly<Record<string, ErrorProperty>> {
  if (types.isProxy(object)) return NO_PROPERTIES;
  const keys = Object.keys(object);
  let count = 0;
  let properties: Record<string, ErrorProperty> | undefined;
  for (let index = 0; index < keys.length && index < MOST_KEYS_READ && count < MOST_PROPERTIES; index += 1) {
    const key = keys[index] ?? '';
    if (without.has(key)) continue;
    const value = plainValue(ownData(object, key));
    const name = value === undefined ? '' : clean(key, MOST_KEY_LENGTH);
    if (value === undefined || PROTOTYPE_KEYS.has(name)) continue;
    properties ??= {};
    properties[name] = isSensitiveKey(key) ? REDACTED : cleanValue(value, clean);
    count += 1;
  }
  return properties === undefined ? NO_PROPERTIES : Object.freeze(properties);
}

function cleanValue(value: ErrorProperty, clean: (text: string, maxLength: number) => string): ErrorProperty {
  if (typeof value === 'string') return clean(value, MOST_VALUE_LENGTH);
  // NaN and the infinities are texts here.
  if (typeof value === 'boolean' || Math.abs(value) < LEAST_TELLING_NUMBER) return value;
  const digits = String(value);
  const cleaned = clean(digits, MOST_VALUE_LENGTH);
  return cleaned === digits ? value : cleaned;
}

function plainValue(value: unknown): ErrorProperty | undefined {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  return typeof value === 'bigint' ? bigintText(value) : undefined;
}

/** Making digits of a large BigInt takes time that grows with the square of their number. */
export function bigintText(value: bigint): string {
  return BigInt.asIntN(1024, value) === value ? cutText(`${value}n`, MOST_VALUE_LENGTH) : '[bigint]';
}

import { hash } from 'node:crypto';
import type { Attributes } from '@opentelemetry/api';
import { ownText } from '../../core/ownText.ts';
import { REDACTED } from '../../core/redaction.ts';
import { isSensitiveKey } from '../../core/sensitiveKey.ts';

/** A value of an attribute that is no list. */
export type AttributeScalar = string | number | boolean;

/** An attribute as it was given, read once: what is read again may be something else. */
export type GivenAttribute = readonly [key: string, value: AttributeScalar | readonly AttributeScalar[]];

/** What tells a series from the others of its metric. */
export interface SeriesIdentity {
  /** Equal for equal attributes and for no others, whatever their order was. */
  readonly key: string;
  /** Frozen, sorted by keys. */
  readonly attributes: Attributes;
}

/** Characters (UTF-16 code units) that are kept of a text or a key. */
export const MAX_TEXT_LENGTH = 256;
/** Characters that a key of a series has at most. */
const MAX_KEY_LENGTH = 256;
/** Attributes that are kept of a measurement, the first ones. */
const MAX_ATTRIBUTES = 64;
/** Elements that are kept of a list, the first ones. */
const MAX_ELEMENTS = 64;

/** Of the series for all that there is no other one left for. OpenTelemetry's SDK names it so. */
export const OVERFLOW_IDENTITY: SeriesIdentity = {
  key: '[["otel.metric.overflow",true]]',
  attributes: Object.freeze({ 'otel.metric.overflow': true }),
};

/**
 * The attributes that can tell series apart: texts, numbers, booleans and lists of them. Anything else is left out, and so
 * are attributes without a name, and `__proto__`, which in the objects of whoever reads them would be no attribute. What a key
 * keeps that says that it is secret is left behind here, and so is what `redactText` finds in texts: nothing knows of it that is
 * made of attributes.
 *
 * @throws whatever a getter or a Proxy throws
 */
export function readAttributes(attributes: unknown, redactText: (text: string) => string): readonly GivenAttribute[] {
  if (typeof attributes !== 'object' || attributes === null) return [];
  const given: GivenAttribute[] = [];
  for (const key of Object.keys(attributes)) {
    if (key === '' || key === '__proto__') continue;
    if (given.length >= MAX_ATTRIBUTES) break;
    const value: unknown = Reflect.get(attributes, key);
    if (!isScalar(value) && !Array.isArray(value)) continue;
    if (isSensitiveKey(key)) given.push([key, REDACTED]);
    else given.push([key, redactedValue(isScalar(value) ? value : scalarsOf(value), redactText)]);
  }
  return given;
}

/** Makes attributes what a series keeps of them: texts and keys are cut, and keep nothing else alive. */
export function identityOf(given: readonly GivenAttribute[]): SeriesIdentity {
  const kept = new Map(given.map(([key, value]) => [ownText(key, MAX_TEXT_LENGTH), keptValue(value)]));
  const entries = [...kept].sort(([a], [b]) => (a < b ? -1 : 1));
  return { key: shortened(JSON.stringify(entries)), attributes: Object.freeze(Object.fromEntries(entries)) };
}

/** Keys are kept of more than there are series for. */
function shortened(key: string): string {
  return key.length <= MAX_KEY_LENGTH ? key : hash('sha256', key);
}

function isScalar(value: unknown): value is AttributeScalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function scalarsOf(list: readonly unknown[]): readonly AttributeScalar[] {
  const scalars: AttributeScalar[] = [];
  const length = Math.min(list.length, MAX_ELEMENTS);
  for (let index = 0; index < length; index += 1) {
    const element = list[index];
    if (isScalar(element)) scalars.push(element);
  }
  return scalars;
}

function redactedValue(value: GivenAttribute[1], redactText: (text: string) => string): GivenAttribute[1] {
  if (typeof value === 'string') return redactText(value);
  return typeof value === 'object' ? value.map((each) => (typeof each === 'string' ? redactText(each) : each)) : value;
}

function keptValue(value: GivenAttribute[1]): GivenAttribute[1] {
  return typeof value === 'object' ? Object.freeze(value.map(keptScalar)) : keptScalar(value);
}

function keptScalar(value: AttributeScalar): AttributeScalar {
  if (typeof value === 'string') return ownText(value, MAX_TEXT_LENGTH);
  // JSON has no such numbers: all would be one series.
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

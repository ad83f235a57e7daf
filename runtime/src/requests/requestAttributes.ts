import { types } from 'node:util';
import { isRecord } from '../core/isRecord.ts';
import { ownText } from '../core/ownText.ts';
import { cutText, REDACTED, redactedText } from '../core/redaction.ts';
import { isSensitiveKey } from '../core/sensitiveKey.ts';
import type { RequestAttribute } from './requestSnapshot.ts';

const MOST_ATTRIBUTES = 32;
const MOST_KEY_LENGTH = 100;
const MOST_VALUE_LENGTH = 1024;
/** Read beyond that: half of what a rule looks for is not found. */
const MARGIN = 512;

/** Attributes as they are given: what is no text, number or truth value is shown as text. */
export type GivenAttributes = Readonly<Record<string, unknown>>;

/**
 * Attributes that may be kept: at most 32, texts cut to 1024 characters, values redacted whose keys say that they are
 * secrets, and what `redactText` finds in texts. Runs no code of theirs. What was kept before comes first, and is replaced by what has the same key.
 */
export function requestAttributes(
  given: GivenAttributes,
  redactText: (text: string) => string,
  before: Readonly<Record<string, RequestAttribute>> = {},
): Readonly<Record<string, RequestAttribute>> {
  const kept = new Map<string, RequestAttribute>(Object.entries(before));
  for (const key of isRecord(given) && !types.isProxy(given) ? Object.keys(given) : []) {
    const descriptor = Object.getOwnPropertyDescriptor(given, key);
    const name = ownText(key, MOST_KEY_LENGTH);
    if (descriptor?.value === undefined || (kept.size >= MOST_ATTRIBUTES && !kept.has(name))) continue;
    kept.set(name, isSensitiveKey(key) ? REDACTED : attributeOf(descriptor.value, redactText));
  }
  return Object.freeze(Object.fromEntries(kept));
}

function attributeOf(value: unknown, redactText: (text: string) => string): RequestAttribute {
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  const text = redactText(redactedText(value, { maxLength: MOST_VALUE_LENGTH + MARGIN }));
  return ownText(cutText(text, MOST_VALUE_LENGTH), MOST_VALUE_LENGTH);
}

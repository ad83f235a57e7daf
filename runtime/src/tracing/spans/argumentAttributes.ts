import type { Attributes } from '@opentelemetry/api';
import { REDACTED, redactedText } from '../../core/redaction.ts';
import { isSensitiveKey } from '../../core/sensitiveKey.ts';
import { describeShape } from '../../core/valueShape.ts';
import { type PlainAttributeValue, toAttributeValue } from './attributeValue.ts';

/** Which arguments of a call are recorded, and how. */
export interface RecordedArguments {
  /** All of them, named by their position, or the first ones under these names. */
  readonly names: true | readonly string[];
  /** Those whose values are recorded. */
  readonly revealed: ReadonlySet<string>;
}

/** The attributes that tell of a call's arguments. Never throws. */
export function argumentAttributes(args: readonly unknown[], { names, revealed }: RecordedArguments): Attributes {
  const attributes: Attributes = {};
  const count = names === true ? args.length : Math.min(args.length, names.length);
  for (let index = 0; index < count; index += 1) {
    const name = names === true ? String(index) : names[index];
    if (name === undefined || name === '') continue;
    attributes[`argument.${name}`] = revealed.has(name) ? revealedValue(name, args[index]) : describeShape(args[index]);
  }
  return attributes;
}

function revealedValue(name: string, value: unknown): PlainAttributeValue {
  if (isSensitiveKey(name)) return REDACTED;
  return typeof value === 'string' ? redactedText(value) : (toAttributeValue(value) ?? 'undefined');
}

import { maskedPair } from './maskedText.ts';
import { type Environment, type Reading, refuse, take, type TextKind, type ValueKind } from './reading.ts';
import { isRecord } from '../../../core/isRecord.ts';
import { splitList } from './valueKinds.ts';

/** Attributes of a resource: text by key. In a variable `key=value,key=value`, percent-encoded. */
export const ATTRIBUTES: ValueKind<Readonly<Record<string, string>>> = {
  allowed: 'key=value pairs joined by commas, percent-encoded',
  fromValue: (value) => {
    if (!isRecord(value)) return refuse({ allowed: 'an object of texts' });
    const wrong = Object.entries(value).find(([, item]) => typeof item !== 'string');
    if (wrong !== undefined)
      return refuse({ part: { value: { [wrong[0]]: wrong[1] } }, allowed: 'an object of texts' });
    return take(textsOf(value));
  },
  fromText: (text) => readPairs(text, decodeURIComponent),
};

/**
 * Tags as Jaeger's clients write them: `key=value,key=value`, where a value `${NAME:other}` is that of the variable
 * `NAME`, or `other` where that is not set.
 */
export const JAEGER_TAGS: TextKind<Readonly<Record<string, string>>> = {
  allowed: 'key=value pairs joined by commas; a value may be ${VARIABLE:default}',
  fromText: (text, environment) => readPairs(text, (value) => expandVariable(value, environment)),
};

/** The entries of an object that are text. */
export function textsOf(record: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const texts = Object.entries(record).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(texts);
}

/** Reads `key=value,key=value`. What cannot be decoded is refused. */
export function readPairs(text: string, decode: (value: string) => string): Reading<Readonly<Record<string, string>>> {
  const pairs: [string, string][] = [];
  for (const part of splitList(text)) {
    const pair = readPair(part, decode);
    if (pair === undefined) return refuse({ part: { value: maskedPair(part) } });
    pairs.push(pair);
  }
  return take(Object.fromEntries(pairs));
}

function readPair(part: string, decode: (value: string) => string): [string, string] | undefined {
  const separator = part.indexOf('=');
  if (separator < 1) return undefined;
  try {
    return [decode(part.slice(0, separator).trim()), decode(part.slice(separator + 1).trim())];
  } catch {
    // Not a percent-encoding.
    return undefined;
  }
}

function expandVariable(value: string, environment: Environment): string {
  const [, name, fallback = ''] = /^\$\{([^:}]+)(?::([^}]*))?\}$/.exec(value) ?? [];
  if (name === undefined) return value;
  const given = environment[name];
  return given === undefined || given === '' ? fallback : given;
}

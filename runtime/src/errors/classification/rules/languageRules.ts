import type { StackFrame } from '../../errorFacts.ts';
import type { Classification, RuleSet } from '../classification.ts';
import { classificationOf, codeTable } from '../codeTable.ts';
import { FETCH_CAUSES, FETCH_FAILURES } from '../tables/fetchTexts.ts';
import { LANGUAGE_CLASSES } from '../tables/languageClasses.ts';

/** How much of a message is looked at: the engine's own begin with what they are about. */
const LOOKED_AT_LENGTH = 300;

/**
 * What V8 says of a mistake in the program.
 *
 * Source: V8, src/common/message-template.h.
 */
const DEFECT =
  /Cannot (?:read|set|destructure|access|assign|convert|mix|add|delete|redefine|define|use 'in'|perform|freeze|serialize a)|is not (?:a function|defined|iterable|a constructor|an object|extensible|async iterable)|before initialization|constant variable|circular structure|call stack|Invalid (?:array|string|typed array|count|time) |Class constructor|Reduce of empty|private (?:member|field|method)|must be between|out of range|allocation failed|read only property|BigInt|Invalid time value/i;

/** What V8 says of a text that is no JSON. */
const NOT_JSON =
  /JSON|^Unexpected (?:token|end|non-whitespace)|^Bad (?:control|escaped|Unicode)|^Cannot convert .* to a BigInt/;
/** JSON was asked for and a page came: another's mistake, not the caller's. */
const HTML_FOR_JSON = /^Unexpected token '?<'?.{0,20}(?:<!DOCTYPE|<html|<head|<body|<\?xml|in JSON at position 0)/i;

/** Where `fetch` and `response.json()` are, in Node. */
const FETCH_FILE = 'node:internal/deps/undici/undici';
const FETCH_FRAMES = 4;

/** Which classes a mistake in the program has. */
const DEFECT_CLASSES: ReadonlySet<string> = new Set(['TypeError', 'ReferenceError', 'RangeError']);

/** Mistakes in the program, as V8 words them, and answers of others that are not the JSON that was asked for. */
export function defectRules(): RuleSet {
  const defect = classificationOf('system', 'language.defect');
  const failures = codeTable('language.fetch', FETCH_FAILURES);
  const causes = codeTable('language.fetch', FETCH_CAUSES);
  const notJson = classificationOf('external_service', 'language.answerNotJson');
  const url = classificationOf('validation', 'language.url');
  return ({ type, code, message, frames }) => {
    if (code !== undefined) return undefined;
    const beginning = message.slice(0, LOOKED_AT_LENGTH);
    if (DEFECT_CLASSES.has(type)) {
      if (DEFECT.test(beginning)) return defect;
      return type === 'TypeError' ? failures.get(message) : undefined;
    }
    if (type === 'Error') {
      const cause = causes.get(message);
      return cause !== undefined && isOfFetch(frames) ? cause : undefined;
    }
    if (type !== 'SyntaxError') return undefined;
    if (beginning.startsWith('Invalid URL')) return url;
    return HTML_FOR_JSON.test(beginning) || isOfFetch(frames) ? notJson : undefined;
  };
}

function isOfFetch(frames: readonly StackFrame[]): boolean {
  return frames.slice(0, FETCH_FRAMES).some(({ file }) => file === FETCH_FILE);
}

/** What the language's own classes mean, where nothing tells more. */
export function languageRules(): RuleSet {
  const classes = codeTable('language.class', LANGUAGE_CLASSES);
  const text = classificationOf('validation', 'language.json');
  return ({ type, classes: names, message }): Classification | undefined => {
    if (type === 'SyntaxError' && NOT_JSON.test(message.slice(0, LOOKED_AT_LENGTH))) return text;
    const own = classes.get(type);
    // A class of the application's own may inherit from `TypeError`, which does not make it one.
    return own ?? (names[0] === undefined || names[0] === type ? undefined : classes.get(names[0]));
  };
}

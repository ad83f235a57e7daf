import { closest, distance } from 'fastest-levenshtein';
import * as z from 'zod';

/** What a number in the configuration may be. */
export interface NumberRange {
  /** Smallest allowed value, included. */
  readonly min: number;
  /** Largest allowed value, included. */
  readonly max: number;
  /** What is counted, in the plural: `pods`, `millicores`, `MiB`. */
  readonly unit: string;
  /** One sentence for docs and editors. */
  readonly description: string;
}

/** A whole number within a range; every breach is answered with the whole range. */
export function wholeNumber({ min, max, unit, description }: NumberRange) {
  const error = `must be a whole number from ${min} to ${max} (${unit})`;
  return z.int({ error }).min(min, { error }).max(max, { error }).describe(description);
}

/** What a text in the configuration may be. */
export interface TextForm {
  /** The whole value must match. */
  readonly pattern: RegExp;
  /** The pattern in words, as it completes "must be …". */
  readonly allowed: string;
  /** One sentence for docs and editors. */
  readonly description: string;
}

/** A text of a given form; every breach is answered with the form in words. */
export function text({ pattern, allowed, description }: TextForm) {
  const error = `must be ${allowed}`;
  return z.string({ error }).regex(pattern, { error }).describe(description);
}

/** A mapping that takes exactly the keys of its shape; a misspelt key is answered with the one that was probably meant. */
export function mapping<const Shape extends z.core.$ZodLooseShape>(shape: Shape, description: string) {
  const known = Object.keys(shape);
  return z
    .strictObject(shape, {
      error: (issue) =>
        issue.code === 'unrecognized_keys'
          ? issue.keys.map((key) => unknownKeyMessage(key, known)).join('\n')
          : `must be a mapping with keys out of: ${known.join(', ')}`,
    })
    .describe(description);
}

/** What to say about a key that nobody knows: the nearest known one, if it is near enough to be meant, and all known ones. */
export function unknownKeyMessage(key: string, known: readonly string[]): string {
  const nearest = nearestTo(key, known);
  const suggestion = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
  return `is not a known key${suggestion} (known here: ${known.join(', ')})`;
}

/** The candidate at most a third of its letters (and at least two) away from what was typed, in letters of either case. */
export function nearestTo(typed: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const nearest = closest(typed, [...candidates]);
  const allowed = Math.max(2, Math.floor(nearest.length / 3));
  return distance(typed.toLowerCase(), nearest.toLowerCase()) <= allowed ? nearest : undefined;
}

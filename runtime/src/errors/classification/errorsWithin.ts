import type { ErrorFacts } from '../errorFacts.ts';

/** More are not looked at: a chain of causes has 5, an aggregate as many, each with causes of its own. */
const MOST_ERRORS = 32;
const MOST_LEVELS = 8;

/** An error with its causes and the errors that it aggregates, the innermost first, itself last. 32 at most. */
export function errorsWithin(error: ErrorFacts): readonly ErrorFacts[] {
  if (error.causes.length === 0 && error.errors.length === 0) return [error];
  const found: ErrorFacts[] = [];
  collect(error, found, 0);
  found.push(error);
  return found;
}

function collect(error: ErrorFacts, found: ErrorFacts[], level: number): void {
  if (level >= MOST_LEVELS) return;
  for (let index = error.causes.length - 1; index >= 0; index -= 1) add(error.causes[index], found, level);
  for (const each of error.errors) add(each, found, level);
}

/** The one that is asked for has a place kept. */
function add(error: ErrorFacts | undefined, found: ErrorFacts[], level: number): void {
  if (error === undefined || found.length >= MOST_ERRORS - 1) return;
  collect(error, found, level + 1);
  if (found.length < MOST_ERRORS - 1) found.push(error);
}

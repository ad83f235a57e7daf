import { inspect } from 'node:util';

/** Everything that can be made to go wrong in the shop. */
export const FAILURE_NAMES = [
  'bad-input',
  'bad-token',
  'bug',
  'database-down',
  'html-answer',
  'slow-dependency',
  'timeout',
] as const;

/** One thing that can be made to go wrong. */
export type FailureName = (typeof FAILURE_NAMES)[number];

/** A failure was asked for that there is not, or in a way that cannot be. */
export class FailureChoiceError extends Error {
  override readonly name = 'FailureChoiceError';
}

/** @throws FailureChoiceError that lists the names there are. */
export function parseFailureName(text: unknown, allowed: readonly FailureName[] = FAILURE_NAMES): FailureName {
  const name = allowed.find((candidate) => candidate === text);
  if (name !== undefined) return name;
  throw new FailureChoiceError(
    `there is no failure ${inspect(text, { depth: 0, maxStringLength: 50 })}; there are ${allowed.join(', ')}`,
  );
}

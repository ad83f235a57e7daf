import { inspect } from 'node:util';
import { FailureChoiceError, type FailureName, parseFailureName } from './failureName.ts';

/** How often each of some failures strikes. */
export type FailureRatios = ReadonlyMap<FailureName, number>;

/**
 * Reads `database-down,slow-dependency:0.2`: the first always, the second in one request of five. An empty text is no failure.
 *
 * @throws FailureChoiceError for a name that is unknown or there twice, and for a ratio that is none from 0 to 1.
 */
export function parseFailures(text: string): FailureRatios {
  const ratios = new Map<FailureName, number>();
  for (const part of text.split(',').map((piece) => piece.trim())) {
    if (part === '') continue;
    const [given = '', ratio = '1'] = part.split(/:(.*)/s);
    const name = parseFailureName(given);
    if (ratios.has(name)) throw new FailureChoiceError(`${name} is named twice`);
    ratios.set(name, parseRatio(/^(?:\d+(?:\.\d+)?|\.\d+)$/.test(ratio) ? Number(ratio) : ratio));
  }
  return ratios;
}

/** @throws FailureChoiceError for anything but a number from 0 to 1. */
export function parseRatio(value: unknown): number {
  if (typeof value === 'number' && value >= 0 && value <= 1) return value;
  throw new FailureChoiceError(
    `a ratio is a number from 0 to 1, not ${inspect(value, { depth: 0, maxStringLength: 50 })}`,
  );
}

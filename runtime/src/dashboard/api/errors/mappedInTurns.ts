import { inTurns } from '../../inTurns.ts';

/** How many are done in a step: less than a millisecond. */
const STEP = 250;

/** `map` for thousands: the application's own work has its turn between steps. */
export function mappedInTurns<Item, Result>(
  items: readonly Item[],
  resultOf: (item: Item) => Result,
): Promise<Result[]> {
  return inTurns(mapped(items, resultOf));
}

function* mapped<Item, Result>(
  items: readonly Item[],
  resultOf: (item: Item) => Result,
): Generator<undefined, Result[]> {
  const results: Result[] = [];
  for (const item of items) {
    results.push(resultOf(item));
    if (results.length % STEP === 0) yield undefined;
  }
  return results;
}

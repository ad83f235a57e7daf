import { nextTurn } from '../core/adapters/nextTurn.ts';

/** Goes through the steps of something that takes long, and gives the application's own work a turn between them. */
export async function inTurns<Result>(steps: Iterator<undefined, Result>): Promise<Result> {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    await nextTurn();
  }
}

import { types } from 'node:util';

/**
 * What a function of the application answers that is asked in the middle of something. A promise comes too late, and is not
 * left to reject, which would end the process.
 *
 * @throws what the function throws, TypeError where it returns a promise.
 */
export function answerAtOnce(ask: () => unknown): unknown {
  const answer = ask();
  if (!types.isPromise(answer)) return answer;
  answer.catch(() => undefined);
  throw new TypeError('it returns a promise; it has to answer at once');
}

import { types } from 'node:util';
import { toError } from './toError.ts';

/**
 * Calls a listener of the application, which may be an async function: what it throws or rejects with is told to `onError`
 * and to nobody else.
 */
export function callListener(listener: () => unknown, onError: (error: Error) => void): void {
  const tell = (error: unknown): void => onError(toError(error));
  try {
    const result = listener();
    if (types.isPromise(result)) result.catch(tell);
  } catch (error) {
    tell(error);
  }
}

import { types } from 'node:util';
import { reportProblem } from '../core/reportProblem.ts';

/**
 * Does what the application's own call must not suffer from: what it throws is told to OpenTelemetry's diagnostics and to
 * nobody else. So is the rejection of a promise that a hook returns although none is expected.
 *
 * @returns what `fn` returns; `undefined` where it throws or returns a promise
 */
export function attempt<T>(what: string, fn: () => T): T | undefined {
  try {
    const result = fn();
    if (!types.isPromise(result)) return result;
    void Promise.prototype.then.call(result, undefined, (error: unknown) => reportProblem(what, error));
  } catch (error) {
    reportProblem(what, error);
  }
  return undefined;
}

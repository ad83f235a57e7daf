import type { Dispose } from '../../core/hostProcess.ts';
import type { CONSOLE_LEVELS } from './consoleLine.ts';
import { watchCalls } from './watchCalls.ts';

/** A method of `console` whose lines are told. */
export type ConsoleMethod = keyof typeof CONSOLE_LEVELS;

/**
 * Tells of the lines of a console, until it is undone. By the methods: older versions of Node tell nothing of them on a
 * diagnostics channel. Methods that are none are left alone.
 *
 * @throws what the console throws that refuses it; it is then as it was
 */
export function watchConsole(
  target: object,
  listener: (method: ConsoleMethod, given: readonly unknown[]) => void,
): Dispose {
  const ends: Dispose[] = [];
  const undo = (): void => {
    for (const end of ends) end();
  };
  try {
    for (const method of METHODS) ends.push(watchCalls(target, method, (_, given) => listener(method, given)));
  } catch (error) {
    undo();
    throw error;
  }
  return undo;
}

const METHODS: readonly ConsoleMethod[] = ['debug', 'log', 'info', 'warn', 'error'];

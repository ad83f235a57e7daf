import type { LogConsole } from '../correlateConsole.ts';

/** The console of this process, or of this worker thread. */
export function nodeConsole(): LogConsole {
  return globalThis.console;
}

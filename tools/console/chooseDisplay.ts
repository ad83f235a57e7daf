import { createLiveDisplay } from './liveDisplay.ts';
import type { PhaseDisplay } from './phaseDisplay.ts';
import { createPlainDisplay } from './plainDisplay.ts';

/** Progress goes to standard error: standard output is the answer's. */
export function chooseDisplay(phaseNames: readonly string[]): PhaseDisplay {
  if (process.stderr.isTTY && phaseNames.length > 0) return createLiveDisplay(phaseNames, process.stderr);
  return createPlainDisplay((line) => process.stderr.write(`${line}\n`));
}

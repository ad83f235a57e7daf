import type { PhaseDisplay } from './phaseDisplay.ts';

/** Writes a line for each thing that happens: for logs, pipes and CI. */
export function createPlainDisplay(write: (line: string) => void): PhaseDisplay {
  const last = new Map<string, string>();
  const waits = new Map<string, string | undefined>();
  return {
    begin: (phase) => write(`${phase}: started`),
    detail: (phase, text) => {
      // A wait repeats its text with every look; a log needs it once.
      if (last.get(phase) === text) return;
      last.set(phase, text);
      write(`${phase}: ${text}`);
    },
    wait: (phase, text) => {
      // What happens meanwhile is written too, and does not end the wait.
      if (waits.get(phase) === text) return;
      waits.set(phase, text);
      if (text !== undefined) write(`${phase}: ${text}`);
    },
    end: (phase, seconds) => write(`${phase}: done (${seconds.toFixed(1)} s)`),
    fail: (phase, seconds) => write(`${phase}: FAILED (${seconds.toFixed(1)} s)`),
    close: () => Promise.resolve(),
  };
}

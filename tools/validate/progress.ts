import type { PhaseDisplay } from '../console/phaseDisplay.ts';
import type { Check, Component } from './check.ts';
import type { RunOptions } from './runChecks.ts';

/** The name under which a display shows the checks of a component. */
export function phaseOf(component: Component): string {
  return `checking ${component}`;
}

/** Shows checks while they run, a phase for each component. */
export function showProgress(
  wanted: readonly Check[],
  display: PhaseDisplay,
  nowMillis: () => number,
): Pick<RunOptions, 'onStart' | 'onEnd'> {
  const phases = new Map<Component, ComponentProgress>();
  for (const { component } of wanted) {
    const known = phases.get(component);
    if (known === undefined) phases.set(component, { total: 1, begun: 0, ended: 0, failed: false, startedMillis: 0 });
    else known.total += 1;
  }
  return {
    onStart: ({ id, component }) => {
      const progress = phases.get(component);
      if (progress === undefined) return;
      progress.begun += 1;
      if (progress.begun === 1) {
        progress.startedMillis = nowMillis();
        display.begin(phaseOf(component));
      }
      display.detail(phaseOf(component), `${id} (${progress.begun} of ${progress.total})`);
    },
    onEnd: ({ component }, result) => {
      const progress = phases.get(component);
      if (progress === undefined) return;
      progress.ended += 1;
      progress.failed ||= result?.outcome === 'failed';
      if (progress.ended < progress.total) return;
      const seconds = (nowMillis() - progress.startedMillis) / 1000;
      if (progress.failed) display.fail(phaseOf(component), seconds);
      else display.end(phaseOf(component), seconds);
    },
  };
}

interface ComponentProgress {
  total: number;
  begun: number;
  ended: number;
  failed: boolean;
  startedMillis: number;
}

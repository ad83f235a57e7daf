import type { PhaseDisplay } from '../console/phaseDisplay.ts';
import type { Check, CheckResult, Component } from './check.ts';
import type { RunOptions } from './runChecks.ts';

/** The name under which a display shows the checks of a component. */
export function phaseOf(component: Component): string {
  return `checking ${component}`;
}

/** Shows checks while they run, a phase for each component. A phase fails when one of its checks did, or could not look. */
export function showProgress(
  wanted: readonly Check[],
  display: PhaseDisplay,
  nowMillis: () => number,
): Pick<RunOptions, 'onStart' | 'onEnd'> {
  const progresses = new Map(
    [...Map.groupBy(wanted, ({ component }) => component)].map(([component, { length }]) => [
      component,
      new ComponentProgress(phaseOf(component), length, display, nowMillis),
    ]),
  );
  return {
    onStart: ({ id, component }) => progresses.get(component)?.start(id),
    onEnd: ({ id, component }, result) => progresses.get(component)?.end(id, result),
  };
}

/** The checks of one component. */
class ComponentProgress {
  readonly #phase: string;
  readonly #total: number;
  readonly #display: PhaseDisplay;
  readonly #nowMillis: () => number;
  readonly #running = new Set<string>();
  #begun = 0;
  #startedMillis = 0;
  #isSound = true;

  constructor(phase: string, total: number, display: PhaseDisplay, nowMillis: () => number) {
    this.#phase = phase;
    this.#total = total;
    this.#display = display;
    this.#nowMillis = nowMillis;
  }

  start(id: string): void {
    this.#running.add(id);
    this.#begun += 1;
    if (this.#begun === 1) {
      this.#startedMillis = this.#nowMillis();
      this.#display.begin(this.#phase);
    }
    this.#display.detail(this.#phase, `${id} (${this.#begun} of ${this.#total})`);
  }

  end(id: string, result: CheckResult | undefined): void {
    this.#running.delete(id);
    this.#isSound &&= result?.outcome !== 'failed' && result?.outcome !== 'unchecked';
    // Others are still to begin: the newest of them is shown.
    if (this.#begun < this.#total) return;
    if (this.#running.size > 0) {
      this.#display.wait(this.#phase, `waits for ${[...this.#running].join(', ')}`);
      return;
    }
    const seconds = (this.#nowMillis() - this.#startedMillis) / 1000;
    if (this.#isSound) this.#display.end(this.#phase, seconds);
    else this.#display.fail(this.#phase, seconds);
  }
}

import type { PhaseDisplay } from './phaseDisplay.ts';

export type ReportDetail = (text: string) => void;
/** Takes what is waited for; undefined as soon as nothing is. */
export type ReportWait = (text: string | undefined) => void;

/** Runs a command's phases: measures each and shows it. Phases may overlap. */
export class Phases {
  readonly #display: PhaseDisplay;
  readonly #nowMillis: () => number;
  readonly #seconds = new Map<string, number>();

  constructor(display: PhaseDisplay, nowMillis: () => number) {
    this.#display = display;
    this.#nowMillis = nowMillis;
  }

  /** Runs `work` as the phase `name`; what it throws is thrown again after the display knows. */
  async run<T>(name: string, work: (report: ReportDetail, wait: ReportWait) => Promise<T>): Promise<T> {
    const started = this.#nowMillis();
    const elapsed = (): number => (this.#nowMillis() - started) / 1000;
    this.#display.begin(name);
    try {
      const result = await work(
        (text) => this.#display.detail(name, text),
        (text) => this.#display.wait(name, text),
      );
      this.record(name, elapsed());
      this.#display.end(name, elapsed());
      return result;
    } catch (error) {
      this.record(name, elapsed());
      this.#display.fail(name, elapsed());
      throw error;
    }
  }

  record(name: string, seconds: number): void {
    this.#seconds.set(name, Math.round(seconds * 10) / 10);
  }

  /** Seconds by phase, of the phases that have ended, in the order in which they ended. */
  seconds(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#seconds);
  }
}

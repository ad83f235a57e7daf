import { Listr, ListrLogger, PRESET_TIMER, ProcessOutput, type ListrDefaultRendererLogLevels } from 'listr2';
import type { PhaseDisplay } from './phaseDisplay.ts';

/** What a row changes of its line in the list. */
interface Task {
  title?: string | undefined;
  output: string | undefined;
}

/** One phase's line on the terminal. */
class Row {
  readonly finished = Promise.withResolvers<void>();
  begun = false;
  readonly #phase: string;
  #task: Task | undefined;
  #detail: string | undefined;
  #wait: string | undefined;

  constructor(phase: string) {
    this.#phase = phase;
  }

  /** The list starts its rows a moment after it was made; what a phase said by then is shown now. */
  attach(task: Task): Promise<void> {
    this.#task = task;
    task.title = this.begun ? this.#phase : `${this.#phase} (waits)`;
    this.#draw();
    return this.finished.promise;
  }

  begin(): void {
    this.begun = true;
    if (this.#task !== undefined) this.#task.title = this.#phase;
  }

  show(detail: string): void {
    this.#detail = detail;
    this.#draw();
  }

  wait(text: string | undefined): void {
    this.#wait = text;
    this.#draw();
  }

  /** What is waited for stays in sight while details go by. */
  #draw(): void {
    const output = this.#wait ?? this.#detail;
    if (this.#task !== undefined && output !== undefined) this.#task.output = output;
  }
}

/** Draws every phase on a terminal, each with a spinner, its newest detail and its time. */
export function createLiveDisplay(phases: readonly string[], stream: NodeJS.WriteStream): PhaseDisplay {
  const rows = new Map(phases.map((phase) => [phase, new Row(phase)]));
  const list = new Listr(
    [...rows].map(([title, row]) => ({ title, task: (_context, task): Promise<void> => row.attach(task) })),
    {
      concurrent: true,
      renderer: 'default',
      fallbackRendererCondition: false,
      exitOnError: false,
      registerSignalListeners: false,
      rendererOptions: {
        timer: { ...PRESET_TIMER, field: (milliseconds) => `${Math.round(milliseconds / 1000)} s` },
        collapseErrors: true,
        logger: new ListrLogger<ListrDefaultRendererLogLevels>({ processOutput: new ProcessOutput(stream, stream) }),
      },
    },
  );
  const drawing = list.run();
  return {
    begin: (phase) => rows.get(phase)?.begin(),
    detail: (phase, text) => rows.get(phase)?.show(text),
    wait: (phase, text) => rows.get(phase)?.wait(text),
    end: (phase) => rows.get(phase)?.finished.resolve(),
    fail: (phase) => rows.get(phase)?.finished.reject(new Error(`${phase} failed`)),
    close: async () => {
      for (const [phase, row] of rows) {
        if (row.begun) row.finished.resolve();
        else row.finished.reject(new Error(`${phase}: not reached`));
      }
      await drawing;
    },
  };
}

import { Listr, ListrLogger, PRESET_TIMER, ProcessOutput, type ListrDefaultRendererLogLevels } from 'listr2';
import type { PhaseDisplay } from './phaseDisplay.ts';

interface Row {
  readonly finished: PromiseWithResolvers<void>;
  show: (text: string) => void;
}

/** Draws every phase on a terminal, each with a spinner, its newest detail and its time. */
export function createLiveDisplay(phases: readonly string[], stream: NodeJS.WriteStream): PhaseDisplay {
  const rows = new Map<string, Row>(
    phases.map((phase) => [phase, { finished: Promise.withResolvers<void>(), show: () => undefined }]),
  );
  const begun = new Set<string>();
  const list = new Listr(
    [...rows].map(([title, row]) => ({
      title,
      task: (_context, task): Promise<void> => {
        row.show = (text) => {
          task.output = text;
        };
        return row.finished.promise;
      },
    })),
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
    begin: (phase) => void begun.add(phase),
    detail: (phase, text) => rows.get(phase)?.show(text),
    end: (phase) => rows.get(phase)?.finished.resolve(),
    fail: (phase) => rows.get(phase)?.finished.reject(new Error(`${phase} failed`)),
    close: async () => {
      for (const [phase, row] of rows) {
        if (begun.has(phase)) row.finished.resolve();
        else row.finished.reject(new Error(`${phase}: not reached`));
      }
      await drawing;
    },
  };
}

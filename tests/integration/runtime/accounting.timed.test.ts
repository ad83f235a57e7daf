// @spec S2.1
import { afterEach, describe, expect, it } from 'vitest';
import { repository } from '../support/repository.ts';
import { TestProcess } from '../support/testProcess.ts';

const processes: TestProcess[] = [];
afterEach(async () => {
  await Promise.all(processes.splice(0).map((app) => app.stop('SIGKILL')));
});

function startApp(way: string, ...nodeOptions: readonly string[]): TestProcess {
  const app = new TestProcess({
    command: process.execPath,
    args: ['--conditions=tracewright-source', ...nodeOptions, 'tests/integration/runtime/apps/accounting.ts', way],
    cwd: repository,
  });
  processes.push(app);
  return app;
}

/** What an application prints of a batch. */
interface PrintedBatch {
  readonly batch: number;
  readonly afterMillis: number;
  readonly request: string | null;
}

/** What the application printed so far. */
function lines(app: TestProcess): unknown[] {
  return app.output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line): unknown => JSON.parse(line));
}

function isBatch(line: unknown): line is PrintedBatch {
  return typeof line === 'object' && line !== null && 'batch' in line;
}

const dropped = { queue_full: 0, oversize: 0, export_failed: 0, shutdown: 0 };

describe('BoundedSpanProcessor on the real event loop', () => {
  it('sends a full batch at once, also when nothing else wakes the event loop', async () => {
    const app = startApp('an idle server');
    await app.waitUntil(() => lines(app).length > 0);
    const [batch] = lines(app).filter(isBatch);
    expect(batch?.batch).toBe(512);
    // Waiting for the scheduled delay, or for whatever else wakes the loop, would take a minute or for ever.
    expect(batch?.afterMillis).toBeLessThan(10_000);
  });

  it('sends outside of the request in which the spans ended', async () => {
    const app = startApp('a request');
    expect(await app.end()).toEqual({ code: 0, signal: null });
    expect(lines(app)).toMatchObject([
      { batch: 512, request: null },
      { batch: 1, request: null },
      { batch: 1, request: null },
    ]);
  });

  it('keeps no process alive that has nothing else to do, with batches waiting and on their way', async () => {
    const app = startApp('nothing left to do');
    expect(await app.end()).toEqual({ code: 0, signal: null });
    expect(lines(app)).toEqual([
      expect.objectContaining({ batch: 512 }),
      { error: 'SpansDroppedError' },
      {
        created: 2600,
        exported: 0,
        dropped: { ...dropped, queue_full: 40 },
        queued: 2048,
        inFlight: 512,
        unsampled: 0,
        trimmed: 0,
      },
    ]);
  });

  it('holds 100 spans whose attributes were cut from 10 MB each in a heap of 200 MB', async () => {
    const app = startApp('large attributes', '--max-old-space-size=200');
    expect(await app.end()).toEqual({ code: 0, signal: null });
    expect(lines(app)[0]).toMatchObject({ created: 100, queued: 100, dropped });
  });
});

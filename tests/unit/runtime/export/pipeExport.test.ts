import { PassThrough, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { ExportInterruptedError } from '../../../../runtime/src/export/exportInterruptedError.ts';
import { exportRequests } from '../../../../runtime/src/export/exportRequests.ts';
import { pipeExport } from '../../../../runtime/src/export/pipeExport.ts';
import type { RequestExport } from '../../../../runtime/src/export/requestExport.ts';
import { trackerWith } from './exportFixture.ts';

const options = { format: 'ndjson', pageSize: 10 } as const;

describe('pipeExport', () => {
  it('writes all of it, and ends the destination', async () => {
    const tracker = trackerWith(35);
    const destination = new PassThrough();
    const [written, result] = await Promise.all([
      text(destination),
      pipeExport(exportRequests(tracker, options), destination),
    ]);
    expect(written).toBe(await text(exportRequests(tracker, options)));
    expect(result).toEqual({ cursor: tracker.readFinished().cursor, exported: 35, missed: 0 });
  });

  it('leaves the destination open where it is told to', async () => {
    const destination = new PassThrough();
    destination.resume();
    await pipeExport(exportRequests(trackerWith(1), options), destination, { end: false });
    expect(destination.writableEnded).toBe(false);
  });

  it.each<[string, Writable]>([
    ['fails', new Writable({ write: (_chunk, _encoding, done) => done(new Error('the disk is full')) })],
    [
      'throws',
      new Writable({
        write: () => {
          throw new Error('the disk is full');
        },
      }),
    ],
  ])('never rejects where the destination %s, and says where to go on', async (_how, destination) => {
    const { error, ...progress } = await pipeExport(exportRequests(trackerWith(35), options), destination);
    expect(error).toBeInstanceOf(ExportInterruptedError);
    expect(error?.message).toContain('the disk is full');
    expect(progress).toMatchObject({ exported: 0 });
    expect(destination.destroyed).toBe(true);
  });

  it('counts what the destination has taken, not what waits before it', async () => {
    let taken = 0;
    const destination = new Writable({
      highWaterMark: 1,
      write: (_chunk, _encoding, done) => {
        taken += 1;
        if (taken === 3) done(new Error('closed'));
        else setImmediate(done);
      },
    });
    const { error, ...progress } = await pipeExport(exportRequests(trackerWith(95), options), destination);
    expect([error?.name, progress.exported, error?.cursor]).toEqual(['ExportInterruptedError', 20, progress.cursor]);
  });

  it('ends when it is called off, though the destination never has room', async () => {
    const destination = new Writable({ highWaterMark: 1, write: () => undefined });
    const controller = new AbortController();
    const result = pipeExport(exportRequests(trackerWith(35), options), destination, { signal: controller.signal });
    setImmediate(() => controller.abort(new Error('nobody waits any more')));
    expect((await result).error?.message).toContain('nobody waits any more');
  });

  it('tells of a destination that was closed before', async () => {
    const destination = new PassThrough();
    destination.destroy();
    expect((await pipeExport(exportRequests(trackerWith(5), options), destination)).error).toBeInstanceOf(
      ExportInterruptedError,
    );
  });

  it.each<[string, (exported: RequestExport) => unknown]>([
    ['read to its end', (exported) => text(exported)],
    ['read in part', (exported) => exported[Symbol.asyncIterator]().next()],
    ['closed', (exported) => exported.destroy()],
  ])('writes nothing of an export that was %s before, and says so', async (_how, use) => {
    const exported = exportRequests(trackerWith(35), options);
    await use(exported);
    const destination = new PassThrough();
    const { error } = await pipeExport(exported, destination);
    expect(error?.cause).toEqual(
      new Error('it was read or closed before, so that not all of it is left; make another one'),
    );
    expect([destination.readableLength, destination.destroyed]).toEqual([0, true]);
  });
});

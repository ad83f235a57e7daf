import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { Duplex, PassThrough, Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { exportRequests } from '../../../../runtime/src/export/exportRequests.ts';
import { pipeExport } from '../../../../runtime/src/export/pipeExport.ts';
import type { RequestTracker } from '../../../../runtime/src/requests/requestTracker.ts';
import { trackerWith } from './exportFixture.ts';

const options = { format: 'ndjson', pageSize: 10 } as const;

/** The cursor after so many requests. */
function cursorAfter(tracker: RequestTracker, count: number): string {
  return tracker.readFinished({ limit: count }).cursor;
}

describe('pipeExport', () => {
  it.each([1, 1_000_000])('catches what a destination throws later, with room for %i bytes', async (highWaterMark) => {
    const tracker = trackerWith(95);
    let writes = 0;
    const destination = new Writable({
      highWaterMark,
      write: (_chunk, _encoding, done) => {
        writes += 1;
        if (writes === 3) throw new Error('broken');
        setTimeout(done, 2);
      },
    });
    const { error, ...progress } = await pipeExport(exportRequests(tracker, options), destination);
    expect(error?.cause).toEqual(new Error('broken'));
    expect(progress).toEqual({ cursor: cursorAfter(tracker, 20), exported: 20, missed: 0 });
  });

  it('never has more than a page in a destination, however much room it has', async () => {
    let most = 0;
    let largest = 0;
    const destination = new Writable({
      highWaterMark: 1_000_000,
      write: (chunk: Buffer, _encoding, done) => {
        most = Math.max(most, destination.writableLength);
        largest = Math.max(largest, chunk.length);
        setTimeout(done, 1);
      },
    });
    expect((await pipeExport(exportRequests(trackerWith(95), options), destination)).exported).toBe(95);
    expect(most).toBe(largest);
  });

  it('comes to its end where `write` was replaced by one that knows no callbacks, as compression does', async () => {
    const tracker = trackerWith(95);
    const chunks: string[] = [];
    const destination = new Writable({
      highWaterMark: 5000,
      write: (chunk, _encoding, done) => {
        chunks.push(String(chunk));
        setTimeout(done, 1);
      },
    });
    const write = destination.write.bind(destination);
    const replaced = (chunk: unknown): boolean => write(chunk);
    Object.assign(destination, { write: replaced });
    const result = await pipeExport(exportRequests(tracker, options), destination);
    expect(result).toEqual({ cursor: cursorAfter(tracker, 95), exported: 95, missed: 0 });
    expect(chunks.join('').split('\n')).toHaveLength(96);
  });

  it('comes to its end where a subclass has a `write` of its own that knows no callbacks', async () => {
    const tracker = trackerWith(95);
    const chunks: string[] = [];
    class Silent extends Writable {
      override write(chunk: unknown): boolean {
        chunks.push(String(chunk));
        return true;
      }
    }
    const result = await pipeExport(exportRequests(tracker, options), new Silent());
    expect(result).toEqual({ cursor: cursorAfter(tracker, 95), exported: 95, missed: 0 });
    expect(chunks.join('').split('\n')).toHaveLength(96);
  });

  it('never has more than a page in a response, though it has room', async () => {
    let most = 0;
    let largest = 0;
    const socket = new Duplex({
      highWaterMark: 1_000_000,
      read: () => undefined,
      write: (chunk: Buffer, _encoding, done) => {
        most = Math.max(most, socket.writableLength);
        largest = Math.max(largest, chunk.length);
        setTimeout(done, 1);
      },
    });
    const response = new ServerResponse(new IncomingMessage(new Socket()));
    response.assignSocket(socket as Socket);
    expect((await pipeExport(exportRequests(trackerWith(95), options), response)).exported).toBe(95);
    // Around the first page is the head of the response, around each its length.
    expect(most).toBeLessThan(2 * largest);
  });

  it('writes nothing where it was called off before', async () => {
    const destination = new PassThrough();
    const signal = AbortSignal.abort(new Error('too late'));
    const { error, ...progress } = await pipeExport(exportRequests(trackerWith(5), options), destination, { signal });
    expect(error).toMatchObject({
      name: 'ExportInterruptedError',
      message: 'the export was interrupted after 0 requests: too late; go on with its cursor',
      cursor: undefined,
      cause: new Error('too late'),
    });
    expect(progress).toEqual({ cursor: undefined, exported: 0, missed: 0 });
    expect(destination.readableLength).toBe(0);
  });

  it('tells of a destination that somebody else has ended', async () => {
    const destination = new PassThrough();
    destination.resume().end();
    const { error, exported } = await pipeExport(exportRequests(trackerWith(5), options), destination);
    expect([error?.name, exported]).toEqual(['ExportInterruptedError', 0]);
  });

  it('tells of a destination that somebody else ends before it is done with it', async () => {
    const destination = new Writable({
      write: (_chunk, _encoding, done) => {
        done();
        destination.end();
      },
    });
    const { error, exported } = await pipeExport(exportRequests(trackerWith(5), options), destination);
    expect([error?.cause, exported]).toEqual([new Error('the destination was ended by somebody else'), 5]);
  });

  it('tells of a destination that is closed while it waits for it', async () => {
    const destination = new Writable({ write: () => undefined });
    const result = pipeExport(exportRequests(trackerWith(5), options), destination);
    setImmediate(() => destination.destroy());
    expect((await result).error?.cause).toMatchObject({ code: 'ERR_STREAM_PREMATURE_CLOSE' });
  });

  it('tells of a destination that fails at its very end, when all of it was written', async () => {
    const destination = new Writable({
      write: (_chunk, _encoding, done) => done(),
      final: (done) => done(new Error('cannot be closed')),
    });
    const { error, exported } = await pipeExport(exportRequests(trackerWith(25), options), destination);
    expect([error?.cause, exported]).toEqual([new Error('cannot be closed'), 25]);
  });

  it('lets an error that comes after an interruption end nothing', async () => {
    const destination = new Writable({ write: (_chunk, _encoding, done) => done(new Error('closed')) });
    await pipeExport(exportRequests(trackerWith(5), options), destination);
    expect(() => destination.emit('error', new Error('later'))).not.toThrow();
  });

  it('leaves no listener on a destination that goes on, nor closes it', async () => {
    const destination = new PassThrough();
    const listeners = (): number[] => destination.eventNames().map((name) => destination.listenerCount(name));
    const before = listeners();
    const signal = AbortSignal.abort();
    await pipeExport(exportRequests(trackerWith(5), options), destination, { end: false });
    await pipeExport(exportRequests(trackerWith(5), options), destination, { end: false, signal });
    expect(listeners()).toEqual(before);
    expect(destination.destroyed).toBe(false);
  });

  it('never rejects for a source that throws, nor for a destination that is none', async () => {
    const tracker = trackerWith(30);
    let pages = 0;
    const source: Parameters<typeof exportRequests>[0] = {
      readFinished: (query) => {
        pages += 1;
        if (pages === 2) throw new Error('the store is gone');
        return tracker.readFinished(query);
      },
    };
    const result = await pipeExport(exportRequests(source, options), new PassThrough().resume());
    expect([result.error?.cause, result.exported]).toEqual([new Error('the store is gone'), 10]);
    const none = JSON.parse('{}') as Writable;
    expect((await pipeExport(exportRequests(tracker, options), none)).error?.name).toBe('ExportInterruptedError');
  });
});

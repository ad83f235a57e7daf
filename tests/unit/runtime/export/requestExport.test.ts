import fc from 'fast-check';
import { text } from 'node:stream/consumers';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { exportRequests } from '../../../../runtime/src/export/exportRequests.ts';
import type { RequestExport } from '../../../../runtime/src/export/requestExport.ts';
import { FakeHost } from '../../../support/fakeHost.ts';
import { endOne, ids, trackerOf, trackerWith } from './exportFixture.ts';

/** So much of a text, or all that is there, as soon as there is any; nothing at its end. */
async function take(exported: RequestExport, size?: number): Promise<string> {
  while (!exported.readableEnded) {
    const chunk = exported.read(size) as Buffer | string | null;
    if (chunk !== null) return chunk.toString();
    await nextTurn();
  }
  return '';
}

function idsOf(lines: readonly string[]): readonly string[] {
  return lines.map((line) => (JSON.parse(line) as { id: string }).id);
}

describe('the progress of an export', () => {
  it('begins where the export begins', () => {
    const tracker = trackerWith(3);
    const { cursor } = tracker.readFinished({ limit: 2 });
    expect(exportRequests(tracker, { format: 'json' }).progress).toEqual({ cursor: undefined, exported: 0, missed: 0 });
    expect(exportRequests(tracker, { format: 'json', cursor }).progress).toEqual({ cursor, exported: 0, missed: 0 });
  });

  it.each([undefined, 'utf8'] as const)(
    'counts a page when its last character is taken, not before, with the encoding %s',
    async (encoding) => {
      const tracker = trackerOf(new FakeHost());
      for (let number = 1; number <= 4; number += 1)
        endOne(tracker, { operation: 'größe 🫖', id: `request-${number}` });
      const exported = exportRequests(tracker, { format: 'ndjson', pageSize: 2 });
      if (encoding !== undefined) exported.setEncoding(encoding);
      await new Promise((resolve) => exported.once('readable', resolve));
      const length = exported.readableLength;
      await take(exported, length - 1);
      expect(exported.progress).toEqual({ cursor: undefined, exported: 0, missed: 0 });
      expect(await take(exported, 1)).toBe('\n');
      expect(exported.progress).toEqual({
        cursor: tracker.readFinished({ limit: 2 }).cursor,
        exported: 2,
        missed: 0,
      });
      exported.destroy();
    },
  );

  it('does not count the page that an export still held when it was abandoned', async () => {
    const tracker = trackerWith(30);
    const exported = exportRequests(tracker, { format: 'ndjson', pageSize: 10 });
    await take(exported);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(exported.readableLength).toBeGreaterThan(0);
    exported.destroy();
    await new Promise((resolve) => exported.once('close', resolve));
    expect([exported.exported, exported.cursor]).toEqual([10, tracker.readFinished({ limit: 10 }).cursor]);
  });

  it.each([undefined, 'utf8'] as const)(
    'does not count pages read ahead for a reader who asked for more than a page at once, with the encoding %s',
    async (encoding) => {
      const tracker = trackerOf(new FakeHost());
      for (let number = 1; number <= 100; number += 1)
        endOne(tracker, { operation: '🫖'.repeat(20), id: `request-${number}` });
      const open = (limit?: number): RequestExport =>
        exportRequests(tracker, { format: 'ndjson', pageSize: 10, ...(limit && { limit }) });
      const page = await text(open(10));
      const length = encoding === undefined ? Buffer.byteLength(page) : page.length;
      const exported = open();
      if (encoding !== undefined) exported.setEncoding(encoding);
      expect(exported.read(8000)).toBeNull();
      while (exported.readableLength < 8000) await nextTurn();
      expect(exported.exported).toBe(0);
      await take(exported, length - 1);
      expect(exported.exported).toBe(0);
      await take(exported, 1);
      expect(exported.exported).toBe(10);
      exported.destroy();
    },
  );

  it('is of the whole when all of it has been taken by whoever listens', async () => {
    const tracker = trackerWith(25);
    const exported = exportRequests(tracker, { format: 'csv', pageSize: 10 });
    exported.on('data', () => undefined);
    await new Promise((resolve) => exported.once('end', resolve));
    expect(exported.progress).toEqual({ cursor: tracker.readFinished().cursor, exported: 25, missed: 0 });
  });

  it('has each request once, at whatever character an export is interrupted (property)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 1, max: 7 }),
        fc.array(fc.integer({ min: 1, max: 1500 }), { maxLength: 6 }),
        async (count, pageSize, interruptions) => {
          const tracker = trackerWith(count);
          const seen: string[] = [];
          let cursor: string | undefined;
          for (const size of [...interruptions, Number.POSITIVE_INFINITY]) {
            const exported = exportRequests(tracker, { format: 'ndjson', pageSize, ...(cursor && { cursor }) });
            let taken = '';
            while (taken.length < size && !exported.readableEnded)
              taken += await take(exported, Math.min(size - taken.length, exported.readableLength) || undefined);
            exported.destroy();
            // What came after the last whole page comes again.
            seen.push(...idsOf(taken.split('\n').slice(0, exported.exported)));
            ({ cursor } = exported);
          }
          expect(seen).toEqual(ids(1, count));
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('an export that lives while others work', () => {
  it('lets the event loop have a turn before each page', async () => {
    const exported = exportRequests(trackerWith(500), { format: 'ndjson', pageSize: 10 });
    let turns = 0;
    let isOver = false;
    const turn = (): void => {
      turns += 1;
      if (!isOver) setImmediate(turn);
    };
    setImmediate(turn);
    await text(exported);
    isOver = true;
    expect(turns).toBeGreaterThanOrEqual(49);
  });

  it('counts what is let go of while its reader sleeps, and goes on with what is left', async () => {
    const tracker = trackerWith(10, 10);
    const exported = exportRequests(tracker, { format: 'json', pageSize: 2 });
    let written = await take(exported);
    await new Promise((resolve) => setTimeout(resolve, 5));
    for (let number = 11; number <= 17; number += 1) endOne(tracker, { operation: 'work', id: `request-${number}` });
    for await (const chunk of exported) written += String(chunk);
    const { requests, missed } = JSON.parse(written) as { requests: { id: string }[]; missed: number };
    expect(requests.map(({ id }) => id)).toEqual([...ids(1, 4), ...ids(8, 17)]);
    expect([missed, exported.missed, exported.exported]).toEqual([3, 3, 14]);
  });

  it('fails as a stream does where its source throws, and knows where to go on', async () => {
    const tracker = trackerWith(30);
    let pages = 0;
    const source: Parameters<typeof exportRequests>[0] = {
      readFinished: (query) => {
        pages += 1;
        if (pages === 3) throw new Error('the store is gone');
        return tracker.readFinished(query);
      },
    };
    const exported = exportRequests(source, { format: 'ndjson', pageSize: 10 });
    await expect(text(exported)).rejects.toThrow('the store is gone');
    expect(exported.exported).toBe(20);
  });

  it('as JSON gives a client who asks for a part at a time all of it, by the cursor of each part', async () => {
    const tracker = trackerWith(25);
    const seen: string[] = [];
    let cursor: string | undefined;
    for (let part = 0; part < 4; part += 1) {
      const answer = await text(exportRequests(tracker, { format: 'json', limit: 10, ...(cursor && { cursor }) }));
      const parsed = JSON.parse(answer) as { requests: { id: string }[]; cursor: string };
      seen.push(...parsed.requests.map(({ id }) => id));
      ({ cursor } = parsed);
    }
    expect(seen).toEqual(ids(1, 25));
  });
});

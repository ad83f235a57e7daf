// @spec S3.4
import fc from 'fast-check';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { exportRequests } from '../../../../runtime/src/export/exportRequests.ts';
import { InvalidCursorError } from '../../../../runtime/src/core/query/invalidCursorError.ts';
import type { RequestSnapshot } from '../../../../runtime/src/requests/requestSnapshot.ts';
import type { RequestTracker } from '../../../../runtime/src/requests/requestTracker.ts';
import { FakeHost } from '../../../support/fakeHost.ts';
import { endOne, ids, trackerOf, trackerWith } from './exportFixture.ts';
import { formulas, hostile } from './hostileTexts.ts';
import { parseCsv } from './parseCsv.ts';

function hostileTracker(): RequestTracker {
  const host = new FakeHost();
  const tracker = trackerOf(host);
  for (const [index, name] of [...hostile, ...formulas].entries()) {
    const request = tracker.start({ operation: name, id: `id-${index}`, userId: name, attributes: { note: name } });
    host.advance(3);
    request.process();
    host.advance(7);
    if (index === 1) request.fail({ type: '503' });
    else request.complete();
  }
  return tracker;
}

function idsIn(ndjson: string): readonly string[] {
  return ndjson
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as RequestSnapshot).id);
}

describe('an export', () => {
  it('as JSON is one object with the requests, where to go on and what was missed', async () => {
    const tracker = hostileTracker();
    const exported = exportRequests(tracker, { format: 'json', pageSize: 3 });
    const object = JSON.parse(await text(exported)) as Record<string, unknown>;
    expect(object['requests']).toEqual(tracker.readFinished().requests);
    expect(object).toMatchObject({ cursor: tracker.readFinished().cursor, missed: 0 });
    expect([exported.contentType, exported.fileExtension]).toEqual(['application/json; charset=utf-8', 'json']);
  });

  it('as NDJSON is a request a line, whatever names hold', async () => {
    const tracker = hostileTracker();
    const lines = (await text(exportRequests(tracker, { format: 'ndjson', pageSize: 4 }))).split(/[\n\u2028\u0085]/);
    expect(lines.pop()).toBe('');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(tracker.readFinished().requests);
  });

  it('as CSV has a header and a row for each, and no cell that is a formula', async () => {
    const tracker = hostileTracker();
    const [header, ...rows] = parseCsv(await text(exportRequests(tracker, { format: 'csv', pageSize: 4 })));
    const cell = (row: readonly string[] | undefined, name: string): string => row?.[header?.indexOf(name) ?? -1] ?? '';
    expect(rows.map((row) => cell(row, 'user_id'))).toEqual(
      [...hostile, ...formulas.map((name) => `'${name}`)].map((name) => name.toWellFormed()),
    );
    expect(rows.map((row) => JSON.parse(cell(row, 'attributes')) as unknown)).toEqual(
      [...hostile, ...formulas].map((name) => ({ note: name.toWellFormed() })),
    );
    expect(cell(rows[1], 'failure_type')).toBe('503');
    expect([cell(rows[0], 'pending_ms'), cell(rows[0], 'duration_ms')]).toEqual(['3', '10']);
  });

  it('as CSV quotes what is no plain text to readers of other dialects', async () => {
    const csv = await text(exportRequests(hostileTracker(), { format: 'csv' }));
    for (const name of ['a;=1+1', 'a\t=1', ' padded ', '\u0000', '\u2028', "'\ufeff=1", "'\tformula"])
      expect(csv).toContain(`,"${name}",`);
    expect(csv).toContain(',größe 🫖,');
  });

  it.each([
    ['json', '{"requests":[],"cursor":"00000000.end.0","missed":0}'],
    ['ndjson', ''],
    ['csv', expect.stringMatching(/^id,operation,.*,attributes\r\n$/)],
  ] as const)('of nothing as %s is well formed', async (format, expected) => {
    expect(await text(exportRequests(trackerWith(0), { format }))).toEqual(expected);
  });

  it('has only what fits the filter, and stops at the limit', async () => {
    const tracker = trackerOf(new FakeHost());
    for (let number = 0; number < 10; number += 1)
      endOne(tracker, { operation: number % 2 === 0 ? 'even' : 'odd', id: `id-${number}` });
    const options = { format: 'ndjson', filter: { operation: 'odd' }, limit: 3, pageSize: 2 } as const;
    const exported = exportRequests(tracker, options);
    expect(idsIn(await text(exported))).toEqual(['id-1', 'id-3', 'id-5']);
    const { cursor } = exported;
    expect(idsIn(await text(exportRequests(tracker, { ...options, ...(cursor && { cursor }) })))).toEqual([
      'id-7',
      'id-9',
    ]);
  });

  it('says how many were let go of before they could be read', async () => {
    const whole = exportRequests(trackerWith(3), { format: 'json' });
    expect(JSON.parse(await text(whole))).toMatchObject({ missed: 0 });
    expect([whole.missed, whole.exported]).toEqual([0, 3]);
    const small = exportRequests(trackerWith(10, 4), { format: 'json' });
    expect(JSON.parse(await text(small))).toMatchObject({ missed: 6 });
    expect([small.missed, small.exported]).toEqual([6, 4]);
  });

  it('reads a page when the one before it was taken, and none before', async () => {
    let pages = 0;
    const tracker = trackerWith(1000);
    const source = {
      readFinished: (query: Parameters<RequestTracker['readFinished']>[0]) => {
        pages += 1;
        return tracker.readFinished(query);
      },
    };
    const exported = exportRequests(source, { format: 'ndjson', pageSize: 10 });
    const pagesSoon = async (): Promise<number> => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return pages;
    };
    // The first is read at once, so that a mistake in the query is thrown to who made it.
    expect(await pagesSoon()).toBe(1);
    const reader = exported[Symbol.asyncIterator]();
    for (let read = 1; read <= 3; read += 1) {
      await reader.next();
      // Those that were taken, and the one that is taken next.
      expect(await pagesSoon()).toBe(read + 1);
    }
    exported.destroy();
  });

  it('goes on where it was interrupted, and gives each request once, in the order of their ends (property)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 1, max: 9 }),
        async (count, pageSize, taken) => {
          const tracker = trackerWith(count);
          const seen: string[] = [];
          let cursor: string | undefined;
          for (let round = 0; round <= count; round += 1) {
            const exported = exportRequests(tracker, { format: 'ndjson', pageSize, ...(cursor && { cursor }) });
            let chunks = 0;
            let interrupted = false;
            for await (const chunk of exported) {
              seen.push(...idsIn(String(chunk)));
              chunks += 1;
              cursor = exported.cursor;
              interrupted = chunks === taken;
              if (interrupted) break;
            }
            if (!interrupted) break;
          }
          expect(seen).toEqual(ids(1, count));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('has what ends while it is read', async () => {
    const tracker = trackerWith(3);
    const exported = exportRequests(tracker, { format: 'ndjson', pageSize: 1 });
    const seen: string[] = [];
    for await (const chunk of exported) {
      seen.push(...idsIn(String(chunk)));
      if (seen.length === 1) endOne(tracker, { operation: 'late', id: 'late' });
    }
    expect(seen).toEqual([...ids(1, 3), 'late']);
  });

  it.each([
    [{ format: 'xml' as 'json' }, 'format is xml; allowed: json, ndjson, csv'],
    [{ format: 'toString' as 'json' }, 'format is toString; allowed: json, ndjson, csv'],
    [{ format: 'json', limit: 0 } as const, 'limit is 0; allowed: a whole number from 1 to 9007199254740991'],
    [{ format: 'json', pageSize: 1001 } as const, 'pageSize is 1001; allowed: a whole number from 1 to 1000'],
  ])('refuses %o at once', (options, message) => {
    expect(() => exportRequests(trackerWith(1), options)).toThrow(new RangeError(message));
  });

  it('refuses the cursor of another tracker at once', () => {
    expect(() => exportRequests(trackerWith(1), { format: 'csv', cursor: 'abcdefgh.end.1' })).toThrow(
      InvalidCursorError,
    );
  });
});

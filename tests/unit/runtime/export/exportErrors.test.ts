// @spec S5.5
import fc from 'fast-check';
import { PassThrough, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { InvalidCursorError } from '../../../../runtime/src/core/query/invalidCursorError.ts';
import type { ErrorGroupSnapshot } from '../../../../runtime/src/errors/errorGroupSnapshot.ts';
import { exportErrors } from '../../../../runtime/src/export/exportErrors.ts';
import { pipeExport } from '../../../../runtime/src/export/pipeExport.ts';
import { groupId, MINUTE, testedGroups } from '../errors/groups/support/groupsFixture.ts';

/** Groups `1` and so on, in the order in which they were seen first. */
function testedGroupsOf(count: number, options?: Parameters<typeof testedGroups>[0]) {
  const tested = testedGroups(options);
  for (let number = 1; number <= count; number += 1) tested.add(String(number));
  return tested;
}

/** The IDs of the groups from a number down to another. */
function idsDown(from: number, to: number): readonly string[] {
  return Array.from({ length: Math.max(0, from - to + 1) }, (_, index) => groupId(String(from - index)));
}

function groupsIn(ndjson: string): readonly ErrorGroupSnapshot[] {
  return ndjson
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as ErrorGroupSnapshot);
}

function idsIn(ndjson: string): readonly string[] {
  return groupsIn(ndjson).map(({ id }) => id);
}

describe('an export of errors', () => {
  it('as JSON is one object with the groups, whole, and where to go on', async () => {
    const { groups, add } = testedGroups();
    add('1', { traceId: 'a'.repeat(32), release: '1.0.0', breadcrumbs: [{ at: 'now', kind: 'http', message: 'GET' }] });
    add('2', { request: { userId: 'ada' } });
    add('1', { context: { basket: 3 } });
    groups.resolve(groupId('2'), { by: 'bob' });
    const exported = exportErrors(groups, { format: 'json', pageSize: 1 });
    expect(JSON.parse(await text(exported))).toEqual({
      groups: groups.query({}, { order: 'firstSeen' }).groups,
      cursor: '00000000.firstSeen.1',
    });
    expect(exported.progress).toEqual({ cursor: '00000000.firstSeen.1', exported: 2 });
    expect([exported.contentType, exported.fileExtension]).toEqual(['application/json; charset=utf-8', 'json']);
  });

  it('as NDJSON is a group a line, with its events', async () => {
    const { groups, addMany } = testedGroupsOf(5);
    addMany('3', 4);
    const lines = groupsIn(await text(exportErrors(groups, { format: 'ndjson', pageSize: 2 })));
    expect(lines).toEqual(groups.query({}, { order: 'firstSeen' }).groups);
    expect(lines.map(({ events }) => events.length)).toEqual([1, 1, 5, 1, 1]);
  });

  it('as CSV is a row a group, with what leads to its newest event in place of its events', async () => {
    const { groups, host, add } = testedGroups();
    add('1', { release: '1.0.0' });
    host.advance(MINUTE);
    const error = { code: 'SOLD_OUT', message: 'no stock' };
    const request = { userId: 'ada' };
    const traced = { traceId: 'a'.repeat(32), sampled: true };
    add('1', { error, culprit: 'src/a.ts:1 f', category: 'business_logic', request, release: '1.1.0', ...traced });
    add('1', {
      error,
      culprit: 'src/a.ts:1 f',
      category: 'business_logic',
      request,
      release: '1.1.0',
      isHandled: false,
    });
    groups.ignore(groupId('1'), { by: 'ann' });
    groups.reopen(groupId('1'), { by: 'ann' });
    groups.acknowledge(groupId('1'), { by: 'bob', note: 'looks, and "sees"' });
    add('2');
    expect((await text(exportErrors(groups, { format: 'csv' }))).split('\r\n')).toEqual([
      'id,type,message,code,culprit,category,severity,category_overridden,severity_overridden,state,regressed,count,' +
        'users,more_users,first_seen_at,last_seen_at,' +
        'first_release,last_release,releases,spike_count,spike_expected,spike_p_value,changed_at,changed_by,change_note,' +
        'events_kept,newest_trace_id,newest_trace_sampled',
      `${groupId('2')},TypeError,x is not a function,,,unknown,${groups.snapshot(groupId('2'))?.severity},` +
        'false,false,open,false,1,0,false,' +
        '2026-11-27T00:01:00.000Z,2026-11-27T00:01:00.000Z,,,[],,,,,,,1,,',
      `${groupId('1')},TypeError,no stock,SOLD_OUT,src/a.ts:1 f,business_logic,${groups.snapshot(groupId('1'))?.severity},` +
        'false,false,acknowledged,false,3,1,false,2026-11-27T00:00:00.000Z,2026-11-27T00:01:00.000Z,1.0.0,1.1.0,' +
        '"[{""release"":""1.0.0"",""count"":1},{""release"":""1.1.0"",""count"":2}]",,,,2026-11-27T00:01:00.000Z,bob,' +
        `"looks, and ""sees""",3,${'a'.repeat(32)},true`,
      '',
    ]);
  });

  it.each([
    ['json', '{"groups":[],"cursor":"00000000.firstSeen.0"}'],
    ['ndjson', ''],
    ['csv', expect.stringMatching(/^id,type,[^\r\n]*,newest_trace_sampled\r\n$/)],
  ] as const)('of nothing as %s is well formed', async (format, expected) => {
    expect(await text(exportErrors(testedGroups().groups, { format }))).toEqual(expected);
  });

  it('has only what fits the filter, stops at the limit, and goes on with the cursor until nothing is left', async () => {
    const { groups, add } = testedGroups();
    for (let number = 1; number <= 10; number += 1)
      add(String(number), { category: number % 2 === 0 ? 'network' : 'database' });
    const parts: (readonly string[])[] = [];
    let cursor: string | undefined;
    for (let part = 0; part < 3; part += 1) {
      const filter = { category: 'network' } as const;
      const options = { format: 'ndjson', filter, limit: 3, pageSize: 2, ...(cursor && { cursor }) } as const;
      const exported = exportErrors(groups, options);
      parts.push(idsIn(await text(exported)));
      ({ cursor } = exported);
    }
    expect(parts).toEqual([['10', '8', '6'].map(groupId), ['4', '2'].map(groupId), []]);
  });

  it.each([
    [{ format: 'xml' as 'json' }, new RangeError('format is xml; allowed: json, ndjson, csv')],
    [{ format: '__proto__' as 'json' }, new RangeError('format is __proto__; allowed: json, ndjson, csv')],
    [
      { format: 'csv', limit: Number.NaN } as const,
      new RangeError('limit is NaN; allowed: a whole number from 1 to 9007199254740991'),
    ],
    [{ format: 'csv', pageSize: 0 } as const, new RangeError('pageSize is 0; allowed: a whole number from 1 to 1000')],
    [{ format: 'csv', filter: { state: 'gone' as 'open' } } as const, RangeError],
    [{ format: 'csv', filter: JSON.parse('{"__proto__":"open"}') as object } as const, RangeError],
    [{ format: 'csv', cursor: 'abcdefgh.firstSeen.1' } as const, InvalidCursorError],
    [{ format: 'csv', cursor: '00000000.lastSeen.1' } as const, InvalidCursorError],
  ])('refuses %o at once', (options, error) => {
    expect(() => exportErrors(testedGroupsOf(1).groups, options)).toThrow(error);
  });
});

describe('an export of errors that goes on coming', () => {
  it('has each group of its beginning once, in the order in which they were seen first (property)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 30 }),
        fc.integer({ min: 1, max: 7 }),
        fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 60 }),
        async (count, pageSize, comings) => {
          const { groups, add } = testedGroupsOf(count);
          const seen: string[] = [];
          for await (const chunk of exportErrors(groups, { format: 'ndjson', pageSize })) {
            seen.push(...idsIn(String(chunk)));
            for (const number of comings.splice(0, 5)) add(String(number));
          }
          expect(seen).toEqual(idsDown(count, 1));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('has a group as it was when its page was read', async () => {
    const { groups, addMany } = testedGroupsOf(3);
    const counts: number[] = [];
    for await (const chunk of exportErrors(groups, { format: 'ndjson', pageSize: 1 })) {
      counts.push(...groupsIn(String(chunk)).map(({ count }) => count));
      for (const name of ['1', '2', '3']) addMany(name, 10);
    }
    // The second was read before the first had been written.
    expect(counts[0]).toBe(1);
    expect(counts).toEqual([...counts].sort((first, second) => first - second));
    expect(counts[2]).toBeGreaterThan(1);
  });

  it('leaves out what was let go of before it was read, and nothing else', async () => {
    const { groups, add } = testedGroupsOf(6, { maxGroups: 6 });
    const seen: string[] = [];
    for await (const chunk of exportErrors(groups, { format: 'ndjson', pageSize: 1 })) {
      seen.push(...idsIn(String(chunk)));
      if (seen.length === 1) for (const name of ['7', '8']) add(name);
    }
    expect(seen).toEqual(idsDown(6, 3));
  });

  it('reads a page when the one before it was taken, and none before', async () => {
    const { groups } = testedGroupsOf(100);
    let pages = 0;
    const source: Parameters<typeof exportErrors>[0] = {
      query: (filter, query) => {
        pages += 1;
        return groups.query(filter, query);
      },
    };
    const exported = exportErrors(source, { format: 'csv', pageSize: 10 });
    const reader = exported[Symbol.asyncIterator]();
    await reader.next();
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(pages).toBe(2);
    exported.destroy();
  });

  it.each([
    [undefined, [10, 10, 5]],
    [20, [20, 5]],
  ])('reads pages of %s groups, ten where nothing is said', async (pageSize, expected) => {
    const { groups } = testedGroupsOf(25);
    const sizes: number[] = [];
    const query: typeof groups.query = (...asked) => {
      const page = groups.query(...asked);
      sizes.push(page.groups.length);
      return page;
    };
    await text(exportErrors({ query }, { format: 'csv', ...(pageSize && { pageSize }) }));
    expect(sizes).toEqual(expected);
  });
});

describe('pipeExport of errors', () => {
  const options = { format: 'json', pageSize: 10 } as const;

  it('writes all of it, and says how far it came', async () => {
    const { groups } = testedGroupsOf(35);
    const destination = new PassThrough();
    const [written, result] = await Promise.all([
      text(destination),
      pipeExport(exportErrors(groups, options), destination),
    ]);
    expect(written).toBe(await text(exportErrors(groups, options)));
    expect(result).toEqual({ cursor: '00000000.firstSeen.1', exported: 35 });
  });

  it.each([
    [1, { cursor: undefined, exported: 0 }, idsDown(35, 1)],
    [3, { cursor: '00000000.firstSeen.16', exported: 20 }, idsDown(15, 1)],
    // The end of the text alone: all groups are there.
    [5, { cursor: '00000000.firstSeen.1', exported: 35 }, []],
  ])('that fails with write %i goes on with its cursor', async (failing, progress, rest) => {
    const { groups } = testedGroupsOf(35);
    let writes = 0;
    const destination = new Writable({
      write: (_chunk, _encoding, done) => {
        writes += 1;
        done(writes === failing ? new Error('no space left') : undefined);
      },
    });
    const result = await pipeExport(exportErrors(groups, options), destination);
    expect(result).toMatchObject(progress);
    expect(result.error).toMatchObject({ name: 'ExportInterruptedError', ...progress });
    expect(result.error?.message).toBe(
      `the export was interrupted after ${progress.exported} groups: no space left; go on with its cursor`,
    );
    const { cursor } = result;
    const goneOn = exportErrors(groups, { format: 'ndjson', ...(cursor && { cursor }) });
    expect(idsIn(await text(goneOn))).toEqual(rest);
  });
});

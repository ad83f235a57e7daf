import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { ErrorGroupSnapshot } from '../../../../runtime/src/errors/errorGroupSnapshot.ts';
import { ErrorTracker } from '../../../../runtime/src/errors/errorTracker.ts';
import { exportErrors } from '../../../../runtime/src/export/exportErrors.ts';
import { type ErrorChanges, groupId, testedGroups } from '../errors/groups/support/groupsFixture.ts';
import { FakeHost } from '../../../support/fakeHost.ts';
import { formulas, hostile } from './hostileTexts.ts';
import { parseCsv } from './parseCsv.ts';

const html = ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '</textarea>', '&lt;'];
const keys = ['__proto__', 'constructor', 'hasOwnProperty'];
const long = ['x'.repeat(4096), '"'.repeat(4096), `=${'\n'.repeat(4095)}`, '\ud800'.repeat(4096)];
const texts = [...hostile, ...formulas, ...html, ...keys, ...long];

/** An error with a text in every field that may hold one. */
function fullOf(text: string): ErrorChanges {
  return {
    error: { type: text, code: text, message: text, classes: [text], properties: { [text]: text } },
    culprit: text,
    request: { id: text, operation: text, userId: text },
    release: text,
    context: { [text]: text },
    breadcrumbs: [{ at: '2026-11-27T00:00:00.000Z', kind: text, message: text, data: { [text]: text } }],
  };
}

/** A group of each text, in the order of the texts in an export. */
function hostileGroups() {
  const tested = testedGroups({ maxBytes: 100_000_000 });
  for (const [index, text] of [...texts.entries()].reverse()) {
    tested.add(String(index), fullOf(text));
    tested.groups.resolve(groupId(String(index)), { by: text, note: text });
  }
  return tested.groups;
}

describe('an export of errors full of hostile texts', () => {
  it('as JSON and as NDJSON says what they are, on one line each', async () => {
    const groups = hostileGroups();
    const expected = groups.query({}, { order: 'firstSeen', limit: 1000 }).groups;
    const json = await text(exportErrors(groups, { format: 'json', pageSize: 3 }));
    expect((JSON.parse(json) as { groups: unknown }).groups).toEqual(expected);
    const lines = (await text(exportErrors(groups, { format: 'ndjson', pageSize: 3 }))).split(
      /[\r\n\u0085\u2028\u2029]/,
    );
    expect(lines.pop()).toBe('');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(expected);
  });

  it('as CSV has a row for each, and no cell that is a formula', async () => {
    const groups = hostileGroups();
    const [header = [], ...rows] = parseCsv(await text(exportErrors(groups, { format: 'csv', pageSize: 3 })));
    const cells = (name: string): readonly (string | undefined)[] => rows.map((row) => row[header.indexOf(name)]);
    const harmless = (text: string): string => (formulas.includes(text) || text.startsWith('=') ? `'${text}` : text);
    const snapshots = groups.query({}, { order: 'firstSeen', limit: 1000 }).groups;
    const shown = (read: (group: ErrorGroupSnapshot) => string | undefined): readonly string[] =>
      snapshots.map((group) => harmless(read(group) ?? '').toWellFormed());
    expect(rows.every((row) => row.length === header.length)).toBe(true);
    expect(cells('message')).toEqual(texts.map((text) => harmless(text).toWellFormed()));
    expect(cells('type')).toEqual(shown(({ type }) => type));
    expect(cells('code')).toEqual(shown(({ code }) => code));
    expect(cells('culprit')).toEqual(shown(({ culprit }) => culprit));
    expect(cells('first_release')).toEqual(shown(({ firstRelease }) => firstRelease));
    expect(cells('changed_by')).toEqual(shown(({ history }) => history[0]?.by));
    expect(cells('change_note')).toEqual(shown(({ history }) => history[0]?.note));
    expect(rows.flat().filter((cell) => formulas.some((formula) => cell.startsWith(formula.toWellFormed())))).toEqual(
      [],
    );
  });

  it('is said to be no HTML, whatever it holds', () => {
    const groups = hostileGroups();
    const types = (['json', 'ndjson', 'csv'] as const).map((format) => exportErrors(groups, { format }).contentType);
    expect(types).toEqual([
      'application/json; charset=utf-8',
      'application/x-ndjson; charset=utf-8',
      'text/csv; charset=utf-8; header=present',
    ]);
  });

  it('has what a tracker captured of hostile throws, and never its secrets', async () => {
    const tracker = new ErrorTracker(
      {},
      { host: new FakeHost(), workingDirectory: '/', currentTrace: () => undefined },
    );
    tracker.capture(new Error('=cmd|x'), {
      context: JSON.parse('{"__proto__":"polluted","password":"hunter2"}') as object,
    });
    tracker.capture(
      Object.assign(new Error('Bearer abcdefghijklmnopqrstuvwxyz0123456789'), { token: 'sesame-open-1' }),
    );
    tracker.capture(undefined);
    const written = await Promise.all(
      (['json', 'ndjson', 'csv'] as const).map((format) => text(exportErrors(tracker.groups, { format }))),
    );
    for (const secret of ['hunter2', 'abcdefghijklmnop', 'sesame-open-1']) expect(written.join()).not.toContain(secret);
    expect(written[2]).toContain(",'=cmd|x,");
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    await tracker.stop();
  });
});

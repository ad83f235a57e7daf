import { describe, expect, it } from 'vitest';
import { InvalidCursorError } from '../../../../../../runtime/src/core/query/invalidCursorError.ts';
import type { ErrorGroupFilter } from '../../../../../../runtime/src/errors/groups/query/groupFilter.ts';
import type { GroupPageQuery } from '../../../../../../runtime/src/errors/groups/query/groupPage.ts';
import { groupId, MINUTE, testedGroups, WALL_START } from '../support/groupsFixture.ts';

function testedQuery() {
  const tested = testedGroups();
  const names = (filter: ErrorGroupFilter = {}, query: GroupPageQuery = {}): string =>
    tested.groups
      .query(filter, query)
      .groups.map(({ id }) => id.replace(/^0+/, ''))
      .join('');
  return { ...tested, names };
}

describe('a query for groups', () => {
  it('is answered by those seen last first, or by those that began last', () => {
    const { add, names } = testedQuery();
    for (const name of 'abcab') add(name);
    expect(names()).toBe('bac');
    expect(names({}, { order: 'firstSeen' })).toBe('cba');
  });

  it('is answered by those that are like all that is asked for', () => {
    const { groups, add, host, names } = testedQuery();
    add('a', { category: 'network', error: { message: 'Connection REFUSED' }, release: '1' });
    add('b', { category: 'network', error: { type: 'RefusedError' }, request: { userId: 'ann' } });
    host.advance(MINUTE);
    add('c', { category: 'database', error: { code: 'ECONNREFUSED' }, release: '2' });
    add('d', { category: 'validation', culprit: 'src/refused.ts:1' });
    add('d', { category: 'validation', culprit: 'src/other.ts:1', request: { userId: 'ann' }, release: '1' });
    groups.acknowledge(groupId('b'));
    const cases: readonly (readonly [ErrorGroupFilter, string])[] = [
      [{}, 'dcba'],
      [{ category: 'network' }, 'ba'],
      [{ severity: 'high' }, 'c'],
      [{ state: 'acknowledged' }, 'b'],
      [{ state: 'open' }, 'dca'],
      [{ text: 'refused' }, 'cba'],
      [{ text: 'OTHER.ts' }, 'd'],
      [{ userId: 'ann' }, 'db'],
      [{ userId: 'an' }, ''],
      [{ release: '1' }, 'da'],
      [{ sinceMillis: Date.parse(WALL_START) + MINUTE }, 'dc'],
      [{ sinceMillis: Date.parse(WALL_START) }, 'dcba'],
      [{ text: 'refused', category: 'network', release: '1' }, 'a'],
    ];
    for (const [filter, expected] of cases) expect([filter, names(filter)]).toEqual([filter, expected]);
  });

  it.each(['firstSeen', 'lastSeen'] as const)('is read page by page in the order of %s', (order) => {
    const { groups, add } = testedQuery();
    for (let name = 1; name <= 5; name += 1) add(`${name}`);
    const pages: string[][] = [];
    let cursor: string | undefined;
    do {
      const page = groups.query({}, { order, limit: 2, ...(cursor !== undefined && { cursor }) });
      pages.push(page.groups.map(({ id }) => id.replace(/^0+/, '')));
      cursor = page.nextCursor;
      add('9');
    } while (cursor !== undefined);
    expect(pages).toEqual([['5', '4'], ['3', '2'], ['1']]);
  });

  it('tells with the last page, too, after which no group is', () => {
    const { groups, add } = testedQuery();
    expect(groups.query()).toEqual({ groups: [], cursor: '00000000.lastSeen.0', nextCursor: undefined });
    for (const name of 'ab') add(name);
    const { cursor, nextCursor } = groups.query();
    expect([cursor, nextCursor]).toEqual(['00000000.lastSeen.1', undefined]);
    expect(groups.query({}, { cursor }).groups).toEqual([]);
  });

  it('ends with a page that is just full', () => {
    const { groups, add } = testedQuery();
    for (const name of 'ab') add(name);
    expect(groups.query({}, { limit: 2 }).nextCursor).toBeUndefined();
    expect(groups.query({}, { limit: 1 }).nextCursor).toBe('00000000.lastSeen.2');
  });

  it('reads no group twice that is seen again meanwhile', () => {
    const { groups, add } = testedQuery();
    for (const name of 'abc') add(name);
    const { nextCursor = '' } = groups.query({}, { limit: 1 });
    add('c');
    add('b');
    expect(groups.query({}, { cursor: nextCursor }).groups.map(({ id }) => id)).toEqual([groupId('a')]);
  });

  it.each([
    '',
    'x',
    '11111111.lastSeen.1',
    '00000000.firstSeen.1',
    '00000000.lastSeen.9',
    '00000000.lastSeen.-1',
    7,
    null,
  ])('refuses the cursor %j', (cursor) => {
    const { groups, add } = testedQuery();
    for (const name of 'ab') add(name);
    expect(() => groups.query({}, { cursor } as object)).toThrow(InvalidCursorError);
  });

  it.each<[object, object, string]>([
    [
      { colour: 'red' },
      {},
      'a filter has no "colour"; allowed: category, severity, state, text, userId, release, sinceMillis',
    ],
    [{ category: 'net' }, {}, 'category is "net"; allowed: system, database, network, '],
    [{ severity: 'urgent' }, {}, 'severity is "urgent"; allowed: low, medium, high, critical'],
    [{ state: 'closed' }, {}, 'state is "closed"; allowed: open, acknowledged, resolved, ignored'],
    [{ text: 7 }, {}, 'text is "7"; allowed: a text'],
    [{ userId: null }, {}, 'userId is "null"; allowed: a text'],
    [{ sinceMillis: '1' }, {}, 'sinceMillis is "1"; allowed: milliseconds since 1970'],
    [{ sinceMillis: Number.NaN }, {}, 'sinceMillis is NaN; allowed: milliseconds since 1970'],
    [{}, { limit: 1001 }, 'limit is 1001; allowed: a whole number from 1 to 1000'],
    [{}, { order: 'count' }, 'order is "count"; allowed: lastSeen, firstSeen'],
  ])('refuses %j with %j', (filter, query, message) => {
    const { groups } = testedQuery();
    expect(() => groups.query(filter, query)).toThrow(message);
  });
});

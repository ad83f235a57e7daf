import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readSnapshot, readStamp } from '../../../../../runtime/src/dashboard/state/readSnapshot.ts';
import { stampOf, writtenSnapshot } from '../../../../../runtime/src/dashboard/state/writtenSnapshot.ts';
import { groupId, testedGroups } from '../../errors/groups/support/groupsFixture.ts';
import { inPieces } from './inPieces.ts';

const WRITER = { id: 'one', pid: 7, sinceMillis: 1 };

/** The lines of a file with one group. */
function lines(): [stamp: string, group: string, end: string] {
  const { add, groups } = testedGroups();
  add('a', {
    error: { frames: [{ isAsync: false, isInApplication: true }], properties: { size: 3 } },
    breadcrumbs: [{ at: '2026-11-27T00:00:00.000Z', kind: 'log', message: 'before' }],
  });
  groups.resolve(groupId('a'), { by: 'ann' });
  const text = [...writtenSnapshot(groups.archive, stampOf(groups.archive, WRITER))].join('');
  const [stamp = '', group = '', end = ''] = text.split('\n');
  return [stamp, group, end];
}

describe('what is read of a snapshot file', () => {
  it.each([1, 7, 100_000])('is what was written, in pieces of %s characters', async (length) => {
    const written = lines();
    const { stamp, groups, problems } = await readSnapshot(inPieces(`${written.join('\n')}\n`, length));
    expect(stamp).toEqual(JSON.parse(written[0]));
    expect(groups).toEqual([JSON.parse(written[1])]);
    expect(problems).toEqual([]);
  });

  it.each<[string, string, string, string]>([
    ['a count below 1', '"count":1', '"count":0', 'count: Too small: expected number to be >=1'],
    ['a count that is none', '"count":1', '"count":"1"', 'count: Invalid input: expected number, received string'],
    [
      'a count beyond all numbers',
      '"count":1',
      '"count":1e999',
      'count: Invalid input: expected number, received Infinity',
    ],
    ['half an error', '"count":1', '"count":1.5', 'count: Invalid input: expected int, received number'],
    ['a state that is none', '"state":"resolved"', '"state":"gone"', 'resolution.state: Invalid option'],
    ['a time that is none', '"firstSeenMillis":', '"firstSeenMillis":1e300,"x":', 'firstSeenMillis: Too big'],
    ['no ID', '"id":', '"di":', 'id: Invalid input: expected string, received undefined'],
    ['a user that is none', '"users":[]', '"users":[null]', 'users.0: Invalid input: expected string, received null'],
    ['a property that is none', '"size":3', '"size":{"toString":1}', 'firstEvent.error.properties.size: Invalid input'],
    [
      'a message without end',
      '"message":"x is',
      `"message":"${'x'.repeat(30_000)}`,
      'message: Too big: expected string',
    ],
    ['frames without end', '"frames":[', `"frames":[${'1,'.repeat(3000)}`, 'firstEvent.error.frames'],
    ['causes without end', '"causes":[]', `"causes":${'['.repeat(100_000)}`, 'is no JSON'],
    ['another group in it', '"count":1', '"count":1}{', 'is no JSON'],
  ])('is not a group with %s', async (_, good, bad, problem) => {
    const [stamp, group] = lines();
    const broken = group.replace(good, bad);
    expect(broken).not.toBe(group);
    const { groups, problems } = await readSnapshot(inPieces([stamp, broken, group, '{"groups":2}'].join('\n')));
    expect(groups).toHaveLength(1);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`line 2: ${problem}`);
  });

  it('is no cause in a cause in a cause, and so on', async () => {
    const [stamp, group, end] = lines();
    const facts = { type: 'E', classes: [], message: '', properties: {}, frames: [], errors: [], leftOut: 0 };
    let error: object = { ...facts, causes: [] };
    for (let depth = 0; depth < 1000; depth += 1) error = { ...facts, causes: [error] };
    const { groups, problems } = await readSnapshot(
      inPieces([stamp, group.replace('"causes":[]', `"causes":[${JSON.stringify(error)}]`), end].join('\n')),
    );
    expect(groups).toEqual([]);
    expect(problems[0]).toContain('line 2: firstEvent.error.causes.0');
  });

  it('changes no prototype, and has nothing that is not known', async () => {
    const [stamp, group, end] = lines();
    const hostile = group
      .replace('"properties":{', '"properties":{"__proto__":"x",')
      .replace('{', '{"__proto__":{"a":1},"b":2,');
    const { groups } = await readSnapshot(inPieces([stamp, hostile, end].join('\n')));
    expect(groups).toHaveLength(1);
    expect(Object.getPrototypeOf(groups[0])).toBe(Object.prototype);
    expect(groups[0]).not.toHaveProperty('b');
    expect(({} as { a?: number }).a).toBeUndefined();
  });

  it('tells of three problems, and of no text', async () => {
    const [stamp, group, end] = lines();
    const { groups, problems } = await readSnapshot(
      inPieces([stamp, 'password=1', 'password=2', group, '', 'password=4', end].join('\n')),
    );
    expect(groups).toHaveLength(1);
    expect(problems).toEqual(['line 2: is no JSON', 'line 3: is no JSON', 'line 5: is no JSON']);
  });

  it.each<[string, (written: readonly string[]) => readonly string[]]>([
    ['its end', ([stamp, group]) => [stamp ?? '', group ?? '']],
    ['a group', ([stamp, , end]) => [stamp ?? '', end ?? '']],
  ])('is not whole without %s', async (_, left) => {
    const { problems } = await readSnapshot(inPieces(left(lines()).join('\n')));
    expect(problems).toEqual(['lines are missing']);
  });

  it('is nothing of a file without a stamp, however much there is', async () => {
    let pieces = 0;
    function* endless(): Generator<string> {
      for (; pieces < 1_000_000; pieces += 1) yield `${lines()[1]}\n`;
    }
    const { stamp, groups, problems } = await readSnapshot(Readable.from(endless()));
    expect([stamp, groups.length, problems.length]).toEqual([undefined, 0, 1]);
    expect(pieces).toBeLessThan(100);
  });

  it('is ten thousand groups at most', async () => {
    const { groups, problems } = await readSnapshot(Readable.from(many(lines(), 10_001)));
    expect(groups).toHaveLength(10_000);
    expect(problems).toEqual(['there are more than 10000 groups']);
  });

  it('is who wrote it, where it says so', async () => {
    const [stamp] = lines();
    expect((await readStamp(inPieces(stamp)))?.writer).toEqual(WRITER);
    expect(await readStamp(inPieces('nonsense'))).toBeUndefined();
    expect(await readStamp(inPieces(''))).toBeUndefined();
  });
});

function* many([stamp, group]: readonly [string, string, string], count: number): Generator<string> {
  // Small ones: what is looked at is how many there are.
  const small = { ...(JSON.parse(group) as object), firstEvent: undefined, events: [] };
  yield `${stamp}\n`;
  for (let index = 0; index < count; index += 1) yield `${JSON.stringify(small)}\n`;
}

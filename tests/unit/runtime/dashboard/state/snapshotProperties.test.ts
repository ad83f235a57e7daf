import { array, assert, asyncProperty, constantFrom, integer, option, record, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSnapshot } from '../../../../../runtime/src/dashboard/state/readSnapshot.ts';
import { stampOf, writtenSnapshot } from '../../../../../runtime/src/dashboard/state/writtenSnapshot.ts';
import { type ErrorChanges, groupId, MINUTE, testedGroups } from '../../errors/groups/support/groupsFixture.ts';
import { inPieces } from './inPieces.ts';

const WRITER = { id: 'one', pid: 7, sinceMillis: 1 };
type Tested = ReturnType<typeof testedGroups>;

/** Any text, with halves of characters, quotes and ends of lines. */
const text = string({ unit: 'binary', maxLength: 30 });
const name = constantFrom('a', 'b', 'c');
const optional = <Value>(of: Parameters<typeof option<Value>>[0]) => option(of, { nil: undefined });

/** What may happen to groups, with what was left out left out. */
const step = record({
  name,
  does: constantFrom(
    'add',
    'add',
    'add',
    'add',
    'add',
    'add',
    'acknowledge',
    'resolve',
    'ignore',
    'reopen',
    'setSeverity',
    'wait',
  ),
  text,
  userId: optional(text),
  release: optional(constantFrom('1', '2', '3')),
  number: integer({ min: 1, max: 5 }),
});

type Step = typeof step extends { generate: (...args: never[]) => { value: infer Value } } ? Value : never;

function happens({ groups, add, host }: Tested, { name, does, text, userId, release, number }: Step): void {
  const id = groupId(name);
  // What happens within the same millisecond has no order after a restart.
  host.advance(1);
  try {
    if (does === 'add') add(name, errorOf({ text, userId, release, number }));
    else if (does === 'wait') host.advance(number * MINUTE);
    else if (does === 'resolve') groups.resolve(id, { note: text, ...(release !== undefined && { release }) });
    else if (does === 'ignore') groups.ignore(id, { by: text, forCount: number, forMillis: number * MINUTE });
    else if (does === 'setSeverity') groups.setSeverity(id, 'high', { note: text });
    else groups[does](id, { by: text });
  } catch {
    // Not everything may follow on everything.
  }
}

function errorOf({ text, userId, release, number }: Omit<Step, 'name' | 'does'>): ErrorChanges {
  return {
    isHandled: number > 2,
    request: userId === undefined ? {} : { userId },
    context: { [`key ${text}`]: text, number },
    ...(release !== undefined && { release }),
    breadcrumbs: [{ at: '2026-11-27T00:00:00.000Z', kind: 'log', message: text, data: { [`key ${text}`]: number } }],
    error: { message: text, frames: [{ file: text, line: number, isAsync: false, isInApplication: true }] },
  };
}

function written({ groups: { archive } }: Tested): string {
  return [...writtenSnapshot(archive, stampOf(archive, WRITER))].join('');
}

/** What is shown of groups, without whole events: only some of these are saved. */
function shown({ groups }: Tested): unknown[] {
  return groups.query().groups.map((group) => ({ ...group, events: undefined }));
}

function valuesOf(text: string): unknown[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}

describe('a snapshot', () => {
  it('is the same after it was brought back, whatever happened before', async () => {
    const property = asyncProperty(array(step, { maxLength: 30 }), async (steps) => {
      const before = testedGroups({ resolvedKeptMillis: 60 * MINUTE });
      for (const one of steps) happens(before, one);
      const first = written(before);
      const { stamp, groups, problems } = await readSnapshot(inPieces(first, 97));
      expect(problems).toEqual([]);
      const after = testedGroups();
      after.host.wallShiftMillis = before.host.wallMillis() - after.host.wallMillis();
      after.groups.restore({ version: 1, savedMillis: 0, releases: stamp?.releases ?? [], groups });
      expect(valuesOf(written(after))).toEqual(valuesOf(first));
      expect(shown(after)).toEqual(shown(before));
    });
    await assert(property, { numRuns: 100 });
  });

  it('is written in pieces of some tens of thousands of characters, each made when it is asked for', () => {
    const { add, groups } = testedGroups();
    for (let index = 0; index < 500; index += 1) add(`group ${index}`, { context: { text: 'x'.repeat(500) } });
    const pieces = writtenSnapshot(groups.archive, stampOf(groups.archive, WRITER));
    const first = pieces.next().value ?? '';
    add('late');
    const others = [...pieces];
    expect(others.length).toBeGreaterThan(10);
    expect(Math.max(first.length, ...others.map(({ length }) => length))).toBeLessThan(35_000);
    expect(others.at(-1)).toContain('{"groups":501}\n');
    expect(others.at(-1)).toContain(groupId('late'));
  });
});

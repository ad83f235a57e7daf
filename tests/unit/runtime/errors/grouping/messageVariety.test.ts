import { expect, test } from 'vitest';
import type { ErrorFacts } from '../../../../../runtime/src/errors/errorFacts.ts';
import { ErrorGrouper } from '../../../../../runtime/src/errors/grouping/errorGrouper.ts';
import { MessageVariety } from '../../../../../runtime/src/errors/grouping/messageVariety.ts';
import { errorFacts, frame } from './support/errorFixture.ts';

/** A word of letters, another one for each number. */
function word(index: number): string {
  return `w${Array.from(String(index), (digit) => 'abcdefghij'.charAt(Number(digit))).join('')}`;
}

function notFound(index: number, changes: Partial<ErrorFacts> = {}): ErrorFacts {
  return errorFacts({ message: `user ${word(index)} not found`, ...changes });
}

function groupsOf(grouper: ErrorGrouper, errors: readonly ErrorFacts[], operation?: string): readonly string[] {
  return errors.map((error) => grouper.fingerprintOf(error, undefined, operation).id);
}

const MANY = Array.from({ length: 2000 }, (_, index) => index);
const IN_APPLICATION = errorFacts().frames;

test('of one class and function the first 25 messages are groups, and all others are one more', () => {
  const groups = groupsOf(
    new ErrorGrouper(),
    MANY.map((index) => notFound(index)),
  );

  expect(new Set(groups.slice(0, 25)).size).toBe(25);
  expect(new Set(groups.slice(25)).size).toBe(1);
  expect(new Set(groups).size).toBe(26);
});

test('a group that there is stays, however many messages came since', () => {
  const grouper = new ErrorGrouper();
  const first = MANY.slice(0, 25).map((index) => notFound(index));
  const before = groupsOf(grouper, first);
  groupsOf(
    grouper,
    Array.from({ length: 10_000 }, (_, index) => notFound(index)),
  );

  expect(groupsOf(grouper, first)).toEqual(before);
  expect(groupsOf(new ErrorGrouper(), first)).toEqual(before);
});

test('the group of all other messages is the same in every process', () => {
  const [one, other] = [MANY, MANY.toReversed()].map((order) =>
    groupsOf(
      new ErrorGrouper(),
      order.map((index) => notFound(index)),
    ).at(-1),
  );

  expect(one).toBe(other);
});

test('messages of another class, code, status, function or cause count apart', () => {
  const grouper = new ErrorGrouper();
  const last = (changes: Partial<ErrorFacts>) =>
    groupsOf(
      grouper,
      MANY.slice(0, 40).map((index) => notFound(index, changes)),
    ).at(-1);
  const cause = errorFacts({ type: 'Error', message: 'connect ECONNREFUSED', code: 'ECONNREFUSED', frames: [] });
  const groups = [
    {},
    { type: 'UserError', classes: ['UserError', 'Error'] },
    { code: 'ENOUSER' },
    { status: 404 },
    { frames: [frame('find src/users.ts:3:5')] },
    { causes: [cause] },
    { causes: [{ ...cause, code: 'ETIMEDOUT' }] },
  ].map(last);

  expect(new Set(groups).size).toBe(groups.length);
});

test.for<[string, number, Partial<ErrorFacts>, string | undefined]>([
  ['a function', 25, { frames: IN_APPLICATION }, undefined],
  ['a function without a name, in one operation', 25, { frames: [frame('src/app.ts:3:5')] }, 'GET /users'],
  ['all functions without names', 100, { frames: [frame('src/app.ts:3:5')] }, undefined],
  ['a package', 100, { frames: [frame('node_modules/pg/lib/client.js:9:5')] }, 'GET /users'],
  ['nobody knows where', 100, { frames: [] }, 'GET /users'],
])('%s has %d messages', ([, most, changes, operation]) => {
  const groups = groupsOf(
    new ErrorGrouper(),
    MANY.map((index) => notFound(index, changes)),
    operation,
  );

  expect(new Set(groups).size).toBe(most + 1);
});

test('of 500 sites it is remembered which groups they have', () => {
  const variety = new MessageVariety((site) => `of ${site}`);
  for (let site = 0; site < 500; site += 1) variety.groupAt(String(site), 'a', 1);
  expect(variety.groupAt('0', 'b', 1)).toBe('of 0');
  expect(variety.groupAt('500', 'a', 1)).toBe('a');

  expect(variety.groupAt('0', 'b', 1)).toBe('of 0');
  expect(variety.groupAt('1', 'b', 1)).toBe('b');
});

test('a group that is one of the first is so whenever it is asked for', () => {
  const variety = new MessageVariety((site) => `of ${site}`);
  const asked = ['a', 'b', 'c', 'a', 'b', 'c'];

  expect(asked.map((group) => variety.groupAt('total', group, 2))).toEqual([
    'a',
    'b',
    'of total',
    'a',
    'b',
    'of total',
  ]);
});

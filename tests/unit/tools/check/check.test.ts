import { expect, test } from 'vitest';
import { runCheck, wordFor } from '../../../../tools/check/check.ts';

test.each([
  ['ok', [], []],
  ['UNCHECKED', [], ['the registry did not answer']],
  ['FAILED', ['a.ts: 401 lines'], []],
  ['FAILED', ['a.ts: 401 lines'], ['the registry did not answer']],
])('a result is %s where %j is wrong and %j was not looked at', (word, problems, unchecked) => {
  expect(wordFor({ problems, unchecked })).toBe(word);
});

test.each([
  ['at once', (): never => thrown()],
  ['later', () => Promise.reject(new Error('no lock file'))],
])('what a check throws %s is a problem of that check', async (_when, run) => {
  expect(await runCheck({ name: 'licences', run })).toEqual({
    problems: ['it could not be made: no lock file'],
    unchecked: [],
  });
});

test('what a check found is its result', async () => {
  const result = { problems: ['a.ts: 401 lines'], unchecked: ['b'] };
  expect(await runCheck({ name: 'file sizes', run: () => Promise.resolve(result) })).toEqual(result);
});

function thrown(): never {
  throw new Error('no lock file');
}

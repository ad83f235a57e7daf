import { expect, test } from 'vitest';
import { wordFor } from '../../../../tools/check/check.ts';

test.each([
  ['ok', [], []],
  ['UNCHECKED', [], ['the registry did not answer']],
  ['FAILED', ['a.ts: 401 lines'], []],
  ['FAILED', ['a.ts: 401 lines'], ['the registry did not answer']],
])('a result is %s where %j is wrong and %j was not looked at', (word, problems, unchecked) => {
  expect(wordFor({ problems, unchecked })).toBe(word);
});

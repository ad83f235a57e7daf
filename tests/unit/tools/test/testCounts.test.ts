import { expect, test } from 'vitest';
import { addCounts, countTests } from '../../../../tools/test/testCounts.ts';

const passedTest = { fullName: 'adds', status: 'passed', failureMessages: [] };
const file = { name: 'a.test.ts', status: 'passed', message: '', assertionResults: [passedTest] };
const report = { numPassedTests: 3, numTotalTests: 3, testResults: [file] };
const withTest = (change: object) => ({
  testResults: [{ ...file, status: 'failed', assertionResults: [passedTest, { ...passedTest, ...change }] }],
});

test.each([
  ['all tests that passed', {}, { passed: 3, failed: 0, failures: [] }],
  [
    'a failed test, with the first line of its reason',
    {
      numPassedTests: 2,
      ...withTest({ status: 'failed', failureMessages: ['\u001B[31mexpected 1\u001B[39m\nto be 2', 'more'] }),
    },
    { passed: 2, failed: 1, failures: ['a.test.ts > adds: expected 1'] },
  ],
  [
    'a skipped test as failed',
    { numTotalTests: 4, ...withTest({ status: 'skipped' }) },
    { passed: 3, failed: 1, failures: ['a.test.ts > adds: skipped'] },
  ],
  [
    'a file that could not be run as failed',
    { testResults: [{ ...file, status: 'failed', message: 'no such module\nat line 1', assertionResults: [] }] },
    { passed: 3, failed: 1, failures: ['a.test.ts > could not be run: no such module'] },
  ],
])('counts %s', (_what, change, expected) => {
  expect(countTests(JSON.stringify({ ...report, ...change }))).toEqual(expected);
});

test('refuses what is no report', () => {
  expect(() => countTests('{}')).toThrow(new TypeError('not a JSON report of vitest'));
});

test('adds the counts of two runs', () => {
  expect(
    addCounts({ passed: 1, failed: 2, failures: ['a'] }, { passed: 10, failed: 20, failures: ['b', 'c'] }),
  ).toEqual({ passed: 11, failed: 22, failures: ['a', 'b', 'c'] });
});

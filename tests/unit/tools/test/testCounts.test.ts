import { expect, test } from 'vitest';
import { addCounts, countTests } from '../../../../tools/test/testCounts.ts';

const report = {
  numPassedTests: 3,
  numTotalTests: 3,
  testResults: [{ status: 'passed', assertionResults: [{}, {}, {}] }],
};

test.each([
  ['all tests that passed', {}, { passed: 3, failed: 0 }],
  ['a failed test', { numPassedTests: 2 }, { passed: 2, failed: 1 }],
  ['a skipped test as failed', { numTotalTests: 4 }, { passed: 3, failed: 1 }],
  [
    'a file that could not be run as failed',
    { testResults: [{ status: 'failed', assertionResults: [] }] },
    { passed: 3, failed: 1 },
  ],
])('counts %s', (_what, change, expected) => {
  expect(countTests(JSON.stringify({ ...report, ...change }))).toEqual(expected);
});

test('refuses what is no report', () => {
  expect(() => countTests('{}')).toThrow(new TypeError('not a JSON report of vitest'));
});

test('adds the counts of two runs', () => {
  expect(addCounts({ passed: 1, failed: 2 }, { passed: 10, failed: 20 })).toEqual({ passed: 11, failed: 22 });
});

import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';
import { parsedJson } from '../values/parsedJson.ts';

/** Counts of one or more test runs. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  /** What did not pass, a line each: file, title, and the first line of what was wrong. */
  readonly failures: readonly string[];
}

/** What of vitest's JSON report is read (its form is Jest's). */
const reportSchema = z.object({
  numPassedTests: z.number(),
  numTotalTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(''),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).default([]) }),
      ),
    }),
  ),
});

type File = z.infer<typeof reportSchema>['testResults'][number];

/**
 * Reads the counts out of vitest's JSON report. A file that could not be run counts as one failure, because its tests
 * are not in the report. A skipped test counts as failed: what cannot run must say so.
 * @throws TypeError when the text is no such report.
 */
export function countTests(report: string): TestCounts {
  const read = reportSchema.safeParse(parsedJson(report));
  if (!read.success) throw new TypeError('not a JSON report of vitest', { cause: read.error });
  const { numPassedTests: passed, numTotalTests, testResults } = read.data;
  const brokenFiles = testResults.filter(isBroken);
  return { passed, failed: numTotalTests - passed + brokenFiles.length, failures: testResults.flatMap(failuresOf) };
}

export function addCounts(a: TestCounts, b: TestCounts): TestCounts {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, failures: [...a.failures, ...b.failures] };
}

function isBroken({ status, assertionResults }: File): boolean {
  return status === 'failed' && assertionResults.length === 0;
}

function failuresOf(file: File): string[] {
  if (isBroken(file)) return [failureLine(file.name, 'could not be run', file.message)];
  return file.assertionResults
    .filter(({ status }) => status !== 'passed')
    .map(({ fullName, status, failureMessages: [reason = status] }) => failureLine(file.name, fullName, reason));
}

function failureLine(file: string, title: string, reason: string): string {
  const [first = ''] = stripVTControlCharacters(reason).trim().split('\n');
  return `${file} > ${title}: ${first}`;
}

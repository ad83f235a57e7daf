/** Counts of one or more test runs. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
}

/**
 * Reads the counts out of vitest's JSON report. A file that could not be run counts as one failure, because its tests
 * are not in the report. A skipped test counts as failed: what cannot run must say so.
 * @throws TypeError when the text is no such report.
 */
export function countTests(report: string): TestCounts {
  const parsed: unknown = JSON.parse(report);
  if (!isReport(parsed)) throw new TypeError('not a JSON report of vitest');
  const brokenFiles = parsed.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  const passed = parsed.numPassedTests;
  return { passed, failed: parsed.numTotalTests - passed + brokenFiles.length };
}

export function addCounts(a: TestCounts, b: TestCounts): TestCounts {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed };
}

interface Report {
  readonly numPassedTests: number;
  readonly numTotalTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
}

function isReport(value: unknown): value is Report {
  return (
    typeof value === 'object' &&
    value !== null &&
    'numPassedTests' in value &&
    'numTotalTests' in value &&
    'testResults' in value &&
    Array.isArray(value.testResults)
  );
}

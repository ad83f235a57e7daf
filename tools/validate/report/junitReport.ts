import XMLBuilder from 'fast-xml-builder';
import { components, type CheckResult } from '../check.ts';
import type { Outcome } from '../finding.ts';
import type { NotRun } from '../runChecks.ts';
import { mendOf, unsoundGroups } from './findingGroups.ts';
import { reasonOf } from './notRun.ts';
import type { Report } from './report.ts';

/** How a case ended, as JUnit knows it. */
type Ending = 'passed' | 'failure' | 'error' | 'skipped';

interface TestCase {
  readonly component: string;
  readonly check: string;
  readonly title: string;
  readonly ending: Ending;
  readonly seconds: number;
  /** One line. */
  readonly message: string;
  readonly text: string;
}

// What could not be looked at fails a job: nobody knows whether it is as it should be.
const endings: Readonly<Record<Outcome, Ending>> = {
  ok: 'passed',
  warning: 'passed',
  unchecked: 'error',
  failed: 'failure',
};

/**
 * An examination in JUnit's XML: a suite for each component, a case for each check. A warning passes, and stands in the case's output; what
 * could not be checked is an error; what was not run is skipped.
 */
export function junitReport(report: Report): string {
  const cases = [...report.results.map(resultCase), ...report.notRun.map(skippedCase)];
  const suites = components.flatMap((component) => {
    const own = cases.filter((each) => each.component === component);
    return own.length === 0 ? [] : [suiteElement(component, own, report.startedAt)];
  });
  const builder = new XMLBuilder({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    format: true,
    suppressEmptyNode: true,
  });
  return builder.build({
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    testsuites: {
      '@name': clean(`tracewright-validate ${report.stack}`),
      ...numbers(cases, report.seconds),
      testsuite: suites,
    },
  });
}

function resultCase(result: CheckResult): TestCase {
  const { check, component, title, outcome, seconds } = result;
  const groups = unsoundGroups(result);
  const text = groups
    .map(({ finding, subjects }) =>
      [
        subjects.join('\n'),
        `  expected  ${finding.expected}`,
        `  found     ${finding.found}`,
        `  mend      ${mendOf(finding)}`,
      ].join('\n'),
    )
    .join('\n');
  const [worst] = groups;
  const message = worst === undefined ? '' : `${worst.subjects.join(', ')}: ${worst.finding.found}`;
  return { component, check, title, ending: endings[outcome], seconds, message: firstLine(message), text };
}

function skippedCase(notRun: NotRun): TestCase {
  const { check, component, title } = notRun;
  return { component, check, title, ending: 'skipped', seconds: 0, message: reasonOf(notRun), text: '' };
}

function suiteElement(component: string, cases: readonly TestCase[], startedAt: string): unknown {
  const seconds = cases.reduce((sum, each) => sum + each.seconds, 0);
  return {
    '@name': component,
    ...numbers(cases, seconds),
    // The schema of JUnit's reports knows neither fractions nor a zone.
    '@timestamp': startedAt.slice(0, 19),
    testcase: cases.map(caseElement),
  };
}

function numbers(cases: readonly TestCase[], seconds: number): Readonly<Record<string, unknown>> {
  const count = (wanted: Ending): number => cases.filter(({ ending }) => ending === wanted).length;
  return {
    '@tests': cases.length,
    '@failures': count('failure'),
    '@errors': count('error'),
    '@skipped': count('skipped'),
    '@time': seconds.toFixed(3),
  };
}

function caseElement({ component, check, title, ending, seconds, message, text }: TestCase): unknown {
  const attributes = {
    '@classname': clean(`validate.${component}`),
    '@name': clean(`${check}: ${title}`),
    '@time': seconds.toFixed(3),
  };
  if (ending === 'passed') return { ...attributes, ...(text === '' ? {} : { 'system-out': clean(text) }) };
  return {
    ...attributes,
    [ending]: { '@message': clean(message), '@type': check, ...(text === '' ? {} : { '#text': clean(text) }) },
  };
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}

/** Characters that XML 1.0 has no way to write. */
function clean(text: string): string {
  return text.toWellFormed().replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\u{FFFD}');
}

import XMLBuilder from 'fast-xml-builder';
import { describeFinding, type Finding } from '../../../policies/evaluation/finding.ts';
import type { Evaluation } from '../../../policies/evaluation/evaluate.ts';
import { shownPlace } from '../place.ts';
import type { PlacedExemption, PolicyRun, Target } from '../policyRun.ts';

/** What a test case says, and how it ended. */
interface TestCase {
  readonly suite: string;
  readonly rule: string;
  readonly object: string;
  readonly outcome: 'passed' | 'failure' | 'error' | 'skipped';
  readonly message?: string;
  readonly text?: string;
}

interface TestSuite {
  readonly name: string;
  readonly seconds: number;
  readonly cases: readonly TestCase[];
}

/**
 * A run in JUnit's XML: a suite for each target; in it a case for each rule that found nothing, and one for each object of which a rule
 * found something. Advice does not fail its case, and stands in its output; what is exempt is skipped.
 */
export function junitReport(run: PolicyRun): string {
  const suites = [...run.targets.map(suiteOf), ...exemptionSuite(run.expired)];
  const builder = new XMLBuilder({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    format: true,
    suppressEmptyNode: true,
  });
  const content = {
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    testsuites: {
      '@name': 'tracewright-policies',
      ...numbers(
        suites.flatMap(({ cases }) => cases),
        run.seconds,
      ),
      testsuite: suites.map((suite) => suiteElement(suite, run.startedAt)),
    },
  };
  return builder.build(content);
}

function suiteOf(target: Target): TestSuite {
  const { name, evaluation, errors, seconds } = target;
  const failed = errors.map(({ place, message }): TestCase => {
    const object = shownPlace(place);
    return { suite: name, rule: 'readable', object, outcome: 'error', message: firstLine(message), text: message };
  });
  return { name, seconds, cases: [...failed, ...(evaluation === undefined ? [] : ruleCases(name, evaluation))] };
}

function ruleCases(suite: string, { rules, findings, exempted }: Evaluation): readonly TestCase[] {
  const found = Map.groupBy(findings, ({ rule }) => rule.name);
  const excused = Map.groupBy(exempted, ({ finding }) => finding.rule.name);
  return rules.flatMap(({ name: rule }): readonly TestCase[] => {
    const cases = [
      ...[...Map.groupBy(found.get(rule) ?? [], identityOf)].map(([object, own]) =>
        findingCase(suite, rule, object, own),
      ),
      ...[...Map.groupBy(excused.get(rule) ?? [], ({ finding }) => identityOf(finding))].map(([object, own]) =>
        skippedCase(suite, rule, object, own[0]?.exemption),
      ),
    ];
    return cases.length > 0 ? cases : [{ suite, rule, object: 'every object', outcome: 'passed' }];
  });
}

function findingCase(suite: string, rule: string, object: string, findings: readonly Finding[]): TestCase {
  const text = findings.map((finding) => describeFinding(finding)).join('\n');
  const fails = findings.some(({ level }) => level === 'mandatory');
  return { suite, rule, object, outcome: fails ? 'failure' : 'passed', message: firstLine(text), text };
}

function skippedCase(
  suite: string,
  rule: string,
  object: string,
  exemption: { readonly reason: string; readonly expires: string } | undefined,
): TestCase {
  const message = exemption === undefined ? '' : `exempt until ${exemption.expires}: ${exemption.reason}`;
  return { suite, rule, object, outcome: 'skipped', message };
}

function exemptionSuite(expired: readonly PlacedExemption[]): readonly TestSuite[] {
  if (expired.length === 0) return [];
  const cases = expired.map(({ exemption: { rule, resource, reason, expires }, place }): TestCase => {
    const message = `${shownPlace(place)}: the exemption of ${resource} expired on ${expires}`;
    return { suite: 'exemptions', rule, object: resource, outcome: 'failure', message, text: `${message}\n${reason}` };
  });
  return [{ name: 'exemptions', seconds: 0, cases }];
}

function suiteElement({ name, seconds, cases }: TestSuite, startedAt: Date): unknown {
  return {
    '@name': clean(name),
    ...numbers(cases, seconds),
    '@timestamp': startedAt.toISOString().slice(0, 19),
    testcase: cases.map(caseElement),
  };
}

function numbers(cases: readonly TestCase[], seconds: number): Readonly<Record<string, unknown>> {
  const count = (wanted: TestCase['outcome']): number => cases.filter(({ outcome }) => outcome === wanted).length;
  return {
    '@tests': cases.length,
    '@failures': count('failure'),
    '@errors': count('error'),
    '@skipped': count('skipped'),
    '@time': seconds.toFixed(3),
  };
}

function caseElement({ suite, rule, object, outcome, message = '', text = '' }: TestCase): unknown {
  const attributes = { '@classname': clean(`${suite}.${rule}`), '@name': clean(`${rule}: ${object}`), '@time': '0' };
  if (outcome === 'passed') return { ...attributes, ...(text === '' ? {} : { 'system-out': clean(text) }) };
  return {
    ...attributes,
    [outcome]: { '@message': clean(message), '@type': rule, ...(text === '' ? {} : { '#text': clean(text) }) },
  };
}

function identityOf({ object }: Finding): string {
  return object?.identity ?? 'all objects together';
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}

/** Characters that XML 1.0 has no way to write. */
function clean(text: string): string {
  return text.toWellFormed().replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\u{FFFD}');
}

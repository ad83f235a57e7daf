import { XMLParser } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { junitReport } from '../../../../../tools/policy/report/junitReport.ts';
import type { PolicyRun } from '../../../../../tools/policy/policyRun.ts';
import { aRun, aStack, anExemption, brokenTarget } from '../support/policyRuns.ts';

/** A report read back; attributes begin with `@`. */
function parsed(run: PolicyRun): unknown {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    isArray: (name) => name === 'testsuite' || name === 'testcase',
    trimValues: false,
    ignoreDeclaration: true,
  });
  return withoutSpace(parser.parse(junitReport(run)));
}

/** The text between elements, which only indents. */
function withoutSpace(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (name, content: unknown) =>
      name === '#text' && typeof content === 'string' && content.trim() === '' ? undefined : content,
    ),
  );
}

const attributes = { '@name': 'tracewright-policies', '@time': '2.000' };

test('a rule that finds nothing is a case that passes', () => {
  const cases = ['no-harm', 'no-doubt', 'knows', 'holds'].map((rule) => ({
    '@classname': `stack dev.${rule}`,
    '@name': `${rule}: every object`,
    '@time': '0',
  }));
  expect(parsed(aRun([aStack('dev', { a: {} })]))).toEqual({
    testsuites: {
      ...attributes,
      '@tests': '4',
      '@failures': '0',
      '@errors': '0',
      '@skipped': '0',
      testsuite: [
        {
          '@name': 'stack dev',
          '@tests': '4',
          '@failures': '0',
          '@errors': '0',
          '@skipped': '0',
          '@time': '1.500',
          '@timestamp': '2026-06-15T12:00:00',
          testcase: cases,
        },
      ],
    },
  });
});

test('a breach fails its case, advice does not, and what is exempt is skipped', () => {
  const configuration = { exemptions: [anExemption({ resource: 'ConfigMap/shop/old' })] };
  const objects = { one: { harm: true, doubt: true }, old: { harm: true } };
  const sentence = (flag: string): string =>
    `ConfigMap/shop/one, container "main": ${flag} is true: it must be false. Fix: ${flag}: false`;
  expect(parsed(aRun([aStack('dev', objects, configuration)], configuration))).toMatchObject({
    testsuites: {
      '@tests': '5',
      '@failures': '1',
      '@skipped': '1',
      testsuite: [
        {
          testcase: [
            {
              '@classname': 'stack dev.no-harm',
              '@name': 'no-harm: ConfigMap/shop/one',
              failure: { '@message': sentence('harm'), '@type': 'no-harm', '#text': sentence('harm') },
            },
            {
              '@name': 'no-harm: ConfigMap/shop/old',
              skipped: { '@message': 'exempt until 2026-12-31: Nobody is harmed.' },
            },
            { '@name': 'no-doubt: ConfigMap/shop/one', 'system-out': sentence('doubt') },
            { '@name': 'knows: every object' },
            { '@name': 'holds: every object' },
          ],
        },
      ],
    },
  });
});

test('what could not be looked at is an error, and an expired exemption fails a case of its own', () => {
  const configuration = { exemptions: [anExemption({ expires: '2026-01-01' })] };
  const run = aRun([brokenTarget('qa', 'StackError: no\nreally'), aStack('dev', {}, configuration)], configuration);
  const message = 'policy.yaml:10: the exemption of ConfigMap/*/* expired on 2026-01-01';
  expect(parsed(run)).toMatchObject({
    testsuites: {
      '@errors': '1',
      '@failures': '1',
      testsuite: [
        {
          '@name': 'stack qa',
          testcase: [
            {
              '@name': 'readable: Pulumi.qa.yaml',
              error: { '@message': 'StackError: no', '#text': 'StackError: no\nreally' },
            },
          ],
        },
        { '@name': 'stack dev' },
        {
          '@name': 'exemptions',
          testcase: [
            {
              '@name': 'no-harm: ConfigMap/*/*',
              failure: { '@message': message, '#text': `${message}\nNobody is harmed.` },
            },
          ],
        },
      ],
    },
  });
});

test('any text comes back as it was, but for characters that XML cannot have', () => {
  const text = `<a b="c">&amp; 'd' ]]> \u00e9\u{1F600}`;
  expect(parsed(aRun([brokenTarget('qa', `${text}\u0000\u001b[31m\uD800\uFFFF`)]))).toMatchObject({
    testsuites: { testsuite: [{ testcase: [{ error: { '#text': `${text}\uFFFD\uFFFD[31m\uFFFD\uFFFD` } }] }] },
  });
});

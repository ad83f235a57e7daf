import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { tableReport } from '../../../../../tools/policy/report/tableReport.ts';
import { aRun, aStack, anExemption, brokenTarget, someManifests, unknownText } from '../support/policyRuns.ts';

const configuration = {
  exemptions: [
    anExemption({ resource: 'ConfigMap/shop/old' }),
    anExemption({ resource: 'ConfigMap/shop/gone', reason: 'Nothing needs this.' }),
    anExemption({ rule: 'no-doubt', expires: '2026-01-31' }),
  ],
};
const objects = { one: { harm: true, doubt: true }, two: { secret: unknownText }, old: { harm: true } };

test('a clean run is a table of counts and a sentence', () => {
  expect(tableReport(aRun([aStack('dev', { settings: {} })]), false)).toBe(`\
┌───────────┬─────────────┬─────────┬───────┬───────────┬─────────┬────────┬──────────┬────────┬────────┬───────┐
│           │ environment │ objects │ rules │ mandatory │ unknown │ broken │ advisory │ exempt │ errors │  time │
├───────────┼─────────────┼─────────┼───────┼───────────┼─────────┼────────┼──────────┼────────┼────────┼───────┤
│ stack dev │ dev         │       1 │     4 │         0 │       0 │      0 │        0 │      0 │      0 │ 1.5 s │
└───────────┴─────────────┴─────────┴───────┴───────────┴─────────┴────────┴──────────┴────────┴────────┴───────┘

passed: nothing found
`);
});

test('findings stand by object, and what fails the run is nearest to the end', () => {
  const text = tableReport(aRun([aStack('prod', objects, configuration)], configuration), false);
  expect(text.slice(0, text.indexOf('┌'))).toBe(`\
stack prod (environment prod): advice

  ConfigMap/shop/one
    advisory no-doubt
      container "main": doubt is true: it must be false
      Fix: doubt: false

stack prod (environment prod): exempt
  no-harm ConfigMap/shop/old: Nobody is harmed. (until 2026-12-31)

Exemptions that nothing needs
  policy.yaml:11: no-harm ConfigMap/shop/gone: Nothing needs this. (until 2026-12-31)

Expired exemptions: take them out, or renew them with their reason
  policy.yaml:12: no-doubt ConfigMap/*/*: Nobody is harmed. (until 2026-01-31)

stack prod (environment prod): what fails the run

  ConfigMap/shop/one
    mandatory no-harm
      container "main": harm is true: it must be false
      Fix: harm: false

  ConfigMap/shop/two
    mandatory knows
      secret is known only after the deployment, so that the rule could not run
      Fix: a value that does not depend on another resource's outputs

`);
  expect(text.endsWith('\nFAILED: 1 mandatory, 1 unknown, 1 advisory, 1 exempt, 1 exemption expired\n')).toBe(true);
});

test('what could not be looked at is said with its lines', () => {
  const text = tableReport(aRun([brokenTarget('prod', 'StackError: it failed:\nline 1\nline 2\n')]), false);
  expect(text).toContain('  error Pulumi.prod.yaml: StackError: it failed:\n    line 1\n    line 2\n');
});

test('findings of manifests have a file and a line, and notes stand below the table', () => {
  const text = tableReport(aRun([someManifests('apiVersion: v1\nkind: ConfigMap\nharm: true\n---\na: b\n')]), false);
  expect(text).toContain('    mandatory no-harm (deploy/all.yaml:3)\n');
  expect(text).toContain('┘\n\nmanifests: 1 file, 1 document without a Kubernetes object\n\nFAILED: 1 mandatory\n');
});

test('names of objects and texts of errors command neither the terminal nor the runner of a job', () => {
  const manifest = `apiVersion: v1\nkind: "::error::a"\nmetadata: { name: "b\\n::c\\e[2J\\u202e##[d]" }\nharm: true\n`;
  const text = tableReport(
    aRun([someManifests(manifest), brokenTarget('dev', 'it failed:\r\n::error::e\u001b[0m')]),
    false,
  );
  expect(text).toContain(String.raw`  \::error::a/b\n::c\u001b[2J\u202e#\#[d]`);
  expect(text).toContain(String.raw`it failed:${'\n'}    \::error::e\u001b[0m`);
  expect(text).not.toMatch(/^\s*::|##\[|[^\P{Cc}\n]/mu);
});

test('colours change nothing of the text', () => {
  const run = aRun([aStack('prod', objects, configuration)], configuration);
  const coloured = tableReport(run, true);
  expect(coloured).toContain('\u001b[31mmandatory\u001b[39m');
  expect(stripVTControlCharacters(coloured)).toBe(tableReport(run, false));
});

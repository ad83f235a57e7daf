import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { allRules } from '../../../../policies/rules/allRules.ts';
import { readPolicyConfiguration } from '../../../../tools/policyConfiguration/readPolicyConfiguration.ts';
import { reportFormats } from '../../../../tools/policy/report/reportFormats.ts';
import { checkout } from '../../../support/commands.ts';

const readme = readFileSync(join(checkout, 'policies', 'README.md'), 'utf8');

test("the example of the policy pack's README is a configuration of its rules", () => {
  const [, yaml = ''] = /```yaml\n(.*?)```/s.exec(readme) ?? [];
  const { configuration } = readPolicyConfiguration(yaml, 'README.md', allRules);
  expect(Object.keys(configuration)).toEqual(['rules', 'environments', 'exemptions']);
});

test('it names every format of a report', () => {
  const row = readme.split('\n').find((line) => line.startsWith('| `--report')) ?? '';
  expect(reportFormats.filter((format) => !row.includes(`\`${format}\``))).toEqual([]);
});

test('the configuration of this checkout is one', () => {
  const text = readFileSync(join(checkout, 'policy.yaml'), 'utf8');
  expect(() => readPolicyConfiguration(text, 'policy.yaml', allRules)).not.toThrow();
});

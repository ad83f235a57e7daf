import { expect, test } from 'vitest';
import { describeRules, listRules } from '../../../../tools/policy/ruleList.ts';
import { anObjectRule, aStackRule } from '../../policies/support/testRules.ts';

const minimum = { type: 'integer', minimum: 1, default: 2, description: 'The fewest pods.' } as const;
const rules = [
  anObjectRule({ name: 'replicas', levels: { dev: 'disabled' }, parameters: { minimum } }),
  aStackRule({ name: 'together', level: 'advisory', severity: 'low' }),
];
const configuration = { environments: { qa: { rules: { together: 'mandatory' as const } } } };

test('rules have the levels that the configuration gives them, in each environment that somebody speaks of', () => {
  expect(listRules(rules, configuration)).toEqual([
    {
      name: 'replicas',
      asks: 'Every object is what the test wants.',
      severity: 'high',
      subject: 'object',
      levels: { dev: 'disabled', staging: 'mandatory', prod: 'mandatory', qa: 'mandatory' },
      parameters: { minimum },
      link: 'https://kubernetes.io/docs/',
    },
    {
      name: 'together',
      asks: 'Every object is what the test wants.',
      severity: 'low',
      subject: 'stack',
      levels: { dev: 'advisory', staging: 'advisory', prod: 'advisory', qa: 'mandatory' },
      parameters: {},
      link: 'https://kubernetes.io/docs/',
    },
  ]);
});

test('for a terminal they are a table', () => {
  const [, head, , first] = describeRules(listRules(rules, configuration)).split('\n');
  const cells = (line = ''): readonly string[] =>
    line
      .split('│')
      .map((cell) => cell.trim())
      .filter(Boolean);
  expect(cells(head)).toEqual(['rule', 'severity', 'dev', 'staging', 'prod', 'qa', 'asks']);
  expect(cells(first)).toEqual([
    'replicas',
    'high',
    'disabled',
    'mandatory',
    'mandatory',
    'mandatory',
    'Every object is what the test wants.',
  ]);
});

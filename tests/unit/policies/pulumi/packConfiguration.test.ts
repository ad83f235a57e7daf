import { expect, test } from 'vitest';
import { resolveSettings } from '../../../../policies/configuration/resolveSettings.ts';
import { packConfiguration } from '../../../../policies/pulumi/packConfiguration.ts';
import { anObjectRule } from '../support/testRules.ts';

const rules = [
  anObjectRule({ name: 'plain' }),
  anObjectRule({
    name: 'configured',
    parameters: {
      minimum: { type: 'integer', minimum: 1, default: 2, description: 'The fewest pods.' },
      names: { type: 'array', items: { type: 'string' }, default: ['a'], description: 'Which names.' },
    },
  }),
];

test('every rule has a level and all of its parameters, whether they were configured or not', () => {
  const settings = resolveSettings(rules, { rules: { configured: { level: 'advisory', minimum: 3 } } }, 'prod');
  expect(packConfiguration(rules, settings)).toEqual({
    plain: { enforcementLevel: 'mandatory' },
    configured: { enforcementLevel: 'advisory', minimum: 3, names: ['a'] },
  });
});

test('exemptions stand with their rule, without what the engine does not take', () => {
  const exemption = { resource: 'Pod/*', reason: 'It is a test.', expires: '2027-01-31' };
  const exemptions = [{ ...exemption, rule: 'plain', environments: ['prod'] }];
  expect(packConfiguration(rules, resolveSettings(rules, { exemptions }, 'prod'))['plain']).toEqual({
    enforcementLevel: 'mandatory',
    exemptions: [exemption],
  });
  expect(packConfiguration(rules, resolveSettings(rules, { exemptions }, 'dev'))['plain']).toEqual({
    enforcementLevel: 'mandatory',
  });
});

import { describe, expect, it } from 'vitest';
import {
  defaultLevel,
  resolveSettings,
  type ConfiguredExemption,
  type PolicyConfiguration,
} from '../../../../policies/configuration/resolveSettings.ts';
import type { Level } from '../../../../policies/rule.ts';
import { anObjectRule } from '../support/testRules.ts';

const rule = anObjectRule({
  name: 'some-replicas',
  level: 'advisory',
  levels: { dev: 'disabled', prod: 'mandatory' },
  parameters: {
    minimum: { type: 'integer', minimum: 0, default: 2, description: 'The fewest pods.' },
    kinds: {
      type: 'array',
      items: { type: 'string' },
      default: ['Deployment', 'StatefulSet'],
      description: 'Of what.',
    },
  },
});
const other = anObjectRule({ name: 'another-rule' });

function settings(configuration: PolicyConfiguration, environment: string) {
  return resolveSettings([rule, other], configuration, environment)(rule);
}

describe('the level of a rule', () => {
  it.each<[string, Level]>([
    ['dev', 'disabled'],
    ['staging', 'advisory'],
    ['prod', 'mandatory'],
    ['canary', 'advisory'],
    ['', 'advisory'],
    ['constructor', 'advisory'],
    ['__proto__', 'advisory'],
  ])('in the environment "%s" is %s without a configuration', (environment, level) => {
    expect(defaultLevel(rule, environment)).toBe(level);
    expect(settings({}, environment).level).toBe(level);
  });

  const configuration: PolicyConfiguration = {
    rules: { 'some-replicas': 'advisory' },
    environments: {
      staging: { rules: { 'some-replicas': { level: 'mandatory' } } },
      canary: { rules: { 'some-replicas': 'disabled' } },
      prod: {},
    },
  };

  it.each<[string, Level]>([
    ['dev', 'advisory'],
    ['staging', 'mandatory'],
    ['prod', 'advisory'],
    ['canary', 'disabled'],
    ['other', 'advisory'],
  ])('in the environment "%s" is %s with a file that goes before it', (environment, level) => {
    expect(settings(configuration, environment).level).toBe(level);
  });

  it('stays where the file sets nothing but a parameter', () => {
    expect(settings({ rules: { 'some-replicas': { minimum: 3 } } }, 'prod').level).toBe('mandatory');
  });

  it('stays where the file speaks of other rules', () => {
    expect(settings({ rules: { 'another-rule': 'disabled' } }, 'prod').level).toBe('mandatory');
  });
});

describe('the parameters of a rule', () => {
  it('are its own without a configuration', () => {
    expect(settings({}, 'prod').parameters).toEqual({ minimum: 2, kinds: ['Deployment', 'StatefulSet'] });
  });

  it("are the file's, and before them the file's for the environment, one by one", () => {
    const configuration: PolicyConfiguration = {
      rules: { 'some-replicas': { minimum: 3, kinds: ['Deployment'] } },
      environments: { prod: { rules: { 'some-replicas': { minimum: 5 } } } },
    };
    expect(settings(configuration, 'staging').parameters).toEqual({ minimum: 3, kinds: ['Deployment'] });
    expect(settings(configuration, 'prod').parameters).toEqual({ minimum: 5, kinds: ['Deployment'] });
  });

  it('stay where the file sets the level alone', () => {
    const configuration: PolicyConfiguration = {
      rules: { 'some-replicas': { minimum: 3 } },
      environments: { prod: { rules: { 'some-replicas': 'advisory' } } },
    };
    expect(settings(configuration, 'prod')).toMatchObject({ level: 'advisory', parameters: { minimum: 3 } });
  });

  it('are whole lists, not what several lists have together', () => {
    expect(settings({ rules: { 'some-replicas': { kinds: [] } } }, 'prod').parameters['kinds']).toEqual([]);
  });
});

describe('the exemptions of a rule', () => {
  const exemption = (change: Partial<ConfiguredExemption> = {}): ConfiguredExemption => ({
    rule: 'some-replicas',
    resource: 'Deployment/shop/web',
    reason: 'It keeps state in memory.',
    expires: '2027-01-31',
    ...change,
  });

  it('are those that name it', () => {
    const exemptions = [exemption(), exemption({ rule: 'another-rule' })];
    expect(settings({ exemptions }, 'prod').exemptions).toEqual([exemptions[0]]);
  });

  it('are those for the environment, or for all', () => {
    const exemptions = [
      exemption(),
      exemption({ environments: ['dev', 'prod'] }),
      exemption({ environments: ['dev'] }),
    ];
    expect(settings({ exemptions }, 'prod').exemptions).toEqual(exemptions.slice(0, 2));
    expect(settings({ exemptions }, 'staging').exemptions).toEqual(exemptions.slice(0, 1));
  });
});

it('parts of a file that hold nothing are no configuration', () => {
  const configuration = { rules: null, environments: { prod: null }, exemptions: null };
  expect(settings(configuration, 'prod')).toEqual(settings({}, 'prod'));
});

it('a rule that the settings were not made for is applied by the same configuration', () => {
  const resolve = resolveSettings([], { rules: { 'some-replicas': 'disabled' } }, 'prod');
  expect(resolve(rule)).toEqual({ level: 'disabled', parameters: settings({}, 'prod').parameters, exemptions: [] });
});

import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import {
  configurationProperties,
  configurationSchema,
} from '../../../../policies/configuration/configurationSchema.ts';
import { field, fieldAt, pairs, text } from '../../../../policies/kubernetes/fields.ts';
import { parseQuantity } from '../../../../policies/kubernetes/quantity.ts';
import { defaultParameters } from '../../../../policies/parameters.ts';
import type { Rule } from '../../../../policies/rule.ts';
import { allRules } from '../../../../policies/rules/allRules.ts';
import { isRegex } from '../support/isRegex.ts';
import { anObjectRule } from '../support/testRules.ts';

const rule = anObjectRule({
  name: 'some-rule',
  parameters: {
    replicas: { type: 'integer', minimum: 1, maximum: 9, default: 2, description: 'The fewest pods.' },
    ratio: { type: 'number', minimum: 1, default: 4, description: 'The highest ratio.' },
    strict: { type: 'boolean', default: false, description: 'Whether it is strict.' },
    pattern: { type: 'string', format: 'regex', default: '^a', description: 'What names look like.' },
    size: { type: 'string', format: 'quantity', default: '1Gi', description: 'The most memory.' },
    mode: { type: 'string', enum: ['any', 'all'], default: 'any', description: 'How many.' },
    names: { type: 'array', items: { type: 'string', minLength: 1 }, default: [], description: 'Which names.' },
  },
});
const exemption = {
  rule: 'some-rule',
  resource: 'Deployment/shop/*',
  reason: 'Nobody uses it.',
  expires: '2027-01-31',
};

const accepts = validator([rule]);

function validator(rules: readonly Rule[]): (configuration: unknown) => boolean {
  const ajv = new Ajv({ allowUnionTypes: true, strictTypes: false });
  ajv.addFormat('regex', isRegex).addFormat('quantity', (value: string) => parseQuantity(value) !== undefined);
  return ajv.compile(configurationSchema(rules));
}

describe('the schema of a configuration', () => {
  it.each<[string, unknown]>([
    ['nothing', {}],
    ['a level', { rules: { 'some-rule': 'advisory' } }],
    ['a level in a mapping', { rules: { 'some-rule': { level: 'disabled' } } }],
    ['some parameters', { rules: { 'some-rule': { replicas: 9, size: '512Mi' } } }],
    ['every parameter', { rules: { 'some-rule': { level: 'mandatory', ...defaultParameters(rule.parameters) } } }],
    ['a fraction', { rules: { 'some-rule': { ratio: 1.5 } } }],
    ['rules of any environment', { environments: { prod: { rules: { 'some-rule': 'advisory' } }, canary: {} } }],
    ['an exemption', { exemptions: [exemption] }],
    ['one without a namespace', { exemptions: [{ ...exemption, resource: 'ClusterRole/*' }] }],
    ['one for some environments', { exemptions: [{ ...exemption, environments: ['dev'] }] }],
    ['keys with comments alone below them', { rules: null, environments: null, exemptions: null }],
  ])('accepts %s', (_what, configuration) => expect(accepts(configuration)).toBe(true));

  it.each<[string, unknown]>([
    ['no mapping', []],
    ['another key', { rule: {} }],
    ['an unknown rule', { rules: { 'no-rule': 'advisory' } }],
    ['a level that is none', { rules: { 'some-rule': 'fatal' } }],
    ['a level that is none, in a mapping', { rules: { 'some-rule': { level: true } } }],
    ['an unknown parameter', { rules: { 'some-rule': { minimum: 1 } } }],
    ['a number below its range', { rules: { 'some-rule': { replicas: 0 } } }],
    ['a number above its range', { rules: { 'some-rule': { replicas: 10 } } }],
    ['a fraction for a whole number', { rules: { 'some-rule': { replicas: 1.5 } } }],
    ['a text for a number', { rules: { 'some-rule': { replicas: '2' } } }],
    ['a text for a switch', { rules: { 'some-rule': { strict: 'yes' } } }],
    ['no regular expression', { rules: { 'some-rule': { pattern: '(' } } }],
    ['no quantity', { rules: { 'some-rule': { size: '1 GB' } } }],
    ['a value that is not listed', { rules: { 'some-rule': { mode: 'none' } } }],
    ['a text for a list', { rules: { 'some-rule': { names: 'a' } } }],
    ['a list with an empty text', { rules: { 'some-rule': { names: [''] } } }],
    ['an unknown rule of an environment', { environments: { prod: { rules: { 'no-rule': 'advisory' } } } }],
    ['another key of an environment', { environments: { prod: { 'some-rule': 'advisory' } } }],
    ['an exemption without a reason', { exemptions: [{ ...exemption, reason: undefined }] }],
    ['one with a short reason', { exemptions: [{ ...exemption, reason: 'because' }] }],
    ['one without a last day', { exemptions: [{ ...exemption, expires: undefined }] }],
    ['one with another form of day', { exemptions: [{ ...exemption, expires: '31.01.2027' }] }],
    ['one with a month too many', { exemptions: [{ ...exemption, expires: '2027-13-01' }] }],
    ['one of a kind alone', { exemptions: [{ ...exemption, resource: 'Deployment' }] }],
    ['one of too many parts', { exemptions: [{ ...exemption, resource: 'a/b/c/d' }] }],
    ['one with an empty part', { exemptions: [{ ...exemption, resource: 'Deployment//web' }] }],
    ['one of an unknown rule', { exemptions: [{ ...exemption, rule: 'no-rule' }] }],
    ['one for no environment', { exemptions: [{ ...exemption, environments: [] }] }],
    ['one with another key', { exemptions: [{ ...exemption, until: '2027-01-31' }] }],
  ])('refuses %s', (_what, configuration) => {
    // What is `undefined` here would not be in a file.
    expect(accepts(JSON.parse(JSON.stringify(configuration)))).toBe(false);
  });

  it('accepts every rule of the pack with what it is by itself', () => {
    const whole = ({ level, parameters, exampleParameters }: Rule) => ({
      level,
      ...defaultParameters(parameters),
      ...exampleParameters,
    });
    const acceptsRule = validator(allRules);
    expect(allRules.filter((one) => !acceptsRule({ rules: { [one.name]: whole(one) } }))).toEqual([]);
  });

  it('describes every field of an exemption', () => {
    const properties = fieldAt(configurationProperties(allRules), 'exemptions', 'items', 'properties');
    const short = pairs(properties).filter(([, schema]) => (text(field(schema, 'description')) ?? '').length < 20);
    expect(pairs(properties).length).toBeGreaterThan(4);
    expect(short).toEqual([]);
  });
});

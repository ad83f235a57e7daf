import { describe, expect, it } from 'vitest';
import { environmentOf } from '../../../../policies/pulumi/environment.ts';

const stack = { PULUMI_NODEJS_STACK: 'dev-of-anna', PULUMI_STACK: 'other' };

describe("the environment of the pack's process", () => {
  it.each([
    [{ PULUMI_CONFIG: '{"tracewright:environment":"prod"}', ...stack }, 'prod'],
    [{ PULUMI_CONFIG: '{"other:environment":"prod"}', ...stack }, 'dev-of-anna'],
    [{ PULUMI_CONFIG: '{"tracewright:environment":7}', ...stack }, 'dev-of-anna'],
    [{ PULUMI_CONFIG: 'null', ...stack }, 'dev-of-anna'],
    [{ PULUMI_CONFIG: '[]', ...stack }, 'dev-of-anna'],
    [{ PULUMI_CONFIG: '"prod"', ...stack }, 'dev-of-anna'],
    [{ PULUMI_CONFIG: '{"tracewright:environment"', ...stack }, 'dev-of-anna'],
    [{ PULUMI_CONFIG: '', ...stack }, 'dev-of-anna'],
    [stack, 'dev-of-anna'],
    [{ PULUMI_STACK: 'staging' }, 'staging'],
    [{ PULUMI_NODEJS_STACK: undefined, PULUMI_STACK: 'staging' }, 'staging'],
    [{}, ''],
  ])('with the variables %j is "%s"', (variables, environment) => {
    expect(environmentOf(variables)).toBe(environment);
  });
});

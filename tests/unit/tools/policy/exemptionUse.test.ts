import { expect, test } from 'vitest';
import type { PolicyConfiguration } from '../../../../policies/configuration/resolveSettings.ts';
import type { PolicyRun } from '../../../../tools/policy/policyRun.ts';
import { aRun, aStack, anExemption } from './support/policyRuns.ts';

/** The lines of expired and of unused exemptions. */
function lines({ expired, unused }: PolicyRun): readonly (readonly (number | undefined)[])[] {
  return [expired.map(({ place }) => place.line), unused.map(({ place }) => place.line)];
}

function runWith(configuration: PolicyConfiguration): PolicyRun {
  const targets = [
    aStack('dev', { settings: {} }, configuration),
    aStack('prod', { settings: { harm: true } }, configuration),
  ];
  return aRun(targets, configuration);
}

test('an exemption that one of several stacks needs is used', () => {
  expect(lines(runWith({ exemptions: [anExemption()] }))).toEqual([[], []]);
});

test('an exemption that no stack needs is named', () => {
  expect(lines(runWith({ exemptions: [anExemption(), anExemption({ rule: 'no-doubt' })] }))).toEqual([[], [11]]);
});

test('an exemption of a rule that is disabled is needed by nothing', () => {
  const configuration = { rules: { 'no-harm': 'disabled' as const }, exemptions: [anExemption()] };
  expect(lines(runWith(configuration))).toEqual([[], [10]]);
});

test('an exemption holds on its last day, and fails on the next one, needed or not', () => {
  const days = ['2026-06-15', '2026-06-14', '2020-01-01'].map((expires) => anExemption({ expires }));
  expect(lines(runWith({ exemptions: [...days, anExemption({ rule: 'no-doubt', expires: '2020-01-01' })] }))).toEqual([
    [11, 12, 13],
    [],
  ]);
});

test('an exemption for an environment that was not looked at is neither', () => {
  const configuration = { exemptions: [anExemption({ environments: ['qa'], expires: '2020-01-01' })] };
  expect(lines(runWith(configuration))).toEqual([[], []]);
});

import { describe, expect, test } from 'vitest';
import { countFindings, describeResult, runFails, type PolicyRun } from '../../../../tools/policy/policyRun.ts';
import { aRun, aStack, anExemption, brokenTarget, unknownText } from './support/policyRuns.ts';

const clean = aStack('dev', { settings: {} });
const advised = aStack('dev', { settings: { doubt: true } });
const breached = aStack('dev', { settings: { harm: true } });

describe('a run', () => {
  test.each<[string, PolicyRun, string]>([
    ['finds nothing', aRun([clean]), 'passed: nothing found'],
    ['finds advice alone', aRun([clean, advised]), 'passed: 1 advisory'],
    [
      'finds what is exempt',
      aRun([aStack('dev', { settings: { harm: true } }, { exemptions: [anExemption()] })]),
      'passed: 1 exempt',
    ],
  ])('that %s passes', (_what, run, sentence) => {
    expect([runFails(run), describeResult(run)]).toEqual([false, sentence]);
  });

  test.each<[string, PolicyRun, string]>([
    ['finds a breach of a mandatory rule', aRun([advised, breached]), 'FAILED: 1 mandatory, 1 advisory'],
    [
      'finds a mandatory rule that could not run',
      aRun([aStack('dev', { settings: { secret: unknownText } })]),
      'FAILED: 1 unknown',
    ],
    ['finds a broken rule', aRun([aStack('dev', { settings: { breaks: true } })]), 'FAILED: 1 broken'],
    ['could not look at something', aRun([clean, brokenTarget('prod', 'no')]), 'FAILED: 1 error'],
    ['has exemptions whose last day is over', expiredRun(), 'FAILED: nothing found, 1 exemption expired'],
  ])('that %s fails', (_what, run, sentence) => {
    expect([runFails(run), describeResult(run)]).toEqual([true, sentence]);
  });

  test('fails when an advisory rule is broken itself', () => {
    const run = aRun([aStack('dev', { settings: { breaks: true } }, { rules: { holds: 'advisory' } })]);
    expect(runFails(run)).toBe(true);
  });

  test('is counted over all that was looked at', () => {
    const targets = [
      aStack('dev', { a: { harm: true }, b: { harm: true, doubt: true } }),
      aStack('prod', { a: { secret: unknownText, breaks: true } }),
      brokenTarget('qa', 'no'),
    ];
    expect(countFindings(targets)).toEqual({
      mandatory: 2,
      unknown: 1,
      broken: 1,
      advisory: 1,
      exempt: 0,
      errors: 1,
    });
  });
});

function expiredRun(): PolicyRun {
  const configuration = { exemptions: [anExemption({ expires: '2026-06-14' })] };
  return aRun([aStack('dev', { settings: {} }, configuration)], configuration);
}

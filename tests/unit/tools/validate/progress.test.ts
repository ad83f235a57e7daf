import { describe, expect, it } from 'vitest';
import { createPlainDisplay } from '../../../../tools/console/plainDisplay.ts';
import type { Check, CheckResult, Component } from '../../../../tools/validate/check.ts';
import { showProgress } from '../../../../tools/validate/progress.ts';
import {
  blindFinding,
  crampedFinding,
  missingFinding,
  resultOf,
  soundFinding,
} from '../../../support/validateReport.ts';

function checkOf(id: string, component: Component): Check {
  return { id, component, title: id, run: () => Promise.resolve([]) };
}

const [present, ready, spread] = [
  checkOf('present', 'objects'),
  checkOf('ready', 'objects'),
  checkOf('spread', 'workloads'),
] as const;

function shown(events: readonly (readonly ['start' | 'end', Check, number, CheckResult?])[]): readonly string[] {
  const lines: string[] = [];
  let now = 0;
  const progress = showProgress(
    [present, ready, spread],
    createPlainDisplay((line) => void lines.push(line)),
    () => now,
  );
  for (const [event, check, atMillis, result] of events) {
    now = atMillis;
    if (event === 'start') progress.onStart?.(check);
    else progress.onEnd?.(check, result);
  }
  return lines;
}

describe('showProgress', () => {
  it('shows each component from its first check to the end of its last', () => {
    const ok = resultOf('ok', [soundFinding]);
    expect(
      shown([
        ['start', present, 0],
        ['start', spread, 100],
        ['end', present, 200, ok],
        ['start', ready, 300],
        ['end', spread, 400, ok],
        ['end', ready, 2000, ok],
      ]),
    ).toEqual([
      'checking objects: started',
      'checking objects: present (1 of 2)',
      'checking workloads: started',
      'checking workloads: spread (1 of 1)',
      'checking objects: ready (2 of 2)',
      'checking workloads: done (0.3 s)',
      'checking objects: done (2.0 s)',
    ]);
  });

  it.each([
    ['failed', missingFinding],
    ['unchecked', blindFinding],
  ] as const)('shows that a check of a component is %s when its last check has ended', (outcome, finding) => {
    const lines = shown([
      ['start', present, 0],
      ['end', present, 0, resultOf(outcome, [finding])],
      ['start', ready, 0],
      ['end', ready, 500, resultOf('ok', [soundFinding])],
    ]);
    expect(lines.at(-1)).toBe('checking objects: FAILED (0.5 s)');
  });

  it('says which checks are waited for when all have begun', () => {
    const lines = shown([
      ['start', present, 0],
      ['start', ready, 0],
      ['end', ready, 500, resultOf('ok', [soundFinding])],
      ['end', present, 9000, resultOf('warning', [crampedFinding])],
    ]);
    expect(lines.slice(3)).toEqual(['checking objects: waits for present', 'checking objects: done (9.0 s)']);
  });

  it('counts a check that is about nothing which the deployment has', () => {
    const lines = shown([
      ['start', spread, 0],
      ['end', spread, 100],
    ]);
    expect(lines.at(-1)).toBe('checking workloads: done (0.1 s)');
  });
});

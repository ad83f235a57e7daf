import { expect, test } from 'vitest';
import type { PlacedProblem } from '../../../../tools/kube/workload.ts';
import { FailedCheckError, newlyFailed } from '../../../../tools/up/failedCheck.ts';

const failedAt = (time: string, kind: PlacedProblem['kind'] = 'Job'): PlacedProblem => ({
  namespace: 'tracing',
  kind,
  name: 'network-policy-check',
  problem: `its last run failed at ${time}: network policies are not enforced`,
});
const earlier = failedAt('2026-11-22T22:00:00Z');
const now = failedAt('2026-11-22T23:00:00Z');

test('a Job that failed in the update is why it failed', () => {
  expect(newlyFailed([], [now])).toEqual([now]);
  expect(newlyFailed([earlier], [now])).toEqual([now]);
});

test('a Job that had failed before, and a clean-up that failed meanwhile, are not', () => {
  expect(newlyFailed([earlier], [earlier])).toEqual([]);
  expect(newlyFailed([], [failedAt('2026-11-22T23:00:00Z', 'CronJob')])).toEqual([]);
});

test('the error names the Job, what it found, what runs meanwhile and what to do', () => {
  const { message } = new FailedCheckError([now], new Error('update failed'));
  expect(message).toContain(
    'namespace tracing: Job network-policy-check: its last run failed at 2026-11-22T23:00:00Z: network policies are not enforced',
  );
  expect(message).toContain('Jaeger runs meanwhile. Once that is mended, `npm run up` tries it again.');
});

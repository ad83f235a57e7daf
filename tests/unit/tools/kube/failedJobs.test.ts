import type { V1Job } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { describeFailedRun, lastFinishedRun, runsOf } from '../../../../tools/kube/failedJobs.ts';

const cronJob = { metadata: { name: 'jaeger-index-cleaner', uid: 'cleaner' } };

function job(name: string, type: 'Complete' | 'Failed' | undefined, at: string, owner = 'cleaner'): V1Job {
  const condition = {
    type: type ?? '',
    status: 'True',
    reason: 'BackoffLimitExceeded',
    lastTransitionTime: new Date(at),
  };
  return {
    metadata: { name, ownerReferences: [{ apiVersion: 'batch/v1', kind: 'CronJob', name: '', uid: owner }] },
    status: { conditions: type === undefined ? [] : [condition] },
  };
}

test('the run that has ended last counts, not one that goes on nor one of another CronJob', () => {
  const jobs = [
    job('old', 'Failed', '2026-11-20T23:56:00Z'),
    job('new', 'Failed', '2026-11-21T23:56:00Z'),
    job('running', undefined, '2026-11-22T23:56:00Z'),
    job('other', 'Complete', '2026-11-23T23:56:00Z', 'another'),
  ];
  expect(lastFinishedRun(runsOf(cronJob.metadata, jobs))).toEqual({
    name: 'new',
    failedAt: '2026-11-21T23:56:00.000Z',
    reason: 'BackoffLimitExceeded',
  });
  const healed = [...jobs, job('newest', 'Complete', '2026-11-22T23:56:00Z')];
  expect(lastFinishedRun(runsOf(cronJob.metadata, healed))?.failedAt).toBeUndefined();
  expect(lastFinishedRun([])).toBeUndefined();
});

test('a failed run is told with its last line, or the controller word where the log is gone', () => {
  const run = { name: 'new', failedAt: '2026-11-21T23:56:00.000Z', reason: 'DeadlineExceeded' };
  expect(describeFailedRun(run, 'connection refused')).toBe(
    'its last run failed at 2026-11-21T23:56:00Z: connection refused',
  );
  expect(describeFailedRun(run, undefined)).toBe('its last run failed at 2026-11-21T23:56:00Z: DeadlineExceeded');
});

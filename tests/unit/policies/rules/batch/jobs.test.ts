import { describe, expect, it } from 'vitest';
import { cronJobConcurrency } from '../../../../../policies/rules/batch/cronJobConcurrency.ts';
import { cronJobDeadline } from '../../../../../policies/rules/batch/cronJobDeadline.ts';
import { cronJobHistory } from '../../../../../policies/rules/batch/cronJobHistory.ts';
import { batchRules } from '../../../../../policies/rules/batch/batchRules.ts';
import { jobCleanup } from '../../../../../policies/rules/batch/jobCleanup.ts';
import { jobDeadline } from '../../../../../policies/rules/batch/jobDeadline.ts';
import { jobRestartPolicy } from '../../../../../policies/rules/batch/jobRestartPolicy.ts';
import { jobRetries } from '../../../../../policies/rules/batch/jobRetries.ts';
import { problemsOf } from '../../../../support/problemsOf.ts';
import { declared, saidOf } from '../../support/declared.ts';

const job = (spec: unknown, metadata = {}) => declared('batch/v1', 'Job', { spec }, metadata);
const cronJob = (spec: unknown) => declared('batch/v1', 'CronJob', { spec });
const both = (spec: unknown) => [job(spec), cronJob({ jobTemplate: { spec } })];

it.each(batchRules.map((one) => [one.name, one] as const))('%s says nothing of other objects', (_name, rule) => {
  expect(saidOf(rule, declared('apps/v1', 'Deployment', { spec: {} }))).toEqual([]);
  expect(saidOf(rule, declared('batch.volcano.sh/v1alpha1', 'Job', { spec: {} }))).toEqual([]);
});

describe('job-deadline', () => {
  it('looks at Jobs and at those of CronJobs', () => {
    expect(both({ activeDeadlineSeconds: 1 }).flatMap((object) => saidOf(jobDeadline, object))).toEqual([]);
    expect(problemsOf(jobDeadline, both({}))).toEqual([
      'Job/shop: spec.activeDeadlineSeconds is missing: it must be a number of seconds above 0. Fix: activeDeadlineSeconds: 600',
      'CronJob/shop: spec.jobTemplate.spec.activeDeadlineSeconds is missing: it must be a number of seconds above 0. Fix: activeDeadlineSeconds: 600',
    ]);
  });

  it.each([0, -1, '600'])('refuses %j', (value) => {
    expect(saidOf(jobDeadline, job({ activeDeadlineSeconds: value }))).toEqual([
      `spec.activeDeadlineSeconds is ${JSON.stringify(value)}: it must be a number of seconds above 0`,
    ]);
  });
});

describe('job-retries', () => {
  it.each([
    {},
    { backoffLimit: 0 },
    { backoffLimit: 6 },
    { backoffLimitPerIndex: 1 },
    { backoffLimitPerIndex: 1, backoffLimit: 99 },
  ])('takes %j', (spec) => {
    expect(both(spec).flatMap((object) => saidOf(jobRetries, object))).toEqual([]);
  });

  it.each([
    [{ backoffLimit: 7 }, 'spec.backoffLimit is 7: it must be from 0 to 6 retries'],
    [{ backoffLimit: '2' }, 'spec.backoffLimit is "2": it must be from 0 to 6 retries'],
    [{ backoffLimitPerIndex: 7 }, 'spec.backoffLimitPerIndex is 7: it must be from 0 to 6 retries'],
  ])('refuses %j', (spec, sentence) => {
    expect(saidOf(jobRetries, job(spec))).toEqual([sentence]);
  });

  it('counts what is missing as 6', () => {
    expect(saidOf(jobRetries, cronJob({}), { maximum: 3 })).toEqual([
      'spec.jobTemplate.spec.backoffLimit is missing, so that it is 6: it must be from 0 to 3 retries',
    ]);
  });
});

describe('job-cleanup', () => {
  it.each([
    [{ ttlSecondsAfterFinished: 0 }, {}],
    [{}, { ownerReferences: [{ kind: 'CronJob' }] }],
    [{}, { annotations: { 'helm.sh/hook': 'pre-upgrade' } }],
    [{}, { annotations: { 'argocd.argoproj.io/hook': 'PreSync' } }],
  ])('takes %j with the metadata %j', (spec, metadata) => {
    expect(saidOf(jobCleanup, job(spec, metadata))).toEqual([]);
  });

  it.each([
    [{}, 'is missing'],
    [{ ttlSecondsAfterFinished: -1 }, 'is -1'],
  ])('refuses %j', (spec, state) => {
    expect(saidOf(jobCleanup, job(spec))).toEqual([
      `spec.ttlSecondsAfterFinished ${state}: it must be a number of seconds`,
    ]);
  });

  it('leaves the Jobs of a CronJob to it', () => {
    expect(saidOf(jobCleanup, cronJob({}))).toEqual([]);
  });
});

describe('job-restart-policy', () => {
  const spec = (restartPolicy: unknown) => ({ template: { spec: { restartPolicy } } });

  it.each(['Never', 'OnFailure'])('takes %s', (policy) => {
    expect(both(spec(policy)).flatMap((object) => saidOf(jobRestartPolicy, object))).toEqual([]);
  });

  it.each([
    [undefined, 'is missing'],
    ['Always', 'is "Always"'],
  ])('refuses %s', (policy, state) => {
    expect(both(spec(policy)).flatMap((object) => saidOf(jobRestartPolicy, object))).toEqual([
      `spec.template.spec.restartPolicy ${state}: it must be "Never" or "OnFailure"`,
      `spec.jobTemplate.spec.template.spec.restartPolicy ${state}: it must be "Never" or "OnFailure"`,
    ]);
  });
});

describe('cron-job-concurrency', () => {
  it.each(['Forbid', 'Replace'])('takes %s', (concurrencyPolicy) => {
    expect(saidOf(cronJobConcurrency, cronJob({ concurrencyPolicy }))).toEqual([]);
  });

  it.each([
    [{}, 'is missing'],
    [undefined, 'is missing'],
    [{ concurrencyPolicy: 'Allow' }, 'is "Allow"'],
  ])('refuses %j', (spec, state) => {
    expect(saidOf(cronJobConcurrency, cronJob(spec))).toEqual([
      `spec.concurrencyPolicy ${state}: it must be "Forbid" or "Replace"`,
    ]);
  });
});

describe('cron-job-deadline', () => {
  it('takes 10 seconds and more', () => {
    expect(saidOf(cronJobDeadline, cronJob({ startingDeadlineSeconds: 10 }))).toEqual([]);
  });

  it.each([
    [{}, 'is missing'],
    [{ startingDeadlineSeconds: 9 }, 'is 9'],
    [{ startingDeadlineSeconds: '200' }, 'is "200"'],
  ])('refuses %j', (spec, state) => {
    expect(saidOf(cronJobDeadline, cronJob(spec))).toEqual([
      `spec.startingDeadlineSeconds ${state}: it must be 10 seconds or more`,
    ]);
  });
});

describe('cron-job-history', () => {
  it.each([
    {},
    { successfulJobsHistoryLimit: 0, failedJobsHistoryLimit: 1 },
    { successfulJobsHistoryLimit: 10, failedJobsHistoryLimit: 10 },
  ])('takes %j', (spec) => {
    expect(saidOf(cronJobHistory, cronJob(spec))).toEqual([]);
  });

  it.each([
    [{ failedJobsHistoryLimit: 0 }, 'spec.failedJobsHistoryLimit is 0: it must be from 1 to 10 runs'],
    [{ failedJobsHistoryLimit: 11 }, 'spec.failedJobsHistoryLimit is 11: it must be from 1 to 10 runs'],
    [{ successfulJobsHistoryLimit: 11 }, 'spec.successfulJobsHistoryLimit is 11: it must be from 0 to 10 runs'],
    [{ successfulJobsHistoryLimit: 'all' }, 'spec.successfulJobsHistoryLimit is "all": it must be from 0 to 10 runs'],
  ])('refuses %j', (spec, sentence) => {
    expect(saidOf(cronJobHistory, cronJob(spec))).toEqual([sentence]);
  });

  it('has its maximum from its parameter', () => {
    expect(saidOf(cronJobHistory, cronJob({ successfulJobsHistoryLimit: 2 }), { maximum: 1 })).toHaveLength(1);
  });
});

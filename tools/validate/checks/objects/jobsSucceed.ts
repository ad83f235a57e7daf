import type { KubernetesObject, V1CronJobSpec, V1CronJobStatus, V1JobSpec, V1JobStatus } from '@kubernetes/client-node';
import { listFailedJobs } from '../../../kube/failedJobs.ts';
import type { PlacedProblem } from '../../../kube/workload.ts';
import { secondOf } from '../../../values/secondOf.ts';
import type { Check } from '../../check.ts';
import { describeObject } from '../../declaredObject.ts';
import type { Finding } from '../../finding.ts';
import { judgeLive } from './judgeLive.ts';

/** Jobs have done their work; CronJobs are not held back, their last run did its work, and is not longer ago than their schedule says. */
export const jobsSucceed: Check = {
  id: 'jobs-succeed',
  component: 'objects',
  title: 'no Job has failed, and every CronJob is run as often as its schedule says',
  applies: async (deployment) => (await deployment.declared()).some(({ kind }) => kind === 'Job' || kind === 'CronJob'),
  run: async ({ deployment }) => {
    const [kube, namespaces, declared] = await Promise.all([
      deployment.kube(),
      deployment.namespaces(),
      deployment.declared(),
    ]);
    const failed = await listFailedJobs(kube, namespaces);
    const nowMillis = Date.now();
    const own = declared.filter(({ kind }) => kind === 'Job' || kind === 'CronJob');
    const judged = await judgeLive(deployment, own, 'it does its work', (object, live) => {
      if (live === undefined) return [];
      const problem = failed.find(
        ({ kind, namespace, name }) => describeObject({ kind, namespace, name }) === describeObject(object),
      );
      return [object.kind === 'Job' ? judgeJob(live, problem) : judgeCronJob(live, problem, nowMillis)];
    });
    const named = new Set(own.map(describeObject));
    const others = failed
      .filter((problem) => !named.has(describeObject(problem)))
      .map((problem): Finding => failure(describeObject(problem), problem));
    return [...judged, ...others];
  },
};

/** What is read of a Job. */
export interface FoundJob extends KubernetesObject {
  readonly spec?: Partial<V1JobSpec>;
  readonly status?: V1JobStatus;
}

/** What is read of a CronJob. */
export interface FoundCronJob extends KubernetesObject {
  readonly spec?: Partial<V1CronJobSpec>;
  readonly status?: V1CronJobStatus;
}

/** Judges a Job of the stack. */
export function judgeJob({ metadata, spec, status }: FoundJob, failed: PlacedProblem | undefined): Finding {
  const subject = `Job ${metadata?.namespace ?? ''}/${metadata?.name ?? ''}`;
  if (failed !== undefined) return failure(subject, failed);
  const expected = 'it has succeeded';
  const ended = status?.conditions?.find(({ type, status: holds }) => type === 'Complete' && holds === 'True');
  if (ended !== undefined) return { outcome: 'ok', subject, expected, found: expected };
  const found = spec?.suspend === true ? 'it is suspended' : 'it has not ended yet';
  return {
    outcome: 'warning',
    subject,
    expected,
    found,
    mend: '`npm run status` says what it waits for; look again when it has ended',
  };
}

/** Judges a CronJob of the stack. */
export function judgeCronJob(
  { metadata, spec, status }: FoundCronJob,
  failed: PlacedProblem | undefined,
  nowMillis: number,
): Finding {
  const subject = `CronJob ${metadata?.namespace ?? ''}/${metadata?.name ?? ''}`;
  const expected = `run at ${spec?.schedule ?? ''}, with success`;
  if (spec?.suspend === true)
    return {
      outcome: 'failed',
      subject,
      expected,
      found: 'suspended: it is never run',
      mend: `let it run again: kubectl patch cronjob ${metadata?.name ?? ''} --namespace ${metadata?.namespace ?? ''} --patch '{"spec":{"suspend":false}}'`,
    };
  if (failed !== undefined) return failure(subject, failed);
  const last = status?.lastSuccessfulTime;
  const found =
    last === undefined ? 'its first time has not come yet' : `last run with success at ${secondOf(new Date(last))}`;
  const pauseDays = longestPauseDays(spec?.schedule ?? '');
  const since = last ?? metadata?.creationTimestamp;
  if (since === undefined || nowMillis - new Date(since).getTime() <= pauseDays * 86_400_000)
    return { outcome: 'ok', subject, expected, found };
  return {
    outcome: 'warning',
    subject,
    expected,
    found: last === undefined ? `never run with success since it was made at ${secondOf(new Date(since))}` : found,
    mend: 'see why with `kubectl describe cronjob`: its Jobs may not end, or the controller of CronJobs does not run; after a stop of the cluster it runs at its next time',
  };
}

/**
 * More days than lie between two runs, in whole steps: 2 for a schedule of every day, 8 for one of weekdays, 63 for one of days of a
 * month (the 31st), 367 for one of months.
 */
function longestPauseDays(schedule: string): number {
  const [first = '', , dayOfMonth = '*', month = '*', weekday = '*'] = schedule.trim().split(/\s+/);
  if (month !== '*' || /^@(yearly|annually)$/.test(first)) return 367;
  if (dayOfMonth !== '*' || first === '@monthly') return 63;
  return weekday !== '*' || first === '@weekly' ? 8 : 2;
}

function failure(subject: string, { problem }: PlacedProblem): Finding {
  const mend = 'mend what its log says; a Job of the stack is run again by `npm run up`, a CronJob at its time';
  return { outcome: 'failed', subject, expected: 'its last run succeeded', found: problem, mend };
}

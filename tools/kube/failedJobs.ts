import { BatchV1Api, CoreV1Api, type KubeConfig, type V1CronJob, type V1Job } from '@kubernetes/client-node';
import { ownPart, partOfLabel } from '../../infra/kubernetes/labels.ts';
import { shorten, tellingLine } from './logLines.ts';
import { createPodReader } from './podReader.ts';
import type { PlacedProblem } from './workload.ts';

/**
 * The CronJobs of some namespaces whose last finished run failed, and the stack's own Jobs that did, with the last line that
 * each said.
 */
export async function listFailedJobs(config: KubeConfig, namespaces: readonly string[]): Promise<PlacedProblem[]> {
  return (await Promise.all(namespaces.map((namespace) => listFailedOf(config, namespace)))).flat();
}

async function listFailedOf(config: KubeConfig, namespace: string): Promise<PlacedProblem[]> {
  const batch = config.makeApiClient(BatchV1Api);
  const [cronJobs, jobs] = await Promise.all([
    batch.listNamespacedCronJob({ namespace }),
    batch.listNamespacedJob({ namespace }),
  ]);
  const failed = [
    ...cronJobs.items.map(({ metadata }) => ({
      kind: 'CronJob' as const,
      metadata,
      runs: runsOf(metadata, jobs.items),
    })),
    ...jobs.items.filter(isOwnJob).map((job) => ({ kind: 'Job' as const, metadata: job.metadata, runs: [job] })),
  ].flatMap(({ kind, metadata, runs }) => {
    const run = lastFinishedRun(runs);
    return run?.failedAt === undefined ? [] : [{ kind, name: metadata?.name ?? '', run }];
  });
  return Promise.all(
    failed.map(async ({ kind, name, run }) => ({
      namespace,
      kind,
      name,
      problem: describeFailedRun(run, await readLastLine(config, namespace, run.name)),
    })),
  );
}

/** The Jobs that a CronJob has made. */
export function runsOf(cronJob: V1CronJob['metadata'], jobs: readonly V1Job[]): V1Job[] {
  return jobs.filter(({ metadata }) => metadata?.ownerReferences?.some(({ uid }) => uid === cronJob?.uid));
}

/** Whether a Job is the stack's, and no CronJob's. */
function isOwnJob({ metadata }: V1Job): boolean {
  return metadata?.labels?.[partOfLabel] === ownPart && !metadata.ownerReferences?.length;
}

/** A Job that has ended. */
export interface FinishedRun {
  /** Name of its Job. */
  readonly name: string;
  /** When it failed; undefined for one that succeeded. */
  readonly failedAt: string | undefined;
  /** Why, in the Job controller's words. */
  readonly reason: string;
}

/** Of some Jobs the one that has ended last; undefined before the first has. */
export function lastFinishedRun(jobs: readonly V1Job[]): FinishedRun | undefined {
  const runs = jobs
    .flatMap(({ metadata, status }) => {
      const end = status?.conditions?.find(
        (condition) => ['Complete', 'Failed'].includes(condition.type) && condition.status === 'True',
      );
      if (end?.lastTransitionTime === undefined) return [];
      const endedAt = new Date(end.lastTransitionTime).toISOString();
      const failedAt = end.type === 'Failed' ? endedAt : undefined;
      return [{ name: metadata?.name ?? '', endedAt, failedAt, reason: end.reason ?? '' }];
    })
    .sort((a, b) => b.endedAt.localeCompare(a.endedAt));
  const last = runs[0];
  return last === undefined ? undefined : { name: last.name, failedAt: last.failedAt, reason: last.reason };
}

/** A failed run in one sentence. */
export function describeFailedRun({ failedAt = '', reason }: FinishedRun, lastLine: string | undefined): string {
  const why = lastLine ?? (reason === '' ? 'its log is gone' : shorten(reason));
  return `its last run failed at ${failedAt.replace(/\.\d+Z$/, 'Z')}: ${why}`;
}

/** What the last of a Job's pods said last, by its first container. */
async function readLastLine(config: KubeConfig, namespace: string, job: string): Promise<string | undefined> {
  const labelSelector = `batch.kubernetes.io/job-name=${job}`;
  const { items } = await config.makeApiClient(CoreV1Api).listNamespacedPod({ namespace, labelSelector });
  const newest = items.sort((a, b) => startOf(b.metadata) - startOf(a.metadata))[0];
  const container = newest?.spec?.containers[0]?.name;
  if (newest?.metadata?.name === undefined || container === undefined) return undefined;
  return tellingLine(await createPodReader(config).log(namespace, newest.metadata.name, container, {}));
}

function startOf(metadata: { readonly creationTimestamp?: Date } | undefined): number {
  return metadata?.creationTimestamp === undefined ? 0 : new Date(metadata.creationTimestamp).getTime();
}

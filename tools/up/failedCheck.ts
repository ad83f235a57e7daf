import type { KubeConfig } from '@kubernetes/client-node';
import { listFailedJobs } from '../kube/failedJobs.ts';
import { describePlaced, type PlacedProblem } from '../kube/workload.ts';
import { StackError } from '../stack/stackEngine.ts';

/** A Job of the stack, which tries whether the cluster does what the stack relies on, has found that it does not. */
export class FailedCheckError extends Error {
  override readonly name = 'FailedCheckError';

  constructor(failed: readonly PlacedProblem[], cause: unknown) {
    const lines = failed.map((problem) => `  ${describePlaced(problem)}`);
    super(
      `the stack is deployed, but the cluster does not do what it relies on:\n${lines.join('\n')}\n` +
        'Jaeger runs meanwhile. Once that is mended, `npm run up` tries it again.',
      { cause },
    );
  }
}

/**
 * Does an update, and says in plain words when it fails because a Job of the stack has failed in it.
 * @throws FailedCheckError then; else what the update throws.
 */
export async function sayingFailedChecks(
  kube: KubeConfig,
  namespaces: readonly string[],
  update: () => Promise<void>,
): Promise<void> {
  const look = (): Promise<PlacedProblem[]> => listFailedJobs(kube, namespaces).catch(() => []);
  const before = await look();
  try {
    await update();
  } catch (error) {
    const failed = error instanceof StackError ? newlyFailed(before, await look()) : [];
    throw failed.length === 0 ? error : new FailedCheckError(failed, error);
  }
}

/** The Jobs that have failed since; one that had failed before the update is not why it failed. */
export function newlyFailed(before: readonly PlacedProblem[], after: readonly PlacedProblem[]): PlacedProblem[] {
  // Each sentence has the time of the failure in it.
  const known = new Set(before.map(({ problem }) => problem));
  return after.filter(({ kind, problem }) => kind === 'Job' && !known.has(problem));
}

import type { KubeConfig } from '@kubernetes/client-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { readCrashLogs } from './crashLogs.ts';
import { listWorkloadsOf } from './listWorkloads.ts';
import { describeLate, describeWorkload, type WorkloadStatus } from './workload.ts';

/** Workloads were not ready in time. */
export class RolloutTimeoutError extends Error {
  override readonly name = 'RolloutTimeoutError';

  constructor(namespace: string, seconds: number, late: readonly WorkloadStatus[], logs: readonly string[]) {
    const lines = [...late.map((workload) => `  ${describeWorkload(workload)}`), ...logs];
    super(`not ready in namespace ${namespace} after ${seconds} s:\n${lines.join('\n')}`);
  }
}

/**
 * Waits until every workload of a namespace is complete, reporting what the late ones wait for.
 * @throws RolloutTimeoutError after `timeoutSeconds`.
 */
export async function waitForWorkloads(
  config: KubeConfig,
  namespace: string,
  timeoutSeconds: number,
  report: (text: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  const deadline = Date.now() + timeoutSeconds * 1000;
  for (;;) {
    const late = (await listWorkloadsOf(config, [namespace])).filter(({ complete }) => !complete);
    const waits = describeLate(late);
    if (waits === undefined) return;
    if (Date.now() > deadline) {
      throw new RolloutTimeoutError(namespace, timeoutSeconds, late, await readCrashLogs(config, namespace));
    }
    report(waits);
    await sleep(500, undefined, { signal });
  }
}

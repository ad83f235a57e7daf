import type { KubeConfig } from '@kubernetes/client-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { toError } from '../values/toError.ts';
import { readCrashLogs } from './crashLogs.ts';
import { listWorkloadsOf } from './listWorkloads.ts';
import { shorten } from './logLines.ts';
import { describeLate, describeWorkload, type WorkloadStatus } from './workload.ts';

/** Workloads were not ready in time. */
export class RolloutTimeoutError extends Error {
  override readonly name = 'RolloutTimeoutError';

  constructor(namespace: string, seconds: number, late: readonly WorkloadStatus[], logs: readonly string[]) {
    const lines = [...late.map((workload) => `  ${describeWorkload(workload)}`), ...logs];
    super(`not ready in namespace ${namespace} after ${seconds} s:\n${lines.join('\n')}`);
  }
}

export interface RolloutOptions {
  readonly namespace: string;
  readonly timeoutSeconds: number;
  /** Looks at the workloads. What it throws is reported and passed over until the time is up. */
  readonly look: () => Promise<readonly WorkloadStatus[]>;
  /** Reads the last lines of crashed containers, for the error. */
  readonly readLogs: () => Promise<readonly string[]>;
  readonly report: (text: string) => void;
  /** Ends the wait at once, also in the midst of a look. */
  readonly signal?: AbortSignal | undefined;
  /** @defaultValue 500 */
  readonly intervalMillis?: number;
  /** After how long a look counts as failed. @defaultValue 20 000 */
  readonly answerMillis?: number;
}

/**
 * Waits until every workload of a namespace is complete, reporting what the late ones wait for.
 * @throws RolloutTimeoutError after `timeoutSeconds`; an AbortError as soon as `signal` is aborted.
 */
export function waitForWorkloads(
  config: KubeConfig,
  namespace: string,
  timeoutSeconds: number,
  report: (text: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  const look = (): Promise<WorkloadStatus[]> => listWorkloadsOf(config, [namespace]);
  const readLogs = (): Promise<string[]> => readCrashLogs(config, namespace);
  return waitForRollout({ namespace, timeoutSeconds, look, readLogs, report, signal });
}

/** {@link waitForWorkloads} for whatever looks at workloads. */
export async function waitForRollout(options: RolloutOptions): Promise<void> {
  const { namespace, timeoutSeconds, report, readLogs, signal, intervalMillis = 500 } = options;
  const deadline = Date.now() + timeoutSeconds * 1000;
  let late: readonly WorkloadStatus[] = [];
  for (;;) {
    const found = await answerOf(options, options.look);
    const failure = found instanceof Error ? `the cluster does not answer: ${shorten(found.message)}` : undefined;
    if (!(found instanceof Error)) late = found.filter(({ complete }) => !complete);
    const waits = failure ?? describeLate(late);
    if (waits === undefined) return;
    if (Date.now() > deadline) {
      const logs = failure === undefined ? await answerOf(options, readLogs) : [`  ${failure}`];
      throw new RolloutTimeoutError(namespace, timeoutSeconds, late, logs instanceof Error ? [] : logs);
    }
    report(waits);
    await sleep(intervalMillis, undefined, { signal });
  }
}

/** One answer of the cluster, or why there is none. An abort alone is thrown: a request may hang for minutes. */
async function answerOf<T>(
  { signal, answerMillis = 20_000 }: RolloutOptions,
  ask: () => Promise<T>,
): Promise<T | Error> {
  const answered = new AbortController();
  const ended = AbortSignal.any([answered.signal, ...(signal === undefined ? [] : [signal])]);
  const silence = new Error(`nothing within ${answerMillis / 1000} s`);
  try {
    return await Promise.race([ask().catch(toError), sleep(answerMillis, silence, { signal: ended })]);
  } finally {
    answered.abort();
  }
}

import type { V1ContainerStatus, V1Pod } from '@kubernetes/client-node';
import { secondOf } from '../../../values/secondOf.ts';
import type { Check } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { declaredWorkloads, describeContainer, lastingContainers } from './declaredWorkloads.ts';

const windowMillis = 3_600_000;

/** No container has been started again of late. */
export const containerRestarts: Check = {
  id: 'container-restarts',
  component: 'workloads',
  title: 'no container has been started again in the last hour',
  run: async ({ deployment }) => {
    const now = Date.now();
    const workloads = await declaredWorkloads(deployment);
    return workloads.flatMap(({ pods }) => pods.flatMap((pod) => judgeRestarts(pod, now)));
  },
};

/** Judges the containers of a pod that run as long as it does. */
export function judgeRestarts(pod: V1Pod, nowMillis: number): Finding[] {
  const statuses = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  return lastingContainers(pod).flatMap(({ name }) => {
    const status = statuses.find((each) => each.name === name);
    return status === undefined ? [] : [judge(describeContainer(pod, name), status, nowMillis)];
  });
}

function judge(subject: string, { restartCount, lastState }: V1ContainerStatus, nowMillis: number): Finding {
  const expected = 'not started again in the last hour';
  const ended = lastState?.terminated;
  const endedAt = ended?.finishedAt === undefined ? undefined : new Date(ended.finishedAt);
  if (restartCount === 0) return { outcome: 'ok', subject, expected, found: 'never started again' };
  if (ended === undefined || endedAt === undefined || nowMillis - endedAt.getTime() > windowMillis)
    return { outcome: 'ok', subject, expected, found: `started again ${times(restartCount)}, all of them longer ago` };
  const reason = ended.reason === undefined ? '' : ` (${ended.reason})`;
  const found = `started again ${times(restartCount)}; it ended last at ${secondOf(endedAt)} with exit code ${ended.exitCode}${reason}`;
  return {
    outcome: 'warning',
    subject,
    expected,
    found,
    mend: 'see why with `kubectl logs --previous`; OOMKilled: give it more memory (docs/sizing.md)',
  };
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

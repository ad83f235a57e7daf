import type { V1Container, V1Pod } from '@kubernetes/client-node';
import type { Check } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { declaredWorkloads, describeContainer } from './declaredWorkloads.ts';

const amounts = ['cpu', 'memory'] as const;

/** Every container has requests and limits. */
export const containersLimited: Check = {
  id: 'containers-limited',
  component: 'workloads',
  title: 'every container has requests and limits of CPU and memory',
  run: async ({ deployment }) => (await declaredWorkloads(deployment)).flatMap(({ pods }) => pods.flatMap(judgeLimits)),
};

/** Judges every container of a pod. */
export function judgeLimits(pod: V1Pod): Finding[] {
  return [...(pod.spec?.initContainers ?? []), ...(pod.spec?.containers ?? [])].map((container) =>
    judge(pod, container),
  );
}

function judge(pod: V1Pod, { name, resources }: V1Container): Finding {
  const subject = describeContainer(pod, name);
  const expected = 'requests and limits of CPU and memory';
  const missing = amounts.flatMap((amount) => [
    ...(resources?.requests?.[amount] === undefined ? [`no request of ${amount}`] : []),
    ...(resources?.limits?.[amount] === undefined ? [`no limit of ${amount}`] : []),
  ]);
  if (missing.length === 0) {
    const { requests = {}, limits = {} } = resources ?? {};
    const told = amounts.map((amount) => `${amount} ${requests[amount] ?? ''} to ${limits[amount] ?? ''}`).join(', ');
    return { outcome: 'ok', subject, expected, found: told };
  }
  return {
    outcome: 'failed',
    subject,
    expected,
    found: missing.join(', '),
    mend: "`npm run up` sets them again, by the stack's configuration (resources)",
  };
}

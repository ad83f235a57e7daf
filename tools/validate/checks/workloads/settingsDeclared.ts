import type { Check } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { differences } from '../objects/drift/differences.ts';
import { declaredWorkloads, type DeclaredWorkload } from './declaredWorkloads.ts';

/**
 * What runs was started as the stack declares: environment, arguments, probes, resources, security context, volumes. A pod keeps the
 * template that it was made of, whatever becomes of that afterwards.
 */
export const settingsDeclared: Check = {
  id: 'settings-declared',
  component: 'workloads',
  title: 'every pod runs with the settings that the stack declares',
  run: async ({ deployment }) => (await declaredWorkloads(deployment)).flatMap(judgeSettings),
};

/** Judges the pods of a workload. What admission adds to pods, such as a token or a sidecar, is no difference; images are told elsewhere. */
export function judgeSettings({ podSpec, pods }: DeclaredWorkload): Finding[] {
  return pods.flatMap((pod): Finding[] => {
    const subject = `Pod ${pod.metadata?.namespace ?? ''}/${pod.metadata?.name ?? ''}`;
    const plain: unknown = JSON.parse(JSON.stringify(pod.spec ?? {}));
    // The StatefulSet controller names a claim's volume after the pod; DaemonSets pin theirs to a node.
    const found = differences(podSpec, plain, { more: true }).filter(
      ({ path }) => !path.endsWith('.image') && !path.startsWith('affinity'),
    );
    if (found.length === 0) return [{ outcome: 'ok', subject, expected: 'as declared', found: 'as declared' }];
    return found.map(({ path, expected, found: is }) => ({
      outcome: 'failed',
      subject,
      expected: `${path}: ${expected}`,
      found: `${path}: ${is}`,
      mend: '`npm run up` sets the template again and waits for pods of it; a pod that only is older is replaced by `kubectl rollout restart`',
    }));
  });
}

import type { V2HorizontalPodAutoscaler } from '@kubernetes/client-node';
import { isRecord } from '../../../values/isRecord.ts';
import type { Check } from '../../check.ts';
import { describeObject } from '../../declaredObject.ts';
import type { Deployment } from '../../deployment.ts';
import type { Finding } from '../../finding.ts';
import { declaredWorkloads, type DeclaredWorkload } from './declaredWorkloads.ts';

/** There are as many pods as the stack says: by a number, or within the bounds of an autoscaler. */
export const replicasDeclared: Check = {
  id: 'replicas-declared',
  component: 'workloads',
  title: 'every workload has as many pods as the stack says, or its autoscaler may give it',
  run: async ({ deployment }) => {
    const bounds = await readBounds(deployment);
    return (await declaredWorkloads(deployment))
      .filter(({ object }) => object.kind !== 'DaemonSet')
      .map((workload) => judgeReplicas(workload, bounds.get(workload.subject)));
  },
};

/** How many pods an autoscaler may give. */
export interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** Judges the number of pods that a workload asks for. That they are there and ready is another check's to say. */
export function judgeReplicas({ object, subject, live }: DeclaredWorkload, bounds: Bounds | undefined): Finding {
  const asked = live.spec?.replicas ?? 1;
  const spec = object.manifest['spec'];
  const declared = isRecord(spec) && typeof spec['replicas'] === 'number' ? spec['replicas'] : 1;
  const isAsDeclared = bounds === undefined ? asked === declared : asked >= bounds.least && asked <= bounds.most;
  const expected = bounds === undefined ? pods(declared) : `${bounds.least} to ${bounds.most} pods, by its autoscaler`;
  if (isAsDeclared) return { outcome: 'ok', subject, expected, found: pods(asked) };
  const mend =
    bounds === undefined
      ? "`npm run up` sets the number again; to have another, change it in the stack's configuration"
      : '`npm run up` sets the bounds again; an autoscaler brings the number within them, unless it has nothing to go by or the number is 0';
  return { outcome: 'failed', subject, expected, found: pods(asked), mend };
}

function pods(count: number): string {
  return count === 1 ? '1 pod' : `${count} pods`;
}

async function readBounds(deployment: Deployment): Promise<ReadonlyMap<string, Bounds>> {
  const autoscalers = (await deployment.declared()).filter(({ kind }) => kind === 'HorizontalPodAutoscaler');
  const found = autoscalers.map(({ namespace, manifest }) => {
    // The bounds are those declared: that the live ones are the same is told as drift.
    const { spec } = manifest as Partial<Pick<V2HorizontalPodAutoscaler, 'spec'>>;
    const { kind = '', name = '' } = spec?.scaleTargetRef ?? {};
    const target = describeObject({ kind, name, ...(namespace === undefined ? {} : { namespace }) });
    return [target, { least: spec?.minReplicas ?? 1, most: spec?.maxReplicas ?? 1 }] as const;
  });
  return new Map(found);
}

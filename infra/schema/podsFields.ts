import { mapping, wholeNumber } from './fields.ts';

/** How many pods there are, always and at least. @param what - Whose pods, as it completes "Pods of the …". */
export function pods(what: string, replicas: number) {
  return {
    replicas: podNumber(1, `Pods of the ${what}.`).default(replicas),
    autoscaling: mapping(
      {
        minReplicas: podNumber(1, 'Pods that are always there.').default(replicas),
        maxReplicas: podNumber(1, 'Pods at most.'),
        cpuPercent: wholeNumber({
          min: 10,
          max: 100,
          unit: 'percent',
          description: 'Share of the CPU request that pods use on average; above it, pods are added.',
        }).default(70),
      },
      `Has Kubernetes choose the number of pods, in place of replicas. The cluster must serve resource metrics (metrics-server).`,
    )
      .refine(({ minReplicas, maxReplicas }) => minReplicas <= maxReplicas, {
        path: ['maxReplicas'],
        error: 'must not be below minReplicas',
      })
      .optional(),
    minAvailable: podNumber(0, 'Pods that a drain of nodes leaves running. Left out: all but one.').optional(),
  };
}

function podNumber(min: number, description: string) {
  return wholeNumber({ min, max: 1000, unit: 'pods', description });
}

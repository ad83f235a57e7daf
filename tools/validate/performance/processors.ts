import { CoreV1Api, type KubeConfig } from '@kubernetes/client-node';
import { z } from 'zod';
import { parseQuantity } from '../../../policies/kubernetes/quantity.ts';

/** What the kubelet says of a container, as far as it is read here (`/stats/summary`). */
const cpu = z.object({ time: z.string(), usageCoreNanoSeconds: z.number() });
const summary = z.object({
  node: z.object({ nodeName: z.string(), cpu: cpu.optional() }),
  pods: z
    .array(
      z.object({
        podRef: z.object({ name: z.string(), namespace: z.string() }),
        containers: z.array(z.object({ name: z.string(), cpu: cpu.optional() })).default([]),
      }),
    )
    .default([]),
});

/** Processor time up to a moment. */
export interface ProcessorReading {
  readonly atSeconds: number;
  readonly usedSeconds: number;
}

/** Readings of containers, by `namespace/pod/container`, and of nodes, by `node/NAME`. */
export type ProcessorReadings = ReadonlyMap<string, ProcessorReading>;

/** Reads what every container of some nodes has used. The kubelet looks every ten seconds or so: readings have times of their own. */
export async function readProcessors(kube: KubeConfig, nodes: readonly string[]): Promise<ProcessorReadings> {
  const core = kube.makeApiClient(CoreV1Api);
  const found = await Promise.all(
    nodes.map(async (name) => {
      const answer: unknown = await core.connectGetNodeProxyWithPath({ name, path: 'stats/summary' });
      return readings(summary.parse(typeof answer === 'string' ? JSON.parse(answer) : answer));
    }),
  );
  return new Map(found.flat());
}

function readings({ node, pods }: z.infer<typeof summary>): [string, ProcessorReading][] {
  const read = (key: string, value: z.infer<typeof cpu> | undefined): [string, ProcessorReading][] =>
    value === undefined
      ? []
      : [[key, { atSeconds: Date.parse(value.time) / 1000, usedSeconds: value.usageCoreNanoSeconds / 1e9 }]];
  return [
    ...read(`node/${node.nodeName}`, node.cpu),
    ...pods.flatMap(({ podRef, containers }) =>
      containers.flatMap((container) => read(`${podRef.namespace}/${podRef.name}/${container.name}`, container.cpu)),
    ),
  ];
}

/** Processors that were kept busy between two readings; those of which there is no second one are left out. */
export function busyBetween(before: ProcessorReadings, after: ProcessorReadings): ReadonlyMap<string, number> {
  return new Map(
    [...after].flatMap(([key, { atSeconds, usedSeconds }]): [string, number][] => {
      const earlier = before.get(key);
      if (earlier === undefined || atSeconds <= earlier.atSeconds) return [];
      return [[key, Math.max(0, usedSeconds - earlier.usedSeconds) / (atSeconds - earlier.atSeconds)]];
    }),
  );
}

/** How many processors each of some nodes has. */
export async function readNodeProcessors(
  kube: KubeConfig,
  nodes: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const core = kube.makeApiClient(CoreV1Api);
  const found = await Promise.all(nodes.map((name) => core.readNode({ name })));
  return new Map(found.map(({ metadata, status }) => [metadata?.name ?? '', cores(status?.capacity?.['cpu'] ?? '')]));
}

/** A quantity of processors, such as `250m`, as a number; 0 for what is none. */
export function cores(quantity: string): number {
  return Number(parseQuantity(quantity) ?? 0n) / 1e9;
}

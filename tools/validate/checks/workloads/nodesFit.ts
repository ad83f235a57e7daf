import { CoreV1Api, type V1Container, type V1Node, type V1Pod, type V1PodSpec } from '@kubernetes/client-node';
import { parseQuantity } from '../../../../policies/kubernetes/quantity.ts';
import { nodeProblem } from '../../../kube/nodeProblems.ts';
import type { Check } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { declaredWorkloads, isLasting } from './declaredWorkloads.ts';
import { takesPods } from './replicasSpread.ts';

/** What a pod asks for, or a node has left: cores, bytes and places for pods. */
export interface Room {
  readonly cpu: number;
  readonly memory: number;
  readonly pods: number;
}

/** Nodes with our pods are well, and some node has room for one more pod of each workload, as a rolling update and a lost node ask for. */
export const nodesFit: Check = {
  id: 'nodes-fit',
  component: 'workloads',
  title: 'nodes are well and have room for one more pod of each workload',
  run: async ({ deployment }) => {
    const core = (await deployment.kube()).makeApiClient(CoreV1Api);
    const [nodes, all, own, workloads] = await Promise.all([
      core.listNode(),
      core.listPodForAllNamespaces(),
      deployment.pods(),
      declaredWorkloads(deployment),
    ]);
    const waiting = own.some(({ status }) => status?.phase === 'Pending');
    const free = nodes.items.filter(takesPods).map((node) => freeRoom(node, all.items));
    return [
      ...nodes.items.map((node) => judgeNode(node, nodeProblem(node, own, waiting))),
      ...workloads
        // A node's agent is there once; a set's pod ends before the next begins.
        .filter(({ object }) => object.kind === 'Deployment')
        .map(({ subject, live }) => judgeRoom(subject, neededRoom(live.spec?.template?.spec), free)),
    ];
  },
};

function judgeNode(node: V1Node, problem: string | undefined): Finding {
  const subject = `Node ${node.metadata?.name ?? ''}`;
  const expected = 'ready, and open to pods where some wait';
  if (problem === undefined) return { outcome: 'ok', subject, expected, found: 'nothing that touches the stack' };
  return { outcome: 'failed', subject, expected, found: problem, mend: 'do what the sentence says' };
}

/** Judges whether one more pod of a workload has a place. */
export function judgeRoom(subject: string, needed: Room, free: readonly Room[]): Finding {
  const expected = `room for one more pod (${describe(needed)})`;
  const most = free.reduce<Room>((best, room) => (fits(needed, best) || best.cpu > room.cpu ? best : room), {
    cpu: 0,
    memory: 0,
    pods: 0,
  });
  const found = `the freest of ${free.length} nodes has ${describe(most)}`;
  if (free.some((room) => fits(needed, room))) return { outcome: 'ok', subject, expected, found };
  const mend =
    'add a node, or ask for less (resources): without room a rolling update waits, and so does the pod of a lost node';
  return { outcome: 'warning', subject, expected, found, mend };
}

/** What a node could still give. */
export function freeRoom({ metadata, status }: V1Node, pods: readonly V1Pod[]): Room {
  const there = pods.filter(
    (pod) => pod.spec?.nodeName === metadata?.name && !['Succeeded', 'Failed'].includes(pod.status?.phase ?? ''),
  );
  const used = there.map(({ spec }) => neededRoom(spec));
  const { cpu = '0', memory = '0', pods: places = '0' } = status?.allocatable ?? {};
  return {
    cpu: used.reduce((left, each) => left - each.cpu, amount(cpu)),
    memory: used.reduce((left, each) => left - each.memory, amount(memory)),
    pods: amount(places) - there.length,
  };
}

/** What the scheduler counts: containers and sidecars together, or the largest of what comes before them. */
export function neededRoom(spec: V1PodSpec | undefined): Room {
  const before = (spec?.initContainers ?? []).filter((container) => !isLasting(container));
  const lasting = [...(spec?.initContainers ?? []).filter(isLasting), ...(spec?.containers ?? [])];
  const of = (key: 'cpu' | 'memory'): number => {
    const sum = lasting.reduce((total, container) => total + requested(container, key), 0);
    return (
      Math.max(sum, ...before.map((container) => requested(container, key))) + amount(spec?.overhead?.[key] ?? '0')
    );
  };
  return { cpu: of('cpu'), memory: of('memory'), pods: 1 };
}

function requested({ resources }: V1Container, key: 'cpu' | 'memory'): number {
  return amount(resources?.requests?.[key] ?? resources?.limits?.[key] ?? '0');
}

function amount(quantity: string): number {
  return Number(parseQuantity(quantity) ?? 0n) / 1e9;
}

function fits(needed: Room, room: Room): boolean {
  return needed.cpu <= room.cpu && needed.memory <= room.memory && needed.pods <= room.pods;
}

function describe({ cpu, memory, pods }: Room): string {
  const places = `${Math.max(0, pods)} ${pods === 1 ? 'place' : 'places'}`;
  return `${Math.max(0, Math.round(cpu * 1000))}m CPU, ${Math.max(0, Math.floor(memory / 2 ** 20))} MiB, ${places}`;
}

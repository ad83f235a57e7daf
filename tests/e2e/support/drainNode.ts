import { ApiException, CoreV1Api, type KubeConfig, type V1Pod } from '@kubernetes/client-node';
import { setTimeout as sleep } from 'node:timers/promises';

const PAUSE_MILLIS = 500;

/**
 * Empties a node as `kubectl drain --ignore-daemonsets --delete-emptydir-data --force` does: no new pods, and every pod but
 * those of DaemonSets is evicted as soon as its disruption budget allows. Returns when they are gone.
 *
 * @returns the evicted pods, as `namespace/name`
 * @throws Error naming the pods that are still there after so many seconds, and what refuses their eviction.
 */
export async function drainNode(kube: KubeConfig, node: string, seconds = 180): Promise<readonly string[]> {
  await cordonNode(kube, node);
  const core = kube.makeApiClient(CoreV1Api);
  const { items } = await core.listPodForAllNamespaces({ fieldSelector: `spec.nodeName=${node}` });
  const pods = items.filter(({ metadata }) => !metadata?.ownerReferences?.some(({ kind }) => kind === 'DaemonSet'));
  const deadline = Date.now() + seconds * 1000;
  await Promise.all(pods.map((pod) => evict(core, pod, deadline)));
  return pods.map(nameOf);
}

/** Keeps new pods off a node. */
export function cordonNode(kube: KubeConfig, node: string): Promise<void> {
  return setUnschedulable(kube, node, true);
}

/** Lets a drained node have pods again. */
export function uncordonNode(kube: KubeConfig, node: string): Promise<void> {
  return setUnschedulable(kube, node, false);
}

async function setUnschedulable(kube: KubeConfig, name: string, unschedulable: boolean): Promise<void> {
  const core = kube.makeApiClient(CoreV1Api);
  await core.patchNode({ name, body: [{ op: 'add', path: '/spec/unschedulable', value: unschedulable }] });
}

async function evict(core: CoreV1Api, pod: V1Pod, deadline: number): Promise<void> {
  const { name = '', namespace = '', uid } = pod.metadata ?? {};
  const body = { metadata: { name, namespace }, deleteOptions: { preconditions: { uid: uid ?? '' } } };
  let refusal = 'it was told to end';
  const isGone = async (): Promise<boolean> => {
    const found = await unlessAnswered(404, core.readNamespacedPod({ name, namespace }));
    if (found === undefined || found.metadata?.uid !== uid) return true;
    if (found.metadata?.deletionTimestamp !== undefined) return false;
    // 429: its budget, or one that is just being counted anew, does not allow it now.
    const evicted = await unlessAnswered(429, core.createNamespacedPodEviction({ name, namespace, body }));
    refusal = evicted === undefined ? 'its disruption budget refuses' : 'it was told to end';
    return false;
  };
  while (!(await isGone())) {
    if (Date.now() > deadline) throw new Error(`${nameOf(pod)} is still on its node: ${refusal}`);
    await sleep(PAUSE_MILLIS);
  }
}

/** Undefined when the API answers with this status. */
async function unlessAnswered<T>(code: number, request: Promise<T>): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof ApiException && error.code === code) return undefined;
    throw error;
  }
}

function nameOf({ metadata }: V1Pod): string {
  return `${metadata?.namespace ?? ''}/${metadata?.name ?? ''}`;
}

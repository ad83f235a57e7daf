import { isRecord } from '../values/isRecord.ts';
import type { ReadinessContext } from './readinessContext.ts';

type NodeContext = Pick<ReadinessContext, 'api' | 'nodeName' | 'nodeStartedAt'>;

/**
 * Undefined when the kubelet of this very start reports a ready node and has looked at every pod;
 * otherwise what is amiss. The API remembers what the last kubelet said, which is no longer true.
 */
export async function describeNode(context: NodeContext): Promise<string | undefined> {
  const node = await context.api.getJson(`/api/v1/nodes/${context.nodeName}`);
  const ready = conditionOf(node, 'Ready');
  if (ready === undefined || isOlder(ready['lastHeartbeatTime'], context)) return 'the kubelet has not reported yet';
  if (ready['status'] !== 'True') return `it is not ready: ${String(ready['message'])}`;
  const pods = await listPods(context, `/api/v1/pods?fieldSelector=spec.nodeName%3D${context.nodeName}`);
  const stale = pods.find((pod) => isReady(pod) && !isFresh(pod, context));
  return stale === undefined ? undefined : `the kubelet has not looked at pod ${nameOf(stale)} yet`;
}

/** Undefined when a pod of the cluster's DNS that was started by this kubelet is ready. */
export async function describeDns(context: NodeContext): Promise<string | undefined> {
  const pods = await listPods(context, '/api/v1/namespaces/kube-system/pods?labelSelector=k8s-app%3Dkube-dns');
  if (pods.some((pod) => isReady(pod) && isFresh(pod, context))) return undefined;
  return pods.length === 0 ? 'it has no pod yet' : `its pod ${pods.map(nameOf).join(', ')} is not ready yet`;
}

function isReady(pod: unknown): boolean {
  return conditionOf(pod, 'Ready')?.['status'] === 'True';
}

function isFresh(pod: unknown, context: NodeContext): boolean {
  const containers = listOf(field(field(pod, 'status'), 'containerStatuses'));
  return containers.every((container) => {
    const running = field(field(container, 'state'), 'running');
    return running === undefined || !isOlder(field(running, 'startedAt'), context);
  });
}

// The API's times have whole seconds.
function isOlder(time: unknown, context: NodeContext): boolean {
  return typeof time !== 'string' || Date.parse(time) < Math.floor(context.nodeStartedAt / 1000) * 1000;
}

async function listPods({ api }: NodeContext, path: string): Promise<readonly unknown[]> {
  return listOf(field(await api.getJson(path), 'items'));
}

function conditionOf(object: unknown, type: string): Record<string, unknown> | undefined {
  const conditions = listOf(field(field(object, 'status'), 'conditions'));
  return conditions.filter(isRecord).find((condition) => condition['type'] === type);
}

function nameOf(pod: unknown): string {
  const metadata = field(pod, 'metadata');
  return `${String(field(metadata, 'namespace'))}/${String(field(metadata, 'name'))}`;
}

function field(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

import { ApiException, CoreV1Api, type KubeConfig, type V1Container, type V1Pod } from '@kubernetes/client-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { unlessAbsent } from '../../../../kube/namespaces.ts';
import { NotCheckableError } from '../../../deployment.ts';
import type { FlowSource } from './expectedFlow.ts';
import { parseRounds, tryScript, type Round } from './tryScript.ts';

/** Label of what a check makes for a while. */
export const managedByValidate = { 'app.kubernetes.io/managed-by': 'tracewright-validate' } as const;

/** What names of pods and namespaces begin with. */
export const namePrefix = 'tracewright-validate-';

/** What pods are made with. */
export interface TryingOptions {
  readonly kube: KubeConfig;
  /** An image with a shell and curl. */
  readonly image: string;
  /** Name of the pods, and the beginning of the namespaces'. */
  readonly name: string;
  readonly signal: AbortSignal;
}

const startSeconds = 30;
const pollMillis = 400;

/** Makes a namespace; disposing of it has Kubernetes delete it with all that is in it, which takes it some seconds more. */
export async function makeNamespace(
  { kube }: TryingOptions,
  name: string,
  labels: Readonly<Record<string, string>>,
): Promise<AsyncDisposable> {
  const core = kube.makeApiClient(CoreV1Api);
  const restricted = { 'pod-security.kubernetes.io/enforce': 'restricted' };
  await core.createNamespace({
    body: { metadata: { name, labels: { ...managedByValidate, ...restricted, ...labels } } },
  });
  return {
    [Symbol.asyncDispose]: async () => {
      await core.deleteNamespace({ name }).catch(unlessAbsent);
    },
  };
}

/** A pod that tries connections, over and over. */
export interface TryingPod extends AsyncDisposable {
  readonly source: FlowSource;
  readonly address: string;
  /** What it has found so far. */
  rounds(): Promise<readonly Round[]>;
}

/** Makes a pod that tries these addresses, and ends by itself after some minutes; disposing of it deletes it. */
export async function startPod(
  options: TryingOptions,
  source: FlowSource,
  addresses: readonly string[],
): Promise<TryingPod> {
  const { kube, name, signal } = options;
  const { namespace } = source;
  const core = kube.makeApiClient(CoreV1Api);
  await using made = new AsyncDisposableStack();
  made.defer(async () => {
    await core
      .deleteNamespacedPod({ name: podName(name, source), namespace, gracePeriodSeconds: 0 })
      .catch(unlessAbsent);
  });
  const body = podOf(options, source, addresses);
  await createPod(core, namespace, body, signal);
  const address = await addressOnceRunning(core, body, signal);
  const disposed = made.move();
  return {
    source,
    address,
    rounds: async () => parseRounds(await core.readNamespacedPodLog({ name: podName(name, source), namespace })),
    [Symbol.asyncDispose]: () => disposed.disposeAsync(),
  };
}

function podName(name: string, source: FlowSource): string {
  return `${name}-${source.name.replaceAll(/[^a-z0-9]+/g, '-')}`;
}

/** A pod that Pod Security "restricted" takes; no Service leads to it, and no workload takes it for one of its own. */
function podOf({ image, name }: TryingOptions, source: FlowSource, addresses: readonly string[]): V1Pod {
  const container: V1Container = {
    name: 'try',
    image,
    imagePullPolicy: 'IfNotPresent',
    command: ['/bin/sh', '-c', tryScript, 'try', ...addresses],
    resources: { requests: { cpu: '20m', memory: '32Mi' }, limits: { cpu: '1', memory: '256Mi' } },
    securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
  };
  return {
    metadata: {
      name: podName(name, source),
      namespace: source.namespace,
      labels: { ...source.labels, ...managedByValidate },
    },
    spec: {
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      restartPolicy: 'Never',
      terminationGracePeriodSeconds: 1,
      activeDeadlineSeconds: 180,
      securityContext: { runAsNonRoot: true, runAsUser: 10_001, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [container],
    },
  };
}

/** A namespace that has just been made has no account to run pods as for a moment. */
async function createPod(core: CoreV1Api, namespace: string, body: V1Pod, signal: AbortSignal): Promise<void> {
  for (const deadline = Date.now() + 10_000; ; await sleep(pollMillis, undefined, { signal })) {
    try {
      await core.createNamespacedPod({ namespace, body });
      return;
    } catch (error) {
      const isEarly = error instanceof ApiException && /service ?account/i.test(String(error.body));
      if (!isEarly || Date.now() > deadline) throw error;
    }
  }
}

async function addressOnceRunning(core: CoreV1Api, { metadata }: V1Pod, signal: AbortSignal): Promise<string> {
  const { name = '', namespace = '' } = metadata ?? {};
  for (const deadline = Date.now() + startSeconds * 1000; ; await sleep(pollMillis, undefined, { signal })) {
    const { status } = await core.readNamespacedPod({ name, namespace });
    if (status?.phase === 'Running' && status.podIP !== undefined) return status.podIP;
    if (status?.phase === 'Failed' || Date.now() > deadline)
      throw new NotCheckableError(
        `the pod ${namespace}/${name} to try from does not run after ${startSeconds} s: ${reasonOf(status)}`,
        'see whether the cluster has room for one more pod, and can take the image of curl that the stack runs',
      );
  }
}

function reasonOf(status: V1Pod['status']): string {
  const waiting = status?.containerStatuses?.[0]?.state?.waiting;
  const unscheduled = status?.conditions?.find(
    ({ type, status: holds }) => type === 'PodScheduled' && holds === 'False',
  );
  return waiting?.message ?? waiting?.reason ?? unscheduled?.message ?? status?.message ?? 'no reason is given';
}

import { CoreV1Api, type KubeConfig, type V1Pod } from '@kubernetes/client-node';
import { expect, vi } from 'vitest';

/** A pod of one container with Redis' image, which has a shell and a server. */
export interface PinnedPod {
  readonly namespace: string;
  readonly name: string;
  /** The node that it is to run on; anywhere when left out. */
  readonly node?: string;
  readonly command: readonly string[];
  /** Beside `name`, which is the pod's own. */
  readonly labels?: Readonly<Record<string, string>>;
  /** A claim, mounted as `/data` for the pod's root. */
  readonly claim?: string;
}

/** For how long a pod's start and end are waited for. */
export const podPatience = { timeout: 90_000, interval: 250 };

/** Creates a pod, which the scheduler brings to its node. */
export async function createPinnedPod(kube: KubeConfig, pod: PinnedPod): Promise<void> {
  const { namespace, name, node, command, labels = {}, claim } = pod;
  const mount = claim === undefined ? {} : { volumeMounts: [{ name: 'data', mountPath: '/data' }] };
  const container = { name: 'main', image: 'redis:7', imagePullPolicy: 'Never', command: [...command], ...mount };
  await kube.makeApiClient(CoreV1Api).createNamespacedPod({
    namespace,
    body: {
      metadata: { name, labels: { name, ...labels } },
      spec: {
        restartPolicy: 'Never',
        terminationGracePeriodSeconds: 0,
        ...(node === undefined ? {} : { nodeSelector: { 'kubernetes.io/hostname': node } }),
        ...(claim === undefined
          ? {}
          : {
              securityContext: { runAsUser: 0 },
              volumes: [{ name: 'data', persistentVolumeClaim: { claimName: claim } }],
            }),
        containers: [container],
      },
    },
  });
}

/** Waits until the pod has an address and its container runs. */
export async function waitForPod(kube: KubeConfig, namespace: string, name: string): Promise<V1Pod> {
  const core = kube.makeApiClient(CoreV1Api);
  return vi.waitFor(async () => {
    const pod = await core.readNamespacedPod({ namespace, name });
    expect(pod.status?.phase).toBe('Running');
    return pod;
  }, podPatience);
}

/** Runs a pod to its end, and gives what it wrote and whether it succeeded. It is deleted. */
export async function runPinnedPod(
  kube: KubeConfig,
  pod: PinnedPod,
): Promise<{ readonly succeeded: boolean; readonly log: string; readonly node: string }> {
  const core = kube.makeApiClient(CoreV1Api);
  const { namespace, name } = pod;
  await createPinnedPod(kube, pod);
  const ended = await vi.waitFor(async () => {
    const found = await core.readNamespacedPod({ namespace, name });
    expect(found.status?.phase).toMatch(/^(Succeeded|Failed)$/);
    return found;
  }, podPatience);
  const log = await core.readNamespacedPodLog({ namespace, name });
  await core.deleteNamespacedPod({ namespace, name, gracePeriodSeconds: 0 });
  await vi.waitFor(
    () => expect(core.readNamespacedPod({ namespace, name })).rejects.toMatchObject({ code: 404 }),
    podPatience,
  );
  return { succeeded: ended.status?.phase === 'Succeeded', log, node: ended.spec?.nodeName ?? '' };
}

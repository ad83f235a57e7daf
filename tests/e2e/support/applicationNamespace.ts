import { BatchV1Api, CoreV1Api, type KubeConfig, type V1Container, type V1PodSpec } from '@kubernetes/client-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { tracesToLabel } from '../../../infra/kubernetes/labels.ts';
import { deleteNamespace } from '../../../tools/kube/namespaces.ts';
import { reachFirst, type HostPort } from './reachFirst.ts';

/** What a Job of an application runs. */
export interface ApplicationJob {
  readonly name: string;
  readonly container: Pick<
    V1Container,
    'image' | 'command' | 'args' | 'env' | 'envFrom' | 'volumeMounts' | 'resources'
  >;
  readonly volumes?: V1PodSpec['volumes'];
  /** What the pod tries to reach before its work; see {@link reachFirst}. @defaultValue nothing */
  readonly reachesFirst?: readonly HostPort[];
  /** Milliseconds between looks at whether it has ended. @defaultValue 300 */
  readonly pauseMillis?: number;
}

/** How a Job ended. */
export interface JobResult {
  readonly succeeded: boolean;
  readonly log: string;
}

const JOB_SECONDS = 120;

/** A namespace as an application team has one, under Pod Security "restricted"; disposing of it deletes it. */
export class ApplicationNamespace implements AsyncDisposable {
  readonly name: string;
  readonly #kube: KubeConfig;

  private constructor(kube: KubeConfig, name: string) {
    this.#kube = kube;
    this.name = name;
  }

  /**
   * Makes the namespace anew: what an earlier, killed run left is deleted.
   *
   * @param tracesTo - Namespace of the Jaeger that its pods may send spans to, by the label. Left out: of none.
   */
  static async create(kube: KubeConfig, name: string, tracesTo?: string): Promise<ApplicationNamespace> {
    await deleteNamespace(kube, name, () => undefined);
    const labels = {
      'pod-security.kubernetes.io/enforce': 'restricted',
      ...(tracesTo !== undefined && { [tracesToLabel]: tracesTo }),
    };
    await kube.makeApiClient(CoreV1Api).createNamespace({ body: { metadata: { name, labels } } });
    return new ApplicationNamespace(kube, name);
  }

  /** Makes a ConfigMap. */
  async createConfigMap(name: string, data: Readonly<Record<string, string>>): Promise<void> {
    await this.#kube
      .makeApiClient(CoreV1Api)
      .createNamespacedConfigMap({ namespace: this.name, body: { metadata: { name }, data } });
  }

  /** Runs one pod to its end, successful or not. */
  async run(job: ApplicationJob): Promise<JobResult> {
    const { name, container, volumes, reachesFirst = [], pauseMillis = 300 } = job;
    const batch = this.#kube.makeApiClient(BatchV1Api);
    const { containers, ...pod } = applicationPodSpec(name, container, volumes);
    const spec = { ...pod, initContainers: reachesFirst.length === 0 ? [] : [reachFirst(reachesFirst)], containers };
    await batch.createNamespacedJob({
      namespace: this.name,
      body: { metadata: { name }, spec: { backoffLimit: 0, template: { spec } } },
    });
    for (const deadline = Date.now() + JOB_SECONDS * 1000; Date.now() < deadline; await sleep(pauseMillis)) {
      const { status } = await batch.readNamespacedJob({ namespace: this.name, name });
      const { succeeded = 0, failed = 0 } = status ?? {};
      if (succeeded + failed > 0) return { succeeded: succeeded > 0, log: await this.#readLog(name) };
    }
    throw new Error(`the job ${name} did not end within ${JOB_SECONDS} s; ${await this.#readEvents()}`);
  }

  async #readLog(job: string): Promise<string> {
    const core = this.#kube.makeApiClient(CoreV1Api);
    const { items } = await core.listNamespacedPod({ namespace: this.name, labelSelector: `job-name=${job}` });
    return core.readNamespacedPodLog({ namespace: this.name, name: items[0]?.metadata?.name ?? '' });
  }

  async #readEvents(): Promise<string> {
    const { items } = await this.#kube.makeApiClient(CoreV1Api).listNamespacedEvent({ namespace: this.name });
    return items.map(({ reason, message }) => `${reason ?? ''}: ${message ?? ''}`).join('; ');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await deleteNamespace(this.#kube, this.name, () => undefined);
  }
}

/** A pod that Pod Security "restricted" takes, with one container of the pod's own name; it is not started again. */
export function applicationPodSpec(
  name: string,
  container: ApplicationJob['container'],
  volumes: NonNullable<V1PodSpec['volumes']> = [],
): V1PodSpec {
  const security = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } };
  return {
    restartPolicy: 'Never',
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: { runAsNonRoot: true, runAsUser: 10_001, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [{ ...container, name, imagePullPolicy: 'Never', securityContext: security }],
    volumes,
  };
}

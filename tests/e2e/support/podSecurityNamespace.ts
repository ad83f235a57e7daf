import { ApiException, CoreV1Api, PatchStrategy, setHeaderOptions, type KubeConfig } from '@kubernetes/client-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { deleteNamespace, unlessAbsent } from '../../../tools/kube/namespaces.ts';
import { changedPod, type PodManifest } from '../../support/podSecurityPods.ts';
import type { RenderedObject } from './renderedStack.ts';
import { submitStrictly } from './strictSubmission.ts';

const ACCOUNT_SECONDS = 30;
const waiting = 'waiting';
const refused = z.object({ message: z.string() });

/** What the API server says to an object that is only checked, not made. */
export interface PodSecurityVerdict {
  /** 200 or 201 for one that is taken, 403 for one that Pod Security refuses. */
  readonly status: number;
  /** Why it is refused, or a warning about it; the empty text for neither. */
  readonly said: string;
}

/** A namespace in which objects are held against Pod Security; disposing of it deletes it. */
export class PodSecurityNamespace implements AsyncDisposable {
  readonly name: string;
  readonly #kube: KubeConfig;

  private constructor(kube: KubeConfig, name: string) {
    this.#kube = kube;
    this.name = name;
  }

  /**
   * Makes the namespace anew, with a pod that no node takes: ephemeral containers are put into it.
   *
   * @param levels - `{ enforce: 'baseline' }`, `{ warn: 'restricted' }`; always of the server's own version.
   */
  static async create(kube: KubeConfig, name: string, levels: Readonly<Record<string, string>>) {
    await deleteNamespace(kube, name, () => undefined);
    const labels = Object.fromEntries(
      Object.entries(levels).map(([mode, level]) => [`pod-security.kubernetes.io/${mode}`, level]),
    );
    const core = kube.makeApiClient(CoreV1Api);
    await core.createNamespace({ body: { metadata: { name, labels } } });
    await waitForAccount(core, name);
    const pod = changedPod({ 'metadata.name': waiting, 'spec.nodeSelector': { 'tracewright.test/node': 'none' } });
    const { status, refusal } = await submitStrictly(kube, placed(pod, name), 'create');
    if (status !== 201) throw new Error(`the pod of namespace ${name} is refused: ${refusal}`);
    return new PodSecurityNamespace(kube, name);
  }

  /** What the server would say to a new pod, or to its ephemeral containers in the pod that waits. */
  async judgePod(pod: PodManifest): Promise<PodSecurityVerdict> {
    const { ephemeralContainers } = pod.spec;
    return ephemeralContainers === undefined ? this.judge(pod) : this.#judgeEphemeral(ephemeralContainers);
  }

  /** What the server would say to a new object. */
  async judge(object: RenderedObject): Promise<PodSecurityVerdict> {
    const { status, refusal, warnings } = await submitStrictly(this.#kube, placed(object, this.name), 'dry-run');
    const warning = warnings.find((text) => text.includes('PodSecurity')) ?? '';
    // A header holds the text as `299 - "..."`.
    return { status, said: refusal || warning.replace(/^\d+ \S+ "(.*)"$/s, '$1').replaceAll('\\"', '"') };
  }

  async #judgeEphemeral(ephemeralContainers: unknown): Promise<PodSecurityVerdict> {
    try {
      await this.#kube.makeApiClient(CoreV1Api).patchNamespacedPodEphemeralcontainers(
        {
          namespace: this.name,
          name: waiting,
          dryRun: 'All',
          fieldValidation: 'Strict',
          body: { spec: { ephemeralContainers } },
        },
        setHeaderOptions('Content-Type', PatchStrategy.StrategicMergePatch),
      );
      return { status: 200, said: '' };
    } catch (error) {
      if (!(error instanceof ApiException)) throw error;
      return { status: error.code, said: refused.parse(JSON.parse(String(error.body))).message };
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await deleteNamespace(this.#kube, this.name, () => undefined);
  }
}

function placed<Object extends RenderedObject>(object: Object, namespace: string): Object {
  return { ...object, metadata: { ...object.metadata, namespace } };
}

/** Without it the API server takes no pod. */
async function waitForAccount(core: CoreV1Api, namespace: string): Promise<void> {
  for (const deadline = Date.now() + ACCOUNT_SECONDS * 1000; Date.now() < deadline; await sleep(100))
    if ((await core.readNamespacedServiceAccount({ namespace, name: 'default' }).catch(unlessAbsent)) !== undefined)
      return;
  throw new Error(`namespace ${namespace} has no ServiceAccount within ${ACCOUNT_SECONDS} s`);
}

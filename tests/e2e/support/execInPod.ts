import { CoreV1Api, type KubeConfig } from '@kubernetes/client-node';
import { execInContainer } from '../../../tools/kube/execInContainer.ts';

/** A container of the first pod of a workload. */
export interface PodOf {
  readonly namespace: string;
  /** Value of `app.kubernetes.io/name`, and name of the container. */
  readonly name: string;
}

/** Runs a command in a container that runs, as `kubectl exec` does, and returns what it wrote to standard output. */
export async function execInPod(kube: KubeConfig, { namespace, name }: PodOf, command: string[]): Promise<string> {
  const labelSelector = `app.kubernetes.io/name=${name}`;
  const { items } = await kube.makeApiClient(CoreV1Api).listNamespacedPod({ namespace, labelSelector });
  const pod = items.find(({ status }) => status?.phase === 'Running')?.metadata?.name;
  if (pod === undefined) throw new Error(`no pod of ${name} runs in ${namespace}`);
  const { succeeded, output, errors } = await execInContainer(kube, { namespace, pod, container: name }, command);
  if (!succeeded) throw new Error(`${command.join(' ')} failed in ${pod}:\n${output}${errors}`);
  return output;
}

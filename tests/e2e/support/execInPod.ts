import { CoreV1Api, Exec, type KubeConfig } from '@kubernetes/client-node';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';

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
  const output = new PassThrough();
  const errors = new PassThrough();
  const written = Promise.all([text(output), text(errors)]);
  const status = await new Promise<string | undefined>((resolve, reject) => {
    const ended = new Exec(kube).exec(namespace, pod, name, command, output, errors, null, false, (answer) =>
      resolve(answer.status),
    );
    ended.catch(reject);
  });
  output.end();
  errors.end();
  const [said, complained] = await written;
  if (status !== 'Success') throw new Error(`${command.join(' ')} failed in ${pod}:\n${said}${complained}`);
  return said;
}

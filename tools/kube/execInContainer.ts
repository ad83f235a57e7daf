import { Exec, type KubeConfig } from '@kubernetes/client-node';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';

/** A container of a pod that runs. */
export interface ContainerPlace {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

/** What a command came to. */
export interface ExecResult {
  /** Whether it ended with 0. */
  readonly succeeded: boolean;
  readonly output: string;
  readonly errors: string;
}

/** Runs a command in a container, as `kubectl exec` does, and waits for its end. */
export async function execInContainer(
  kube: KubeConfig,
  { namespace, pod, container }: ContainerPlace,
  command: string[],
): Promise<ExecResult> {
  const [output, errors] = [new PassThrough(), new PassThrough()];
  const written = Promise.all([text(output), text(errors)]);
  const status = await new Promise<string | undefined>((resolve, reject) => {
    new Exec(kube)
      .exec(namespace, pod, container, command, output, errors, null, false, (answer) => resolve(answer.status))
      .catch(reject);
  });
  output.end();
  errors.end();
  const [said, complained] = await written;
  return { succeeded: status === 'Success', output: said, errors: complained };
}

import { ApiException, CoreV1Api, type KubeConfig } from '@kubernetes/client-node';
import { setTimeout as sleep } from 'node:timers/promises';

/** A namespace was still there after the time allowed. */
export class NamespaceStuckError extends Error {
  override readonly name = 'NamespaceStuckError';

  constructor(namespace: string, seconds: number, conditions: readonly string[]) {
    super(
      `namespace ${namespace} is still being deleted after ${seconds} s: ${conditions.join('; ') || 'no reason given'}`,
    );
  }
}

/** Deletes a namespace with all that is in it and waits until it is gone; one that is not there is fine. */
export async function deleteNamespace(
  kube: KubeConfig,
  name: string,
  report: (text: string) => void,
  timeoutSeconds = 180,
): Promise<void> {
  const core = kube.makeApiClient(CoreV1Api);
  await core.deleteNamespace({ name }).catch(unlessAbsent);
  const deadline = Date.now() + timeoutSeconds * 1000;
  for (;;) {
    const namespace = await core.readNamespace({ name }).catch(unlessAbsent);
    if (namespace === undefined) return;
    const conditions = (namespace.status?.conditions ?? [])
      .filter(({ status }) => status === 'True')
      .map(({ message }) => message ?? '');
    if (Date.now() > deadline) throw new NamespaceStuckError(name, timeoutSeconds, conditions);
    report(`waiting until namespace ${name} is gone`);
    await sleep(500);
  }
}

/** Turns the API server's "not found" into undefined; every other failure is thrown again. */
export function unlessAbsent(error: unknown): undefined {
  if (error instanceof ApiException && error.code === 404) return undefined;
  throw error;
}

import { CoreV1Api, type KubeConfig } from '@kubernetes/client-node';
import { printable } from './logLines.ts';

const tailLines = 5;

/** The last lines of every container of a namespace that ended and is not ready since, under a line that names it. */
export async function readCrashLogs(config: KubeConfig, namespace: string): Promise<string[]> {
  const core = config.makeApiClient(CoreV1Api);
  const { items } = await core.listNamespacedPod({ namespace });
  const crashed = items.flatMap(({ metadata, status }) =>
    [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])]
      .filter(({ ready, restartCount }) => !ready && restartCount > 0)
      .map(({ name, lastState }) => ({
        pod: metadata?.name ?? '',
        container: name,
        exitCode: lastState?.terminated?.exitCode,
      })),
  );
  const logs = crashed.map(async ({ pod, container, exitCode }) => {
    const text = await core
      .readNamespacedPodLog({ namespace, name: pod, container, previous: true, tailLines })
      // The log of a container can be gone before its pod is: what ended it is still worth saying.
      .catch(() => '(its log is gone)');
    return [
      `  ${pod}/${container} ended with exit code ${exitCode ?? 'unknown'}; its last lines:`,
      ...crashLines(text),
    ];
  });
  return (await Promise.all(logs)).flat();
}

/** The lines of a log as they are shown below the container's name. */
export function crashLines(log: string): string[] {
  return log
    .trim()
    .split('\n')
    .map((line) => `    ${printable(line.trimEnd())}`);
}

import { CoreV1Api, type KubeConfig } from '@kubernetes/client-node';
import { formedLine, type FormedLine } from '../../support/formedLine.ts';
import { listPods } from './namespacePods.ts';

/** One line of a container's log. */
export interface PodLine {
  readonly pod: string;
  /** Init containers among them. */
  readonly container: string;
  /** Name of the workload, as its label `app.kubernetes.io/name` says. */
  readonly workload: string;
  readonly line: string;
  /** What it says, where it is in the form of docs/logs.md. */
  readonly formed: FormedLine | undefined;
}

/** Every line of every container of a namespace that runs or has run, apart from blank ones. */
export async function listPodLines(kube: KubeConfig, namespace: string): Promise<PodLine[]> {
  const core = kube.makeApiClient(CoreV1Api);
  const containers = (await listPods(kube, namespace)).flatMap(({ metadata, spec }) =>
    [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])].map(({ name: container }) => ({
      pod: metadata?.name ?? '',
      container,
      workload: metadata?.labels?.['app.kubernetes.io/name'] ?? '',
    })),
  );
  const logs = containers.map(async (place) => {
    // A container that has not begun has no log.
    const log = await core
      .readNamespacedPodLog({ namespace, name: place.pod, container: place.container })
      .catch(() => '');
    const lines = log.split('\n').filter((line) => line.trim() !== '');
    return lines.map((line) => ({ ...place, line, formed: formedLine(line) }));
  });
  return (await Promise.all(logs)).flat();
}

/** Programs that have no such lines: docs/logs.md says why. */
const plainWorkloads: ReadonlySet<string> = new Set(['kafka', 'postgres', 'redis']);

/** What programs write before their log begins, or while they end: docs/logs.md. */
const plainLines = [
  /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d (?:maxprocs|application version): /,
  /^\*{3}.*\*{3}$/,
  // Node.js's own warnings.
  /^\(node:\d+\) |^\(Use `node --trace-/,
  // Of Elasticsearch without a JDK, as it comes from Maven Central: the official image brings one.
  /^warning: no-jdk distributions that do not bundle a JDK are deprecated/,
];

/** Those that are not in the form and should be, each with the container that wrote it. */
export function unformedLines(lines: readonly PodLine[]): string[] {
  return lines
    .filter(({ workload, formed }) => formed === undefined && !plainWorkloads.has(workload))
    .filter(({ line }) => !plainLines.some((pattern) => pattern.test(line)))
    .map(({ pod, container, line }) => `${pod}/${container}: ${line}`);
}

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { once } from 'node:events';
import type { ClusterLayout } from './clusterLayout.ts';
import type { NodePlace } from './clusterNodes.ts';
import { COMPONENT_NAMES, NODE_COMPONENT_NAMES } from './components/component.ts';
import { ClusterNotRunningError } from './errors/clusterNotRunningError.ts';
import { readLastLines } from './logTail.ts';
import { componentLogPath } from './supervision.ts';

/** What {@link showLogs} takes. */
export interface ShowLogsOptions {
  readonly clusterName: string;
  readonly layout: ClusterLayout;
  /** Those that the cluster has; the control plane's first. */
  readonly nodes: readonly NodePlace[];
  /** Of which node, by its name. @defaultValue the first */
  readonly node: string | undefined;
  /** One of {@link LOG_NAMES}; all when left out. */
  readonly component: string | undefined;
  /** How many of the last lines. */
  readonly lines: number;
  /** Goes on with what is written from now on. */
  readonly follow: boolean;
  readonly write: (text: string) => void;
}

/** Everything that keeps a log; a worker has neither the forwarder nor the control plane. */
export const LOG_NAMES = ['boot', 'forwarder', ...COMPONENT_NAMES] as const;

const WORKER_LOG_NAMES = ['boot', ...NODE_COMPONENT_NAMES] as const;

/**
 * Prints the logs of a cluster's processes. Pods' logs are the API's to give.
 *
 * @throws ClusterNotRunningError when there is no such cluster, running or stopped.
 * @throws RangeError for a node or a component that does not exist.
 */
export async function showLogs(options: ShowLogsOptions): Promise<void> {
  if (!existsSync(options.layout.root)) throw new ClusterNotRunningError(options.clusterName);
  const nodeNames = options.nodes.map(({ name }) => name);
  const node = options.nodes.find(({ name }, index) =>
    options.node === undefined ? index === 0 : name === options.node,
  );
  if (node === undefined) throw nothingSuch('node', options.node, nodeNames);
  const known = node.number === 1 ? LOG_NAMES : WORKER_LOG_NAMES;
  const names = known.filter((name) => options.component === undefined || name === options.component);
  if (names.length === 0) throw nothingSuch('component', options.component, known);
  const paths = names.map((name) => logPath(options.layout, node, name));
  if (options.follow) {
    const tail = spawn('tail', [`--lines=${String(options.lines)}`, '--follow=name', '--retry', ...paths], {
      stdio: 'inherit',
    });
    await once(tail, 'exit');
    return;
  }
  for (const [index, path] of paths.entries()) {
    if (names.length > 1) options.write(`==> ${names[index] ?? ''} (${path}) <==\n`);
    for (const line of readLastLines(path, options.lines)) options.write(`${line}\n`);
  }
}

function logPath(cluster: ClusterLayout, { layout }: NodePlace, name: (typeof LOG_NAMES)[number]): string {
  if (name === 'boot') return layout.bootLog;
  if (name === 'forwarder') return cluster.forwarderLog;
  return componentLogPath(layout, name);
}

function nothingSuch(kind: string, value: string | undefined, known: readonly string[]): RangeError {
  return new RangeError(`there is no ${kind} ${JSON.stringify(value)}: use one of ${known.join(', ')}`);
}

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { once } from 'node:events';
import type { ClusterLayout } from './clusterLayout.ts';
import { COMPONENT_NAMES } from './components/component.ts';
import { ClusterNotRunningError } from './errors/clusterNotRunningError.ts';
import { readLastLines } from './logTail.ts';
import { componentLogPath } from './supervision.ts';

/** What {@link showLogs} takes. */
export interface ShowLogsOptions {
  readonly clusterName: string;
  readonly layout: ClusterLayout;
  /** One of {@link LOG_NAMES}; all when left out. */
  readonly component: string | undefined;
  /** How many of the last lines. */
  readonly lines: number;
  /** Goes on with what is written from now on. */
  readonly follow: boolean;
  readonly write: (text: string) => void;
}

/** Everything that keeps a log. */
export const LOG_NAMES = ['boot', 'forwarder', ...COMPONENT_NAMES] as const;

/**
 * Prints the logs of a cluster's processes. Pods' logs are the API's to give.
 *
 * @throws ClusterNotRunningError when there is no such cluster, running or stopped.
 * @throws RangeError for a component that does not exist.
 */
export async function showLogs(options: ShowLogsOptions): Promise<void> {
  if (!existsSync(options.layout.root)) throw new ClusterNotRunningError(options.clusterName);
  const names = LOG_NAMES.filter((name) => options.component === undefined || name === options.component);
  if (names.length === 0) {
    throw new RangeError(
      `there is no component ${JSON.stringify(options.component)}: use one of ${LOG_NAMES.join(', ')}`,
    );
  }
  const paths = names.map((name) => logPath(options.layout, name));
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

function logPath(layout: ClusterLayout, name: (typeof LOG_NAMES)[number]): string {
  if (name === 'boot') return layout.bootLog;
  if (name === 'forwarder') return layout.forwarderLog;
  return componentLogPath(layout, name);
}

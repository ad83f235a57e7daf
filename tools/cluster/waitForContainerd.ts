import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NodeLayout } from './clusterLayout.ts';
import { CONTAINERD_SOCKET } from './components/containerd.ts';
import { ComponentNotReadyError } from './errors/componentNotReadyError.ts';
import { NodeBootError } from './errors/nodeBootError.ts';
import { readLastLines } from './logTail.ts';
import type { NodeProcess } from './nodeProcess.ts';
import { isSameProcessAlive } from '../process/processIdentity.ts';
import { componentLogPath } from './supervision.ts';

const POLL_MILLIS = 50;
const LOG_LINES = 15;

/**
 * Waits until containerd takes connections. It is the first thing that a booting node shows.
 *
 * @throws NodeBootError when the node's first process ends meanwhile.
 * @throws ComponentNotReadyError when the time is over.
 */
export async function waitForContainerd(
  node: NodeProcess,
  layout: NodeLayout,
  timeoutMillis: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  // Through /proc, because a socket's path may have 107 characters at most and the state's may be longer.
  const socket = `/proc/${String(node.process.pid)}/root${CONTAINERD_SOCKET}`;
  for (let waited = 0; !(await accepts(socket)); waited += POLL_MILLIS) {
    signal?.throwIfAborted();
    if (!isSameProcessAlive(node.process)) {
      throw new NodeBootError('its first process ended', layout.bootLog, readLastLines(layout.bootLog, LOG_LINES));
    }
    if (waited > timeoutMillis) {
      const log = componentLogPath(layout, 'containerd');
      throw new ComponentNotReadyError(
        'containerd',
        'it takes no connections',
        timeoutMillis / 1000,
        log,
        readLastLines(log, LOG_LINES),
      );
    }
    await sleep(POLL_MILLIS);
  }
}

function accepts(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ path });
    const finish = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => {
      finish(true);
    });
    socket.once('error', () => {
      finish(false);
    });
  });
}

import { API_PORT, type Component, type NodeSettings, type StartCondition } from './components/component.ts';
import { CONTAINERD_SOCKET } from './components/containerd.ts';
import { NODE_DIRECTORY } from './clusterLayout.ts';

/** svlogd's settings: files of at most 2 MB, four of them. */
export const LOG_SETTINGS = 's2000000\nn4\n';

/** Renders a component's runit `run` script. runit runs it again whenever the component ends. */
export function serviceScript(component: Component, node: NodeSettings): string {
  const wait = component.startsAfter === undefined ? [] : [waitLine(component.startsAfter, node)];
  return [
    '#!/bin/bash',
    'exec 2>&1',
    ...wait,
    `exec ${component.command.map(quote).join(' \\\n  ')}`,
    '',
  ].join('\n');
}

/** Renders the `run` script of a component's log service. */
export function logScript(name: string): string {
  return `#!/bin/sh\nexec svlogd -tt ${NODE_DIRECTORY}/logs/${name}\n`;
}

/** Quotes a word for a POSIX shell. */
export function quote(word: string): string {
  return /^[\w./:=,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

function waitLine(condition: StartCondition, node: NodeSettings): string {
  switch (condition) {
    case 'etcd':
      return waitForPort('127.0.0.1', 2379);
    case 'api':
      return waitForPort(node.nodeAddress, API_PORT);
    case 'containerd':
      return `until [ -S ${CONTAINERD_SOCKET} ]; do sleep 0.1; done`;
  }
}

// bash's own TCP device: the node has no other client that starts as quickly.
function waitForPort(address: string, port: number): string {
  return `until (exec 3<>/dev/tcp/${address}/${String(port)}) 2>/dev/null; do sleep 0.1; done`;
}

import {
  API_PORT,
  pkiPath,
  runsControlPlane,
  type Component,
  type NodeSettings,
  type StartCondition,
} from './components/component.ts';
import { CONTAINERD_SOCKET } from './components/containerd.ts';
import { NODE_DIRECTORY } from './clusterLayout.ts';

/** svlogd's settings: files of at most 2 MB, four of them. */
export const LOG_SETTINGS = 's2000000\nn4\n';

/** Renders a component's runit `run` script. runit runs it again whenever the component ends. */
export function serviceScript(component: Component, node: NodeSettings): string {
  const wait = (component.startsAfter ?? []).flatMap((condition) => waitLines(condition, node));
  return [
    '#!/bin/bash',
    'exec 2>&1',
    ...wait,
    ...(component.searchesFirst === undefined ? [] : [`export PATH=${component.searchesFirst}:$PATH`]),
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

function waitLines(condition: StartCondition, node: NodeSettings): readonly string[] {
  if (!runsControlPlane(node) && (condition === 'api' || condition === 'api-caches')) return [waitForReadyApi(node)];
  switch (condition) {
    case 'etcd':
      return [waitForPort('127.0.0.1', 2379)];
    case 'api':
      return waitForRoles(node);
    case 'api-caches':
      return [waitForApi(node, READ)];
    case 'containerd':
      return [`until [ -S ${CONTAINERD_SOCKET} ]; do sleep 0.1; done`];
  }
}

const WRITTEN = 'poststarthook/rbac/bootstrap-roles';
const READ = 'informer-sync';
// In /var beside etcd's data, and so as old as they are.
const ROLES_MARK = '/var/lib/tracewright/roles-written';

// Until its roles are written the API refuses everybody, and some components end for good reason. Later starts find the
// roles of the first in etcd, and need not wait until each has been compared.
function waitForRoles(node: NodeSettings): readonly string[] {
  return [
    `check=${WRITTEN}`,
    `[ ! -e ${ROLES_MARK} ] || check=${READ}`,
    waitForApi(node, '$check'),
    `touch ${ROLES_MARK}`,
  ];
}

// As the administrator, who needs no role.
function waitForApi(node: NodeSettings, check: string): string {
  return waitForAnswer(node, 'admin', String.raw`printf 'GET /readyz/%s HTTP/1.0\r\n\r\n' "${check}"`);
}

// A worker has no administrator's key, and no hurry: everybody who has a certificate may ask whether all is ready.
function waitForReadyApi(node: NodeSettings): string {
  return waitForAnswer(node, 'kubelet', String.raw`printf 'GET /readyz HTTP/1.0\r\n\r\n'`);
}

// Asked with openssl, which the node has.
function waitForAnswer(node: NodeSettings, user: string, request: string): string {
  const address = `${node.apiAddress}:${String(API_PORT)}`;
  const flags = `-cert ${pkiPath(`${user}.crt`)} -key ${pkiPath(`${user}.key`)} -CAfile ${pkiPath('ca.crt')} -verify_return_error`;
  const answer = `$(${request} | openssl s_client -quiet -connect ${address} ${flags} 2>/dev/null)`;
  return `until [[ ${answer} == 'HTTP/1.'?' 200 '* ]]; do sleep 0.2; done`;
}

// bash's own TCP device: the node has no other client that starts as quickly.
function waitForPort(address: string, port: number): string {
  return `until (exec 3<>/dev/tcp/${address}/${String(port)}) 2>/dev/null; do sleep 0.1; done`;
}

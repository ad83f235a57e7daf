import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { clusterComponents } from './components/clusterComponents.ts';
import { cniConfig } from './components/cniConfig.ts';
import { API_PORT, pkiPath, runsControlPlane, type Component, type NodeSettings } from './components/component.ts';
import { containerdConfig } from './components/containerd.ts';
import { kubeletConfig } from './components/kubelet.ts';
import type { NodeLayout } from './clusterLayout.ts';
import { renderKubeconfig } from './kubeconfig.ts';
import { bootScript } from './nodeScripts.ts';
import { readTextIfPresent, writePrivateFile } from '../process/privateFiles.ts';
import { LOG_SETTINGS, logScript, serviceScript } from './serviceScript.ts';

/** A file that the node reads, relative to the node's directory. */
export interface NodeFile {
  readonly path: string;
  readonly content: string;
  readonly mode: number;
}

const NODE_USERS = ['kubelet', 'kube-proxy', 'kube-router', 'volume-provisioner'] as const;
const CONTROL_PLANE_USERS = ['kube-controller-manager', 'kube-scheduler'] as const;

/**
 * Renders everything but certificates that the node reads. The same settings give the same files.
 *
 * @param gateway - the other end of the node's link
 */
export function renderNodeFiles(node: NodeSettings, gateway: string): readonly NodeFile[] {
  const users = runsControlPlane(node) ? [...NODE_USERS, ...CONTROL_PLANE_USERS] : NODE_USERS;
  return [
    { path: 'boot.sh', content: bootScript(node, gateway), mode: 0o700 },
    { path: 'config/containerd.toml', content: containerdConfig(), mode: 0o600 },
    { path: 'config/cni/10-tracewright.conflist', content: cniConfig(node), mode: 0o600 },
    { path: 'config/kubelet.json', content: kubeletConfig(node), mode: 0o600 },
    ...users.map((user) => componentKubeconfig(user, node)),
    ...clusterComponents(node).flatMap((component) => serviceFiles(component, node)),
  ];
}

/** Writes the files that are missing or not as rendered; service directories of former components are removed. */
export function writeNodeFiles(layout: NodeLayout, files: readonly NodeFile[]): void {
  const services = new Set(
    files.filter(({ path }) => path.startsWith('services/')).map(({ path }) => path.split('/')[1]),
  );
  mkdirSync(layout.services, { recursive: true });
  for (const present of readdirSync(layout.services)) {
    if (!services.has(present)) rmSync(join(layout.services, present), { recursive: true, force: true });
  }
  for (const file of files) {
    const path = join(layout.node, file.path);
    if (readTextIfPresent(path) === file.content) continue;
    writePrivateFile(path, file.content, file.mode);
    chmodSync(path, file.mode); // The mode of a new file passes through the umask.
  }
}

/**
 * A digest of all that a running node was started from: when it differs from the running node's, the
 * node has to be started anew.
 */
export function nodeFingerprint(files: readonly NodeFile[], pkiDirectory: string, programs: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(JSON.stringify(file));
  for (const name of readdirSync(pkiDirectory)
    .filter((entry) => entry.endsWith('.crt'))
    .sort()) {
    hash.update(name).update(readFileSync(join(pkiDirectory, name)));
  }
  return hash.update(JSON.stringify(programs)).digest('hex');
}

function serviceFiles(component: Component, node: NodeSettings): readonly NodeFile[] {
  return [
    { path: `services/${component.name}/run`, content: serviceScript(component, node), mode: 0o700 },
    { path: `services/${component.name}/log/run`, content: logScript(component.name), mode: 0o700 },
    { path: `logs/${component.name}/config`, content: LOG_SETTINGS, mode: 0o600 },
  ];
}

function componentKubeconfig(user: string, node: NodeSettings): NodeFile {
  const content = renderKubeconfig({
    context: user,
    server: `https://${node.apiAddress}:${String(API_PORT)}`,
    authority: { file: pkiPath('ca.crt') },
    client: { certificateFile: pkiPath(`${user}.crt`), keyFile: pkiPath(`${user}.key`) },
  });
  return { path: `kubeconfigs/${user}`, content, mode: 0o600 };
}

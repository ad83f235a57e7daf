import type { KubeConfig } from '@kubernetes/client-node';
import { createHash } from 'node:crypto';
import { mkdir, realpath, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { RunningCluster } from '../cluster/cluster.ts';
import { loadKubeConfig } from '../kube/connection.ts';

/** The cluster that a command works on. */
export interface Target {
  readonly context: string;
  readonly kube: KubeConfig;
  /** KUBECONFIG for programs that are started: its current context is `context`. */
  readonly kubeconfig: string;
  /** Where this deployment's gateway and, with an engine of ours, its Pulumi state are kept. */
  readonly stateDirectory: string;
  /** Whether the cluster is ours. */
  readonly local: boolean;
}

/** The local cluster as a target. */
export function localTarget(cluster: RunningCluster): Target {
  return {
    context: cluster.context,
    kube: loadKubeConfig({ kubeconfigPath: cluster.kubeconfigPath, context: cluster.context }),
    kubeconfig: cluster.kubeconfigPath,
    stateDirectory: cluster.stateDirectory,
    local: true,
  };
}

/**
 * A context of the user's kubeconfig as a target. The user's files are not changed and no credential is copied: a file
 * that says only which context is current is put before them, and the first file that says so wins.
 * @throws UnknownContextError when the kubeconfig has no such context.
 */
export async function contextTarget(
  context: string,
  checkout: string,
  environment: NodeJS.ProcessEnv,
): Promise<Target> {
  const kube = loadKubeConfig({ context });
  const stateDirectory = join(stateHome(environment), 'contexts', await deploymentId(checkout, context));
  await mkdir(stateDirectory, { recursive: true, mode: 0o700 });
  const selection = join(stateDirectory, 'current-context.yaml');
  const text = { apiVersion: 'v1', kind: 'Config', 'current-context': context };
  await writeFile(selection, JSON.stringify(text), { mode: 0o600 });
  const own = environment['KUBECONFIG'] ?? join(homedir(), '.kube', 'config');
  return { context, kube, kubeconfig: [selection, own].join(delimiter), stateDirectory, local: false };
}

/** Where state of this project's commands is kept (XDG Base Directory Specification). */
export function stateHome(environment: NodeJS.ProcessEnv): string {
  return join(environment['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state'), 'tracewright');
}

/** Different for every checkout and name. */
export async function deploymentId(checkout: string, name: string): Promise<string> {
  const digest = createHash('sha256')
    .update(`${await realpath(checkout)}\n${name}`)
    .digest('hex')
    .slice(0, 8);
  return `${name.replaceAll(/[^A-Za-z0-9.-]/g, '_').slice(0, 40)}-${digest}`;
}

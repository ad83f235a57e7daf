import type { KubeConfig } from '@kubernetes/client-node';
import { mkdir, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { RunningCluster } from '../cluster/cluster.ts';
import { loadKubeConfig } from '../kube/connection.ts';
import { stateHome } from '../process/stateHome.ts';
import type { UpOptions } from '../stack/options.ts';
import { deploymentId } from './deploymentId.ts';
import { findLocalCluster } from './localCluster.ts';

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

/** The cluster that a command is about while it can be had; undefined without a running local cluster. Starts nothing. */
export async function findTarget(options: UpOptions, environment: NodeJS.ProcessEnv): Promise<Target | undefined> {
  if (options.context !== undefined) return contextTarget(options.context, options.checkout, environment);
  const cluster = await findLocalCluster(options, environment);
  return cluster === undefined ? undefined : localTarget(cluster);
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
  const stateDirectory = join(projectState(environment), 'contexts', await deploymentId(checkout, context));
  await mkdir(stateDirectory, { recursive: true, mode: 0o700 });
  const selection = join(stateDirectory, 'current-context.yaml');
  const text = { apiVersion: 'v1', kind: 'Config', 'current-context': context };
  await writeFile(selection, JSON.stringify(text), { mode: 0o600 });
  const own = environment['KUBECONFIG'] || join(environment['HOME'] ?? homedir(), '.kube', 'config');
  return { context, kube, kubeconfig: [selection, own].join(delimiter), stateDirectory, local: false };
}

/** Where state of this project's commands is kept. */
export function projectState(environment: NodeJS.ProcessEnv): string {
  return join(stateHome(environment), 'tracewright');
}

import { Command, InvalidArgumentError, Option } from 'commander';
import { readFileSync } from 'node:fs';
import { defaultCacheDirectory } from '../toolchain/cacheDirectory.ts';
import { partsOf } from '../toolchain/parts.ts';
import { startToolchain } from '../toolchain/toolchain.ts';
import { describeToolchainEvent } from '../toolchain/toolchainEvent.ts';
import { parseApiPort } from './apiPort.ts';
import { checkHost } from './checkHost.ts';
import { startCluster, stopCluster, stopClusterNode, type RunningCluster } from './cluster.ts';
import { clustersDirectory, createClusterIdentity } from './clusterIdentity.ts';
import { createClusterLayout } from './clusterLayout.ts';
import { readBackendStacks } from './clusterStacks.ts';
import { readClusterState } from './clusterState.ts';
import { clusterStatus } from './clusterStatus.ts';
import { nodePlaces } from './clusterNodes.ts';
import { ClusterNotRunningError } from './errors/clusterNotRunningError.ts';
import { ProtectedClusterError } from './errors/protectedClusterError.ts';
import { formatClusters, formatStatus } from './formatStatus.ts';
import { listClusters } from './listClusters.ts';
import { MAX_NODES, parseNodeCount } from './nodeCount.ts';
import { readTextIfPresent } from '../process/privateFiles.ts';
import { LOG_NAMES, showLogs } from './showLogs.ts';

/** What the command line works with. */
export interface ClusterCommandContext {
  readonly environment: NodeJS.ProcessEnv;
  readonly checkout: string;
  readonly signal: AbortSignal;
  /** Results. */
  readonly write: (text: string) => void;
  /** Progress. */
  readonly report: (text: string) => void;
}

interface SharedOptions {
  readonly name: string;
  readonly checkout: string;
  readonly json?: boolean;
}

/** Builds the command line; a failing action rejects. */
export function createClusterCommand(context: ClusterCommandContext): Command {
  const program = new Command('cluster')
    .description('A Kubernetes cluster on this machine, in namespaces of its own (Linux, root).')
    .showHelpAfterError()
    .showSuggestionAfterError();
  const command = (name: string, description: string): Command =>
    program
      .command(name)
      .description(description)
      .option('--name <name>', 'the cluster: 1 to 32 characters a-z, 0-9 and "-", a letter first', 'dev')
      .option('--checkout <directory>', 'the checkout that it belongs to', context.checkout)
      .option('--json', 'print JSON');
  command('up', 'start the cluster, or heal what is missing of it')
    .addOption(new Option('--api-port <port>', 'port of the API on 127.0.0.1').argParser(parseApiPort))
    .addOption(
      new Option(
        '--nodes <count>',
        `how many nodes, 1 to ${String(MAX_NODES)}; never fewer than it has (default: those it has, else 1)`,
      ).argParser(parseNodeCount),
    )
    .action((options: UpOptions) => up(context, options));
  command('down', 'end the cluster and remove its data').action((options: SharedOptions) => down(context, options));
  command('stop-node', 'end one worker at once, as a power cut does; "up" starts it again')
    .argument('<node>', 'its name, as `status` and Kubernetes show it')
    .action((node: string, options: SharedOptions) => stopNode(context, node, options));
  command('status', 'show what runs; exit status 1 unless all does').action((options: SharedOptions) =>
    status(context, options),
  );
  command('kubeconfig', "print the kubeconfig's path")
    .option('--raw', 'print the kubeconfig itself')
    .action((options: SharedOptions & { readonly raw?: boolean }) => {
      kubeconfig(context, options);
    });
  command('logs', 'print the logs of the cluster’s own processes')
    .argument('[component]', `one of ${LOG_NAMES.join(', ')}`)
    .option('--lines <count>', 'how many of the last lines', parseCount, 20)
    .option('--follow', 'go on until interrupted')
    .option('--node <node>', 'of which node, by its name (default: the first, with the control plane)')
    .action((component: string | undefined, options: LogOptions) => logs(context, component, options));
  program
    .command('list')
    .description('list the clusters of every checkout')
    .option('--json', 'print JSON')
    .action((options: { readonly json?: boolean }) => {
      const clusters = listClusters(context.environment);
      print(context, options.json === true ? clusters : formatClusters(clusters));
    });
  return program;
}

interface UpOptions extends SharedOptions {
  readonly apiPort?: number;
  readonly nodes?: number;
}

interface LogOptions extends SharedOptions {
  readonly lines: number;
  readonly follow?: boolean;
  readonly node?: string;
}

async function up(context: ClusterCommandContext, options: UpOptions): Promise<void> {
  const { environment, signal, report } = context;
  const { name, checkout, apiPort, nodes: nodeCount } = options;
  await checkHost({ name, checkout, environment, apiPort });
  const started = Date.now();
  const toolchain = startToolchain({
    parts: partsOf('cluster'),
    cacheDirectory: defaultCacheDirectory(environment),
    environment,
    signal,
    onEvent: (event) => {
      report(describeToolchainEvent(event));
    },
  });
  const [kubernetes, nodeRootfs] = await Promise.all([toolchain.ready('kubernetes'), toolchain.ready('node-rootfs')]);
  const cluster = await startCluster({
    name,
    checkout,
    environment,
    kubernetesDirectory: kubernetes.directory,
    nodeRootfsDirectory: nodeRootfs.directory,
    apiPort,
    nodeCount,
    signal,
    onEvent: report,
  });
  print(context, options.json === true ? cluster : describeRunning(cluster, (Date.now() - started) / 1000));
}

async function down(context: ClusterCommandContext, { name, checkout, json }: SharedOptions): Promise<void> {
  const { environment, signal, report } = context;
  await requireUnprotected(context, { name, checkout });
  await stopCluster({ name, checkout, environment, signal, onEvent: report });
  print(context, json === true ? { name, state: 'absent' } : `cluster "${name}" is gone`);
}

async function stopNode(context: ClusterCommandContext, node: string, options: SharedOptions): Promise<void> {
  const { environment, signal, report } = context;
  const { name, checkout, json } = options;
  await stopClusterNode({ name, checkout, environment, signal, onEvent: report }, node);
  print(context, json === true ? { name, node, state: 'stopped' } : `node ${node} is stopped`);
}

async function requireUnprotected(context: ClusterCommandContext, options: SharedOptions): Promise<void> {
  const stacks = await readBackendStacks(locate(context, options).identity.stateDirectory);
  const kept = stacks.filter(({ protectedResources }) => protectedResources.length > 0);
  if (kept.length > 0) throw new ProtectedClusterError(options.name, kept);
}

async function status(context: ClusterCommandContext, { name, checkout, json }: SharedOptions): Promise<void> {
  const result = await clusterStatus({ name, checkout, environment: context.environment });
  print(context, json === true ? result : formatStatus(result));
  if (result.state !== 'running') process.exitCode = 1;
}

function kubeconfig(context: ClusterCommandContext, options: SharedOptions & { readonly raw?: boolean }): void {
  const { layout, identity } = locate(context, options);
  const text = readTextIfPresent(layout.kubeconfig);
  if (text === undefined) throw new ClusterNotRunningError(options.name);
  if (options.json === true) print(context, { path: layout.kubeconfig, context: identity.context });
  else print(context, options.raw === true ? readFileSync(layout.kubeconfig, 'utf8').trimEnd() : layout.kubeconfig);
}

async function logs(context: ClusterCommandContext, component: string | undefined, options: LogOptions): Promise<void> {
  const { layout, identity } = locate(context, options);
  const { lines, follow = false, name: clusterName } = options;
  const nodes = nodePlaces(identity, layout, readClusterState(layout.stateFile)?.nodeCount ?? 1);
  await showLogs({ clusterName, layout, nodes, node: options.node, component, lines, follow, write: context.write });
}

function locate(context: ClusterCommandContext, { name, checkout }: SharedOptions) {
  const identity = createClusterIdentity(name, checkout, clustersDirectory(context.environment));
  return { identity, layout: createClusterLayout(identity.stateDirectory) };
}

function describeRunning(cluster: RunningCluster, seconds: number): string {
  return [
    `cluster "${cluster.name}" runs after ${seconds.toFixed(1)} s: ${cluster.apiUrl}`,
    ...(cluster.nodes.length === 1 ? [] : [`  nodes ${cluster.nodes.join(', ')}`]),
    `  KUBECONFIG=${cluster.kubeconfigPath}`,
  ].join('\n');
}

function print(context: ClusterCommandContext, result: unknown): void {
  context.write(`${typeof result === 'string' ? result : JSON.stringify(result)}\n`);
}

function parseCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1) return count;
  throw new InvalidArgumentError('Use a whole number from 1 on.');
}

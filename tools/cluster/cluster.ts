import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packImage } from '../images/packImage.ts';
import { corednsImage } from '../images/specs/corednsImage.ts';
import { pauseImage } from '../images/specs/pauseImage.ts';
import { defaultCacheDirectory } from '../toolchain/cacheDirectory.ts';
import { chooseClusterPort } from './apiPort.ts';
import { removeCgroups } from './cgroups.ts';
import { clustersDirectory, createClusterIdentity, type ClusterIdentity } from './clusterIdentity.ts';
import { createClusterLayout, type ClusterLayout } from './clusterLayout.ts';
import { liveNodes, nodePlaces, type LiveNode } from './clusterNodes.ts';
import { readClusterState, type ClusterState } from './clusterState.ts';
import { apiUrlOf, type ClusterOptions } from './clusterStatus.ts';
import { API_PORT } from './components/component.ts';
import { ensureNode } from './ensureNode.ts';
import { ensureWorkers } from './ensureWorkers.ts';
import { ClusterNotRunningError } from './errors/clusterNotRunningError.ts';
import { withFileLock } from '../process/fileLock.ts';
import { ensureForwarder, stopForwarder } from './forwarder/ensureForwarder.ts';
import { removeHostLink, removeNodeLink } from './hostNetwork.ts';
import { importPackedImages } from './imageStore.ts';
import { chooseNodeCount, MAX_NODES } from './nodeCount.ts';
import { renderKubeconfig } from './kubeconfig.ts';
import { withMachineLock } from './machineLock.ts';
import { accessManifests } from './manifests/accessManifests.ts';
import { applyManifests } from './manifests/applyManifests.ts';
import { dnsManifests } from './manifests/dnsManifests.ts';
import { storageManifests } from './manifests/storageManifests.ts';
import { readLiveNode, stopNode } from './nodeProcess.ts';
import type { NodePrograms } from './nodeScripts.ts';
import { readPair } from './pki/clusterCertificates.ts';
import { requireKernelFeatures, requireLinuxAndRoot } from './preflight.ts';
import { readTextIfPresent, writePrivateFile } from '../process/privateFiles.ts';
import { apiCheck, clusterChecks, nodeChecks, waitUntilReady } from './readiness.ts';
import { createReadinessContext, workerContext, type ReadinessContext } from './readinessContext.ts';
import { stopWorker, stopWorkers } from './stopWorkers.ts';
import { waitForContainerd } from './waitForContainerd.ts';

/** A cluster that runs. */
export interface RunningCluster {
  readonly name: string;
  readonly checkout: string;
  readonly kubeconfigPath: string;
  readonly context: string;
  readonly stateDirectory: string;
  /** `https://127.0.0.1:PORT`. */
  readonly apiUrl: string;
  /** Names of its nodes, as Kubernetes knows them; the control plane's first. */
  readonly nodes: readonly string[];
}

/** What {@link startCluster} takes. */
export interface StartClusterOptions extends ClusterOptions {
  /** The toolchain's part `kubernetes`. */
  readonly kubernetesDirectory: string;
  /** The toolchain's part `node-rootfs`, which holds the root file system as `rootfs`. */
  readonly nodeRootfsDirectory: string;
  /** Port on 127.0.0.1. @defaultValue the last run's, else the first free one from 6443 on */
  readonly apiPort?: number | undefined;
  /** 1 to 3, and no fewer than the cluster has. @defaultValue the last run's, else 1 */
  readonly nodeCount?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told what is being done, in short phrases. */
  readonly onEvent?: (detail: string) => void;
}

/** What {@link stopCluster} takes. */
export interface StopClusterOptions extends ClusterOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told what is being done, in short phrases. */
  readonly onEvent?: (detail: string) => void;
}

interface Start {
  readonly options: StartClusterOptions;
  readonly identity: ClusterIdentity;
  readonly layout: ClusterLayout;
  readonly deadline: number;
  readonly onEvent: (detail: string) => void;
}

// How long the whole may take to get ready.
const TIMEOUT_MILLIS = 180_000;

/**
 * Brings a cluster up, whatever was left of it, and returns when its nodes, DNS and network policies
 * work. What runs is kept; what is missing or broken is put right; data (etcd, images, volumes) stays.
 * A second call for the same cluster waits for the first.
 *
 * @throws NotLinuxError, NotRootError, MissingKernelFeatureError, DiskNearlyFullError, PortTakenError,
 * NoFreePortError, NoFreeLinkError, FewerNodesError, MachineBusyError, NodeBootError, ComponentNotReadyError, InvalidClusterNameError
 */
export async function startCluster(options: StartClusterOptions): Promise<RunningCluster> {
  requireLinuxAndRoot(process.platform, process.geteuid?.() ?? -1);
  requireKernelFeatures();
  const { identity, layout, onEvent } = locate(options);
  return await withClusterLock(identity, options.signal, onEvent, () => {
    const deadline = Date.now() + TIMEOUT_MILLIS;
    return startLocked({ options, identity, layout, deadline, onEvent });
  });
}

/**
 * Ends a cluster's processes and removes its link, cgroups and state, data included. A cluster that is
 * not there is a success. Whatever was cut short before, this finishes.
 *
 * @throws NotLinuxError, NotRootError, ProcessStillAliveError, InvalidClusterNameError
 */
export async function stopCluster(options: StopClusterOptions): Promise<void> {
  requireLinuxAndRoot(process.platform, process.geteuid?.() ?? -1);
  const { identity, layout, onEvent } = locate(options);
  await withClusterLock(identity, options.signal, onEvent, async () => {
    await stopForwarder(layout);
    const node = readLiveNode(layout);
    if (node !== undefined) {
      onEvent('ending the node');
      await removeNodeLink(node.process.pid);
      await stopNode(node);
    }
    await stopWorkers({ identity, layout });
    await removeHostLink(identity.linkName);
    await removeCgroups(identity.cgroupName);
    onEvent('removing the state');
    rmSync(identity.stateDirectory, { recursive: true, force: true, maxRetries: 5 });
  });
}

/**
 * Ends one worker at once, with all its pods, as a power cut does; `startCluster` starts it again.
 *
 * @param node - as Kubernetes knows it
 * @throws NotLinuxError, NotRootError, UnknownWorkerError, ProcessStillAliveError, InvalidClusterNameError
 */
export async function stopClusterNode(options: StopClusterOptions, node: string): Promise<void> {
  requireLinuxAndRoot(process.platform, process.geteuid?.() ?? -1);
  const { identity, layout, onEvent } = locate(options);
  await withClusterLock(identity, options.signal, onEvent, () => stopWorker({ identity, layout }, node));
}

/**
 * Brings packed images into every node of a cluster that runs. Those that a node has by digest are skipped, and so is every
 * layer that it has.
 *
 * @param directories - The images' OCI layout directories, as `packImage` gives them.
 * @returns the references that were imported into any node
 * @throws ClusterNotRunningError, CommandFailedError
 */
export async function importImages(
  cluster: Pick<RunningCluster, 'name' | 'checkout' | 'stateDirectory'>,
  directories: readonly string[],
  onEvent: (detail: string) => void = () => undefined,
): Promise<readonly string[]> {
  const layout = createClusterLayout(cluster.stateDirectory);
  const identity = createClusterIdentity(cluster.name, cluster.checkout, dirname(cluster.stateDirectory));
  const nodes = liveNodes(nodePlaces(identity, layout, MAX_NODES));
  if (nodes[0]?.number !== 1) throw new ClusterNotRunningError(cluster.name);
  const imported = await Promise.all(
    nodes.map(({ node, name }, index) =>
      importPackedImages(node.process.pid, directories, (detail) => {
        onEvent(index === 0 ? detail : `${name}: ${detail}`);
      }),
    ),
  );
  return [...new Set(imported.flat())];
}

function locate(
  options: ClusterOptions & { readonly onEvent?: (detail: string) => void },
): Pick<Start, 'identity' | 'layout' | 'onEvent'> {
  const identity = createClusterIdentity(
    options.name,
    options.checkout,
    clustersDirectory(options.environment ?? process.env),
  );
  return {
    identity,
    layout: createClusterLayout(identity.stateDirectory),
    onEvent: options.onEvent ?? (() => undefined),
  };
}

function withClusterLock<T>(
  identity: ClusterIdentity,
  signal: AbortSignal | undefined,
  onEvent: Start['onEvent'],
  work: () => Promise<T>,
): Promise<T> {
  const onWait = (): void => {
    onEvent(`waiting for another run that works on cluster "${identity.name}"`);
  };
  return withFileLock({ path: identity.lockPath, signal, onWait }, work);
}

async function startLocked({ options, identity, layout, deadline, onEvent }: Start): Promise<RunningCluster> {
  const { signal } = options;
  const programs = { kubernetes: options.kubernetesDirectory, nodeRootfs: join(options.nodeRootfsDirectory, 'rootfs') };
  const previous = readClusterState(layout.stateFile);
  const nodeCount = chooseNodeCount(identity.name, options.nodeCount, previous?.nodeCount);
  const first = await withMachineLock({ deadline, signal, onEvent }, async () => {
    const apiPort = await chooseClusterPort(layout, options.apiPort, previous?.apiPort);
    const ensured = await ensureNode({ identity, layout, programs, previous, apiPort, nodeCount, onEvent });
    const { nodeAddress } = ensured.state.link;
    await ensureForwarder(layout, { port: apiPort, targetAddress: nodeAddress, targetPort: API_PORT });
    return ensured;
  });
  const { state, node } = first;
  writeUserKubeconfig(layout, identity, state);
  const workers = await ensureWorkers({ identity, layout, programs, onEvent }, first);
  const places = nodePlaces(identity, layout, nodeCount);
  using context = createReadinessContext(identity, layout, state, node);
  await Promise.all([
    importBaseImages(options, liveNodes(places), programs, deadline),
    prepareApi(context, nodeCount, deadline, signal),
  ]);
  onEvent(nodeCount === 1 ? 'waiting for the node and its DNS' : 'waiting for the nodes and their DNS');
  const contexts = workers.map((worker) => workerContext(context, worker));
  await Promise.all([
    waitUntilReady(clusterChecks(context), context, deadline - Date.now(), signal),
    ...contexts.map((worker) => waitUntilReady(nodeChecks(worker), worker, deadline - Date.now(), signal)),
  ]);
  return {
    name: identity.name,
    checkout: identity.checkout,
    stateDirectory: identity.stateDirectory,
    context: identity.context,
    kubeconfigPath: layout.kubeconfig,
    apiUrl: apiUrlOf(state),
    nodes: places.map(({ name }) => name),
  };
}

function writeUserKubeconfig(layout: ClusterLayout, identity: ClusterIdentity, state: ClusterState): void {
  const admin = readPair(layout.pki, 'admin');
  const authority = readPair(layout.pki, 'ca');
  if (admin === undefined || authority === undefined)
    throw new Error(`certificates vanished from ${layout.pki}; run "up" again`);
  const content = renderKubeconfig({
    context: identity.context,
    server: apiUrlOf(state),
    authority: { pem: authority.certificate },
    client: { certificatePem: admin.certificate, keyPem: admin.key },
  });
  if (readTextIfPresent(layout.kubeconfig) !== content) writePrivateFile(layout.kubeconfig, content);
}

// The two images that the cluster itself needs, packed while the components start.
async function importBaseImages(
  options: StartClusterOptions,
  nodes: readonly LiveNode[],
  programs: NodePrograms,
  deadline: number,
): Promise<void> {
  const cacheDirectory = defaultCacheDirectory(options.environment ?? process.env);
  const specs = [pauseImage(programs.nodeRootfs), corednsImage(programs.kubernetes)];
  const directories: string[] = [];
  for (const spec of specs) directories.push(await packImage(spec, cacheDirectory));
  await Promise.all(
    nodes.map(async ({ node, layout }) => {
      await waitForContainerd(node, layout, deadline - Date.now(), options.signal);
      await importPackedImages(node.process.pid, directories, () => undefined);
    }),
  );
}

async function prepareApi(
  context: ReadinessContext,
  nodeCount: number,
  deadline: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  await waitUntilReady([apiCheck(context)], context, deadline - Date.now(), signal);
  const manifests = [...accessManifests(), ...storageManifests(), ...dnsManifests(nodeCount)];
  await applyManifests(context.api, manifests, { deadline, now: context.now, signal });
}

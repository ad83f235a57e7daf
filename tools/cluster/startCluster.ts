import { packImage } from '../images/packImage.ts';
import { corednsImage } from '../images/specs/corednsImage.ts';
import { pauseImage } from '../images/specs/pauseImage.ts';
import { chooseApiPort, findListener, isLoopbackPortFree } from './apiPort.ts';
import type { ClusterEvent } from './clusterEvent.ts';
import { clustersDirectory, createClusterIdentity, type ClusterIdentity } from './clusterIdentity.ts';
import { createClusterLayout, type ClusterLayout } from './clusterLayout.ts';
import { readClusterState, type ClusterState } from './clusterState.ts';
import { apiUrlOf, readinessContext, type ClusterOptions } from './clusterStatus.ts';
import { API_PORT } from './components/component.ts';
import { ensureNode } from './ensureNode.ts';
import { acquireFileLock } from './fileLock.ts';
import { ensureForwarder } from './forwarder/ensureForwarder.ts';
import { readLiveForwarder } from './forwarder/forwarderRecord.ts';
import { importPackedImages } from './imageStore.ts';
import { renderKubeconfig } from './kubeconfig.ts';
import { accessManifests } from './manifests/accessManifests.ts';
import { dnsManifests } from './manifests/dnsManifests.ts';
import { storageManifests } from './manifests/storageManifests.ts';
import type { NodeProcess } from './nodeProcess.ts';
import type { NodePrograms } from './nodeScripts.ts';
import { readPair } from './pki/clusterCertificates.ts';
import { requireKernelFeatures, requireLinuxAndRoot } from './preflight.ts';
import { makePrivateDirectory, readTextIfPresent, writePrivateFile } from './privateFiles.ts';
import { apiCheck, clusterChecks, waitUntilReady, type ReadinessContext } from './readiness.ts';
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
}

/** What {@link startCluster} takes. */
export interface StartClusterOptions extends ClusterOptions {
  /** `kubernetes`: directory of the programs; `nodeRootfs`: the root file system itself. */
  readonly toolchain: NodePrograms;
  /** The toolchain's cache; images are packed under it. */
  readonly cacheDirectory: string;
  /** Port on 127.0.0.1. @defaultValue the last run's, else the first free one from 6443 on */
  readonly apiPort?: number | undefined;
  /** How long the whole may take to get ready. @defaultValue 180000 */
  readonly timeoutMillis?: number;
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: (event: ClusterEvent) => void;
}

interface Start {
  readonly options: StartClusterOptions;
  readonly identity: ClusterIdentity;
  readonly layout: ClusterLayout;
  readonly deadline: number;
  readonly onEvent: (event: ClusterEvent) => void;
}

const DEFAULT_TIMEOUT_MILLIS = 180_000;

/**
 * Brings a cluster up, whatever was left of it, and returns when its node, DNS and network policies
 * work. What runs is kept; what is missing or broken is put right; data (etcd, images, volumes) stays.
 * A second call for the same cluster waits for the first.
 *
 * @throws NotLinuxError, NotRootError, MissingKernelFeatureError, DiskNearlyFullError, PortTakenError,
 * NoFreePortError, NoFreeLinkError, NodeBootError, ComponentNotReadyError, InvalidClusterNameError
 */
export async function startCluster(options: StartClusterOptions): Promise<RunningCluster> {
  requireLinuxAndRoot(process.platform, process.geteuid?.() ?? -1);
  requireKernelFeatures();
  const { name, checkout, signal, environment = process.env, onEvent = () => undefined } = options;
  const identity = createClusterIdentity(name, checkout, clustersDirectory(environment));
  const layout = createClusterLayout(identity.stateDirectory);
  const onWait = (): void => {
    onEvent({ kind: 'waiting', reason: `another run works on cluster "${name}"` });
  };
  await using _lock = await acquireFileLock({ path: identity.lockPath, signal, onWait });
  const deadline = Date.now() + (options.timeoutMillis ?? DEFAULT_TIMEOUT_MILLIS);
  return await startLocked({ options, identity, layout, deadline, onEvent });
}

async function startLocked({ options, identity, layout, deadline, onEvent }: Start): Promise<RunningCluster> {
  makePrivateDirectory(layout.root);
  const { signal, toolchain: programs } = options;
  const previous = readClusterState(layout.stateFile);
  const apiPort = await choosePort(options.apiPort, layout, previous);
  const { state, node } = await ensureNode({ identity, layout, programs, previous, apiPort, signal, onEvent });
  writeUserKubeconfig(layout, identity, state);
  using context = readinessContext(identity, layout, state);
  await Promise.all([
    ensureForwarder(layout, { port: apiPort, targetAddress: state.link.nodeAddress, targetPort: API_PORT }),
    importBaseImages(options, layout, node, deadline),
    prepareApi(context, deadline, signal),
  ]);
  await waitUntilReady(clusterChecks(context), context, deadline - Date.now(), signal);
  return {
    name: identity.name,
    checkout: identity.checkout,
    stateDirectory: identity.stateDirectory,
    context: identity.context,
    kubeconfigPath: layout.kubeconfig,
    apiUrl: apiUrlOf(state),
  };
}

function choosePort(requested: number | undefined, layout: ClusterLayout, previous: ClusterState | undefined): Promise<number> {
  const own = readLiveForwarder(layout.forwarderFile)?.port;
  return chooseApiPort({
    requested,
    remembered: previous?.apiPort,
    isFree: async (port) => port === own || (await isLoopbackPortFree(port)),
    listenerOf: findListener,
  });
}

function writeUserKubeconfig(layout: ClusterLayout, identity: ClusterIdentity, state: ClusterState): void {
  const admin = readPair(layout.pki, 'admin');
  const authority = readPair(layout.pki, 'ca');
  if (admin === undefined || authority === undefined) throw new Error(`certificates vanished from ${layout.pki}; run "up" again`);
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
  layout: ClusterLayout,
  node: NodeProcess,
  deadline: number,
): Promise<void> {
  const specs = [pauseImage(options.toolchain.nodeRootfs), corednsImage(options.toolchain.kubernetes)];
  const directories: string[] = [];
  for (const spec of specs) directories.push(await packImage(spec, options.cacheDirectory));
  await waitForContainerd(node, layout, deadline - Date.now(), options.signal);
  await importPackedImages(node.process.pid, directories);
}

async function prepareApi(context: ReadinessContext, deadline: number, signal: AbortSignal | undefined): Promise<void> {
  await waitUntilReady([apiCheck(context)], context, deadline - Date.now(), signal);
  const manifests = [...accessManifests(), ...storageManifests(), ...dnsManifests()];
  await Promise.all(manifests.map((manifest) => context.api.apply(manifest)));
}

import { rmSync } from 'node:fs';
import { removeCgroups } from './cgroups.ts';
import type { ClusterIdentity } from './clusterIdentity.ts';
import type { ClusterLayout } from './clusterLayout.ts';
import { writeClusterState, type ClusterState, type LinkAddress } from './clusterState.ts';
import { API_SERVICE_ADDRESS, type NodeSettings } from './components/component.ts';
import { createHostNetwork } from './hostNetwork.ts';
import { chooseLinkAddress, isLinkFree } from './linkAddress.ts';
import { nodeFingerprint, renderNodeFiles, writeNodeFiles, type NodeFile } from './nodeFiles.ts';
import { readLiveNode, startNode, stopNode, type NodeProcess } from './nodeProcess.ts';
import { prepareNodeRoot } from './nodeRoot.ts';
import type { NodePrograms } from './nodeScripts.ts';
import { certificateSpecs, ensureCertificates } from './pki/clusterCertificates.ts';
import { probeIptables, requireDiskRoom } from './preflight.ts';
import { stopWorkers } from './stopWorkers.ts';

/** What {@link ensureNode} takes. */
export interface EnsureNodeOptions {
  readonly identity: ClusterIdentity;
  readonly layout: ClusterLayout;
  readonly programs: NodePrograms;
  /** What the last run left; undefined when nothing. */
  readonly previous: ClusterState | undefined;
  readonly apiPort: number;
  /** 1 to 3. */
  readonly nodeCount: number;
  readonly onEvent: (detail: string) => void;
}

/** The running first node and what the cluster was started with. */
export interface EnsuredNode {
  readonly state: ClusterState;
  readonly node: NodeProcess;
}

/**
 * Keeps a first node that runs with today's settings and programs, otherwise starts one over what is left of
 * the old one's data; workers end with the old one. The caller holds the cluster's lock and the machine's.
 */
export async function ensureNode(options: EnsureNodeOptions): Promise<EnsuredNode> {
  const live = readLiveNode(options.layout);
  if (live === undefined) await requireDiskRoom(options.layout.root);
  const { identity, programs } = options;
  const network = createHostNetwork(identity.linkName, programs.nodeRootfs);
  const link = chooseLink(options, network.usedBlocks, live);
  const { apiPort, nodeCount } = options;
  const state = { name: identity.name, checkout: identity.checkout, apiPort, link, nodeCount };
  writeClusterState(options.layout.stateFile, state);
  const { node, files, fingerprint } = await renderNode(options, link);
  if (live?.fingerprint === fingerprint && network.linkHasAddress(link.hostAddress)) {
    writeNodeFiles(options.layout, files);
    return { state, node: live };
  }
  await clearOldNode(options, live);
  options.onEvent('starting the node');
  const iptables = await probeIptables(programs.nodeRootfs);
  prepareNodeRoot(options.layout, node, programs.nodeRootfs, iptables);
  writeNodeFiles(options.layout, files);
  const { cgroupName } = identity;
  const hostLink = { create: (pid: number) => network.createLink(link, pid), remove: () => network.removeLink() };
  return { state, node: await startNode({ ...options, cgroupName, link: hostLink, fingerprint }) };
}

function chooseLink(
  options: EnsureNodeOptions,
  usedBlocks: ReturnType<typeof createHostNetwork>['usedBlocks'],
  live: NodeProcess | undefined,
): LinkAddress {
  const remembered = options.previous?.link;
  const used = usedBlocks();
  if (remembered !== undefined && (live !== undefined || isLinkFree(remembered, used))) return remembered;
  return chooseLinkAddress(options.identity.id, used);
}

async function renderNode(
  { identity, layout, programs }: EnsureNodeOptions,
  link: LinkAddress,
): Promise<{ readonly node: NodeSettings; readonly files: readonly NodeFile[]; readonly fingerprint: string }> {
  const { nodeAddress } = link;
  const { nodeName, cgroupName } = identity;
  const node = { number: 1, nodeName, nodeAddress, apiAddress: nodeAddress, cgroupRoot: `/${cgroupName}` };
  await ensureCertificates(
    layout.pki,
    certificateSpecs(node.nodeName, node.nodeAddress, API_SERVICE_ADDRESS),
    Date.now(),
  );
  const files = renderNodeFiles(node, link.hostAddress);
  return { node, files, fingerprint: nodeFingerprint(files, layout.pki, [programs.kubernetes, programs.nodeRootfs]) };
}

async function clearOldNode(options: EnsureNodeOptions, live: NodeProcess | undefined): Promise<void> {
  if (live !== undefined) {
    options.onEvent('the node has other settings than it should, or lost its link: starting it anew');
    await stopNode(live);
  } else if (options.previous !== undefined) {
    options.onEvent('the node does not run: starting it');
  }
  await stopWorkers(options);
  // The kubelet would look for the container of every cgroup that is left, for seconds each.
  await removeCgroups(options.identity.cgroupName);
  // What runit wrote there tells of processes that are gone.
  rmSync(options.layout.services, { recursive: true, force: true });
}

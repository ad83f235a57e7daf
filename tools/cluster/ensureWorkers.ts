import { rmSync } from 'node:fs';
import { removeCgroups } from './cgroups.ts';
import { workerPlaces, type LiveNode, type NodePlace } from './clusterNodes.ts';
import type { NodeSettings } from './components/component.ts';
import type { EnsuredNode, EnsureNodeOptions } from './ensureNode.ts';
import { nodeFingerprint, renderNodeFiles, writeNodeFiles, type NodeFile } from './nodeFiles.ts';
import { readLiveNode, startNode, stopNode } from './nodeProcess.ts';
import { prepareNodeRoot } from './nodeRoot.ts';
import { ensureWorkerCertificates, workerCertificateSpecs } from './pki/clusterCertificates.ts';
import { probeIptables } from './preflight.ts';
import { WORKER_GATEWAY, workerAddressOf } from './workerAddress.ts';
import { createWorkerLink } from './workerLink.ts';

/** What {@link ensureWorkers} takes. */
export type EnsureWorkersOptions = Pick<EnsureNodeOptions, 'identity' | 'layout' | 'programs' | 'onEvent'>;

/**
 * Keeps the workers that run with today's settings and have their link to the first node, and starts the others over what is
 * left of their data. The first node runs; the caller holds the cluster's lock.
 */
export async function ensureWorkers(options: EnsureWorkersOptions, first: EnsuredNode): Promise<readonly LiveNode[]> {
  const places = workerPlaces(options.identity, options.layout).slice(0, first.state.nodeCount - 1);
  // Each is through with it, well or badly, before the lock is given up.
  const workers = await Promise.allSettled(places.map((place) => ensureWorker(options, first, place)));
  return workers.map((worker) => {
    if (worker.status === 'rejected') throw worker.reason;
    return worker.value;
  });
}

async function ensureWorker(options: EnsureWorkersOptions, first: EnsuredNode, place: NodePlace): Promise<LiveNode> {
  const { layout, name, number, cgroupName } = place;
  const { programs, onEvent } = options;
  const { settings, files, fingerprint } = await renderWorker(options, first, place);
  const link = createWorkerLink(first.node.process.pid, number, programs.nodeRootfs);
  const live = readLiveNode(layout);
  if (live?.fingerprint === fingerprint && (await link.exists())) {
    writeNodeFiles(layout, files);
    return { ...place, node: live };
  }
  onEvent(`starting node ${name}`);
  if (live !== undefined) await stopNode(live);
  await removeCgroups(cgroupName);
  rmSync(layout.services, { recursive: true, force: true }); // What runit wrote there tells of processes that are gone.
  prepareNodeRoot(layout, settings, programs.nodeRootfs, await probeIptables(programs.nodeRootfs));
  writeNodeFiles(layout, files);
  return { ...place, node: await startNode({ cgroupName, layout, programs, link, fingerprint }) };
}

async function renderWorker(
  { layout: cluster, programs }: EnsureWorkersOptions,
  { state }: EnsuredNode,
  { layout, name, number, cgroupName }: NodePlace,
): Promise<{ readonly settings: NodeSettings; readonly files: readonly NodeFile[]; readonly fingerprint: string }> {
  const settings: NodeSettings = {
    number,
    nodeName: name,
    nodeAddress: workerAddressOf(number),
    apiAddress: state.link.nodeAddress,
    cgroupRoot: `/${cgroupName}`,
  };
  await ensureWorkerCertificates(
    layout.pki,
    cluster.pki,
    workerCertificateSpecs(name, settings.nodeAddress),
    Date.now(),
  );
  const files = renderNodeFiles(settings, WORKER_GATEWAY);
  const parts = [programs.kubernetes, programs.nodeRootfs];
  return { settings, files, fingerprint: nodeFingerprint(files, layout.pki, parts) };
}

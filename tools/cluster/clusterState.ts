import { isRecord } from '../values/isRecord.ts';
import { isNodeCount } from './nodeCount.ts';
import { readJsonIfPresent, writePrivateFile } from '../process/privateFiles.ts';

/** The two ends of the /30 that joins a cluster to the host. */
export interface LinkAddress {
  readonly hostAddress: string;
  readonly nodeAddress: string;
}

/** What a cluster keeps from one `up` to the next. */
export interface ClusterState {
  readonly name: string;
  readonly checkout: string;
  /** Port on 127.0.0.1, 1024 to 65535. */
  readonly apiPort: number;
  readonly link: LinkAddress;
  /** 1 to {@link MAX_NODES}. */
  readonly nodeCount: number;
}

/** Reads the state; undefined when there is none or it is damaged: then `up` chooses afresh. */
export function readClusterState(path: string): ClusterState | undefined {
  return parseClusterState(readJsonIfPresent(path));
}

/** Writes the state whole or not at all. */
export function writeClusterState(path: string, state: ClusterState): void {
  writePrivateFile(path, `${JSON.stringify(state, null, 2)}\n`);
}

/** Checks every field; undefined when one is missing or of the wrong kind. */
export function parseClusterState(value: unknown): ClusterState | undefined {
  if (!isRecord(value) || !isRecord(value['link'])) return undefined;
  const { name, checkout, apiPort } = value;
  const { hostAddress, nodeAddress } = value['link'];
  if (typeof name !== 'string' || typeof checkout !== 'string') return undefined;
  if (typeof apiPort !== 'number' || !Number.isInteger(apiPort) || apiPort < 1024 || apiPort > 65535) return undefined;
  if (!isIpv4(hostAddress) || !isIpv4(nodeAddress)) return undefined;
  const nodeCount = value['nodeCount'] ?? 1; // Clusters from before there were workers do not say it.
  if (!isNodeCount(nodeCount)) return undefined;
  return { name, checkout, apiPort, link: { hostAddress, nodeAddress }, nodeCount };
}

function isIpv4(value: unknown): value is string {
  return typeof value === 'string' && /^\d{1,3}(?:\.\d{1,3}){3}$/.test(value);
}

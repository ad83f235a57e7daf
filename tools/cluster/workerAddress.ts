/**
 * Where the links between the first node and its workers have their addresses. Nobody outside the cluster ever sees them: every
 * cluster has the same.
 */
export const WORKER_LINKS_CIDR = '10.245.0.0/24';

/** The first node's address on the link to each worker. */
export const WORKER_GATEWAY = '10.245.0.1';

/** A worker's address. */
export function workerAddressOf(number: number): string {
  return `10.245.0.${String(number)}`;
}

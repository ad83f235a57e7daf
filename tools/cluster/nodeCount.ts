import { FewerNodesError } from './errors/fewerNodesError.ts';
import { InvalidNodeCountError } from './errors/invalidNodeCountError.ts';

/** How many nodes a cluster may have: all of them share one machine. */
export const MAX_NODES = 3;

/** Whether it is a number of nodes that a cluster may have. */
export function isNodeCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MAX_NODES;
}

/**
 * Reads what a user wrote.
 *
 * @throws InvalidNodeCountError
 */
export function parseNodeCount(text: string): number {
  const count = /^\d+$/.test(text) ? Number(text) : undefined;
  if (!isNodeCount(count)) throw new InvalidNodeCountError(text, MAX_NODES);
  return count;
}

/**
 * Decides how many nodes a cluster has from now on.
 *
 * @throws InvalidNodeCountError, and FewerNodesError when it has more than are asked for.
 */
export function chooseNodeCount(cluster: string, asked: number | undefined, present: number | undefined): number {
  if (asked !== undefined && !isNodeCount(asked)) throw new InvalidNodeCountError(String(asked), MAX_NODES);
  if (asked !== undefined && present !== undefined && asked < present)
    throw new FewerNodesError(cluster, asked, present);
  return asked ?? present ?? 1;
}

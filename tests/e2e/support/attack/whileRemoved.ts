import type { KubeConfig } from '@kubernetes/client-node';
import type { NetworkMatrix } from './networkMatrix.ts';
import { removePolicies } from './removedPolicies.ts';

/** A stack that is attacked. */
export interface AttackedStack {
  readonly kube: KubeConfig;
  readonly namespace: string;
  readonly matrix: NetworkMatrix;
}

/**
 * Removes policies, runs the matrix until the cells are wrong that are expected to be, or for a while, and waits until none is
 * once the policies are back.
 *
 * @returns the cells that were wrong without the policies
 * @throws Error when some stay wrong afterwards.
 */
export async function whileRemoved(
  { kube, namespace, matrix }: AttackedStack,
  policies: readonly string[],
  expected: readonly string[],
): Promise<readonly string[]> {
  const looked = JSON.stringify(expected);
  let without: readonly string[];
  {
    await using _removed = await removePolicies(kube, namespace, policies);
    const result = await matrix.runUntil(({ wrong }) => JSON.stringify(wrong) === looked, 30);
    without = result.wrong;
  }
  const after = await matrix.runUntil(({ wrong }) => wrong.length === 0);
  if (after.wrong.length > 0) throw new Error(`${policies.join(', ')} are back, and still: ${after.wrong.join('; ')}`);
  return without;
}

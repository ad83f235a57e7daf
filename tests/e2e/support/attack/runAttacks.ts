import { runAccessMatrix } from './accessMatrix.ts';
import type { AttackResult } from './attackResult.ts';
import { NetworkMatrix, type NetworkMatrixOptions } from './networkMatrix.ts';

/** Both matrices. */
export interface Attacks {
  readonly network: AttackResult;
  readonly access: AttackResult;
}

/**
 * Attacks a stack that was deployed with `attackSettings`, after `createAttackNamespaces`, in a namespace of its own: tries
 * every flow once network plugin and pods have settled, and asks for every right.
 */
export async function runAttacks(options: NetworkMatrixOptions): Promise<Attacks> {
  await using matrix = await NetworkMatrix.start(options);
  await matrix.runUntil(({ wrong }) => wrong.length === 0);
  return { network: await matrix.run(), access: await runAccessMatrix(options) };
}

import type { Pairs } from './figure.ts';
import type { Side } from './side.ts';

/** Runs both sides in turn, each time in the other order: neither always goes first on a machine that warms up. */
export async function measurePairs(
  runs: number,
  peer: string,
  measure: (side: Side) => Promise<number>,
): Promise<Pairs> {
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    for (const side of run % 2 === 0 ? (['ours', 'peer'] as const) : (['peer', 'ours'] as const))
      (side === 'ours' ? ours : theirs).push(await measure(side));
  }
  return { runs: ours, peer, peerRuns: theirs };
}

import { atLeastOfPeer, type Measured } from '../figure.ts';
import type { FigureOptions } from './benchStrategies.ts';
import { measureDrain } from './drain.ts';
import { observeWindows } from './observeWindows.ts';
import type { ScaleBed } from './scaleBed.ts';
import { ingesterCount } from './settings.ts';
import type { Window } from './window.ts';

/** A full topic emptied by one ingester, and by two. It is filled about twice as fast as it is emptied. */
export async function benchIngesters(bed: ScaleBed, { runs, seconds, report }: FigureOptions): Promise<Measured> {
  const measured: Record<'one' | 'two', Window[]> = { one: [], two: [] };
  const counts = { one: 1, two: 2 } as const;
  for (let run = 1; run <= runs; run += 1) {
    for (const side of run % 2 === 0 ? (['two', 'one'] as const) : (['one', 'two'] as const)) {
      const result = await measureDrain(bed, counts[side], {
        service: `drain-${side}-${run}`,
        fillSeconds: seconds / 2,
      });
      report(`${side} emptying the topic, run ${run}: ${result.spansPerSecond.toFixed(0)} spans/s`);
      measured[side].push(result);
    }
  }
  await bed.setIngesters(ingesterCount);
  const rates = (side: 'one' | 'two'): readonly number[] =>
    measured[side].map(({ spansPerSecond }) => Math.round(spansPerSecond));
  return {
    figures: [
      atLeastOfPeer(
        'spans stored a second from a full topic, two ingesters',
        { runs: rates('two'), peer: 'one ingester', peerRuns: rates('one') },
        1.5,
        'spans/s',
      ),
    ],
    observations: [...observeWindows('one ingester', measured.one), ...observeWindows('two ingesters', measured.two)],
  };
}

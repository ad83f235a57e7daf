import { none, observe, type Measured, type Observation } from '../figure.ts';
import type { FigureOptions } from './benchStrategies.ts';
import { endureOutage, type Outage, type OutageLoss } from './outage.ts';
import type { ScaleBed } from './scaleBed.ts';
import { strategies, type Strategy } from './settings.ts';

/** Outages of both kinds in turn, of a minute each, with both strategies under load. */
export async function benchOutages(
  bed: ScaleBed,
  { runs, report }: Pick<FigureOptions, 'runs' | 'report'>,
): Promise<Measured> {
  const losses: Record<Strategy, OutageLoss[]> = { direct: [], streaming: [] };
  for (let run = 1; run <= runs; run += 1) {
    const outage: Outage = run % 2 === 0 ? 'held' : 'killed';
    const loss = await endureOutage(bed, outage, `outage-${run}`);
    for (const strategy of strategies) losses[strategy].push(loss[strategy]);
    const { direct, streaming } = loss;
    report(
      `Elasticsearch ${outage}, run ${run}: streaming lost ${streaming.lost} of ${streaming.acknowledged}, direct ${direct.lost} of ${direct.acknowledged}, ${direct.counted} counted`,
    );
  }
  const of = (strategy: Strategy, what: string, read: (loss: OutageLoss) => number): Observation =>
    observe(`Elasticsearch stopped for 60 s, ${strategy}: ${what}`, losses[strategy].map(read), 'spans');
  return {
    figures: [
      none(
        'Elasticsearch stopped for 60 s: spans lost, streaming',
        losses.streaming.map(({ lost }) => lost),
        'spans',
      ),
      none(
        'Elasticsearch stopped for 60 s: spans lost, not counted, direct',
        losses.direct.map(({ lost, counted }) => Math.abs(lost - counted)),
        'spans',
        'lost is what was acknowledged and is not stored; counted is dropped from the queues, or not saved',
      ),
    ],
    observations: strategies.flatMap((strategy) => [
      of(strategy, 'acknowledged', ({ acknowledged }) => acknowledged),
      of(strategy, 'lost', ({ lost }) => lost),
      of(strategy, 'lost by the counters', ({ counted }) => counted),
      of(strategy, 'stored more than once', ({ duplicates }) => duplicates),
    ]),
  };
}

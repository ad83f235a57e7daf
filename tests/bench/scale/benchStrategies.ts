import { atLeastOfPeer, none, type Measured } from '../figure.ts';
import { measureLoaded, type LoadedRun } from './loadedRun.ts';
import { observeWindows } from './observeWindows.ts';
import type { ScaleBed } from './scaleBed.ts';
import { strategies, unstoredSpans, type Strategy } from './settings.ts';

/** How a figure is measured. */
export interface FigureOptions {
  /** Runs of each side. */
  readonly runs: number;
  /** Seconds of a run. */
  readonly seconds: number;
  readonly report: (text: string) => void;
}

/** Runs of each strategy that do not count: Java compiles what is used often. */
const WARM_UPS = 2;

/**
 * Each strategy as fast as it stores. The load is closed: no more spans are on their way than one collector's queue takes, so that
 * nothing has to be dropped and what is stored a second is what the pipeline keeps up with.
 */
export async function benchStrategies(bed: ScaleBed, { runs, seconds, report }: FigureOptions): Promise<Measured> {
  const measured: Record<Strategy, LoadedRun[]> = { direct: [], streaming: [] };
  for (let run = 1 - WARM_UPS; run <= runs; run += 1) {
    for (const strategy of inTurn(run)) {
      const service = `full-${strategy}-${run + WARM_UPS}`;
      const result = await measureLoaded(bed, strategy, { service, seconds, unstored: unstoredSpans });
      report(`full speed, ${strategy}, run ${run}: ${result.spansPerSecond.toFixed(0)} spans/s, lost ${result.lost}`);
      if (run > 0) measured[strategy].push(result);
    }
  }
  const rates = (strategy: Strategy): readonly number[] =>
    measured[strategy].map(({ spansPerSecond }) => Math.round(spansPerSecond));
  const lost = strategies.flatMap((strategy) => measured[strategy].map((run) => run.lost));
  return {
    figures: [
      atLeastOfPeer(
        'spans stored a second, streaming',
        { runs: rates('streaming'), peer: 'direct', peerRuns: rates('direct') },
        0.8,
        'spans/s',
      ),
      none('spans lost of these, either strategy', lost, 'spans'),
    ],
    observations: strategies.flatMap((strategy) => observeWindows(`full speed, ${strategy}`, measured[strategy])),
  };
}

/** Whoever comes second has what the first left behind: they take turns in that, too. */
function inTurn(run: number): readonly Strategy[] {
  return run % 2 === 0 ? [...strategies].reverse() : strategies;
}

import { loadavg } from 'node:os';
import { z } from 'zod';
import { atMost, atMostOfPeer, type Figure, type Measured, type Observation, observe, type Pairs } from '../figure.ts';
import { measurePairs } from '../measurePairs.ts';
import { oracleFigures } from '../performance/oracleFigures.ts';
import { repeated } from '../repeated.ts';
import { runProgram } from '../runProgram.ts';

/** How the suite `performance` is run. */
export interface PerformanceBenchOptions {
  /** Runs of each figure. */
  readonly runs: number;
  readonly report: (text: string) => void;
}

const OBSERVATIONS = 2_000_000;
const SCRAPES = 100;
const ROUNDS = 100;
const SERIES = 200;
const MEGABYTE = 1e6;

const observed = z.object({ nanoseconds: z.number() });
const scraped = z.object({ millis: z.number() });
const system = z.object({ blockedMillis: z.number(), processorMillis: z.number(), delayP99Millis: z.number() });
const week = z.object({ bytes: z.number(), estimatedBytes: z.number(), points: z.number() });
const errors = z.record(z.string(), z.number());

/** Compares the performance monitor with prom-client, systeminformation on the main thread, and statistics packages. */
export async function benchPerformance({ runs, report }: PerformanceBenchOptions): Promise<Measured> {
  const load = loadavg()[0] ?? 0;
  report(`the machine read every 100 ms: ${runs} runs of each of three ways`);
  const collecting = await collectingFigures(runs);
  report(`durations observed: ${runs} runs of each side`);
  const observing = await measurePairs(runs, 'prom-client', async (side) => {
    return observed.parse(await runProgram('performance', 'measureObserve', [side, OBSERVATIONS])).nanoseconds;
  });
  report(`scrapes of 10,000 series: ${runs} runs of each side`);
  const scraping = await measurePairs(runs, 'prom-client', async (side) => {
    return scraped.parse(await runProgram('performance', 'measureScrape', [side, SCRAPES])).millis;
  });
  report(`a week of ${SERIES} series: ${runs} runs`);
  const weeks = await repeated(runs, async () => week.parse(await runProgram('performance', 'weekOfSeries', [SERIES])));
  report(`quantiles of four distributions: ${runs} seeds`);
  const quantiles = await quantileFigures(runs);
  const figures = [
    ...collecting.figures,
    atMostOfPeer('processor time of a duration observed, three attributes', observing, 1, 'ns'),
    atMostOfPeer('processor time of a scrape of 10,000 series', scraping, 0.5, 'ms'),
    atMost(
      `memory of a week of ${SERIES} series every 30 s`,
      weeks.map(({ bytes }) => bytes / MEGABYTE),
      20,
      'MB',
    ),
    ...quantiles,
    ...oracleFigures(),
  ];
  const estimated = weeks.map(({ estimatedBytes }) => estimatedBytes / MEGABYTE);
  return {
    figures,
    observations: [
      observe('load average of the machine when the suite began', [load], 'processes'),
      observe('what the store estimates that the week takes', estimated, 'MB'),
      ...collecting.observations,
    ],
  };
}

/** Each run of each way right after the others: what the machine does besides is in all three. */
async function collectingFigures(
  runs: number,
): Promise<{ readonly figures: readonly Figure[]; readonly observations: readonly Observation[] }> {
  const read = async (mode: 'ours' | 'library' | 'none') =>
    system.parse(await runProgram('performance', 'measureSystem', [mode, ROUNDS]));
  const rounds = await repeated(runs, async () => ({
    none: await read('none'),
    ours: await read('ours'),
    library: await read('library'),
  }));
  const blocked: Pairs = {
    runs: rounds.map(({ ours, none }) => Math.max(0, ours.blockedMillis - none.blockedMillis)),
    peer: 'systeminformation on the main thread',
    peerRuns: rounds.map(({ library, none }) => Math.max(0, library.blockedMillis - none.blockedMillis)),
  };
  return {
    figures: [
      atMost('main thread blocked by a round of all system metrics', blocked.runs, 0.2, 'ms'),
      atMostOfPeer('main thread blocked, to systeminformation on the main thread', blocked, 1, 'ms'),
      atMost(
        'event-loop delay, 99th percentile, beyond the run without a monitor',
        rounds.map(({ ours, none }) => ours.delayP99Millis - none.delayP99Millis),
        2,
        'ms',
      ),
    ],
    observations: [
      observe(
        'processor time of the main thread for a round of all system metrics, beyond the run without a monitor',
        rounds.map(({ ours, none }) => ours.processorMillis - none.processorMillis),
        'ms',
      ),
      observe(
        'event-loop delay of systeminformation on the main thread, 99th percentile, beyond the run without',
        rounds.map(({ library, none }) => library.delayP99Millis - none.delayP99Millis),
        'ms',
      ),
    ],
  };
}

async function quantileFigures(runs: number): Promise<readonly Figure[]> {
  const all = await repeated(runs, async (run) =>
    errors.parse(await runProgram('performance', 'quantileErrors', [run + 1])),
  );
  return Object.keys(all[0] ?? {}).map((distribution) =>
    atMost(
      `largest relative error of a quantile, ${distribution}`,
      all.map((run) => (run[distribution] ?? NaN) * 100),
      1,
      '%',
    ),
  );
}

import { setTimeout as sleep } from 'node:timers/promises';
import { waitUntilStored } from './loadedRun.ts';
import type { ScaleBed } from './scaleBed.ts';
import type { ScaleLoad } from './scaleLoad.ts';
import { strategies, type Strategy } from './settings.ts';

/** How Elasticsearch is stopped: it is killed and started again, or held in its tracks and let go. */
export type Outage = 'killed' | 'held';

/** What an outage came to with one strategy. */
export interface OutageLoss {
  /** Spans that the collectors acknowledged. */
  readonly acknowledged: number;
  /** Those of them that are not stored. */
  readonly lost: number;
  /** What the collectors' counters say was lost. */
  readonly counted: number;
  /** Copies in the storage beside the first of each span. */
  readonly duplicates: number;
}

/** Spans a second that each strategy is given meanwhile: little, so that what is lost is the outage's doing. */
const SPANS_PER_SECOND = 500;

const BEFORE_SECONDS = 5;
const OUTAGE_SECONDS = 60;
const AFTER_SECONDS = 5;

/** Loads both strategies, stops the Elasticsearch that they share for a minute, and looks every span up. */
export async function endureOutage(
  bed: ScaleBed,
  outage: Outage,
  run: string,
): Promise<Readonly<Record<Strategy, OutageLoss>>> {
  const before = { direct: await bed.lost('direct'), streaming: await bed.lost('streaming') };
  await using loads = new AsyncDisposableStack();
  const load = async (strategy: Strategy): Promise<ScaleLoad> =>
    loads.use(await bed.load(strategy, { service: `${run}-${strategy}`, spansPerSecond: SPANS_PER_SECOND }));
  const running = { direct: await load('direct'), streaming: await load('streaming') };
  await sleep(BEFORE_SECONDS * 1000);
  if (outage === 'killed') await bed.storage.kill();
  else bed.storage.hold(true);
  await sleep(OUTAGE_SECONDS * 1000);
  if (outage === 'killed') await bed.storage.startAgain();
  else bed.storage.hold(false);
  await sleep(AFTER_SECONDS * 1000);
  await Promise.all(strategies.map((strategy) => running[strategy].stop()));
  const loss = (strategy: Strategy): Promise<OutageLoss> => lossOf(bed, strategy, running[strategy], before[strategy]);
  return { direct: await loss('direct'), streaming: await loss('streaming') };
}

async function lossOf(bed: ScaleBed, strategy: Strategy, load: ScaleLoad, before: number): Promise<OutageLoss> {
  const { acknowledged } = await load.report();
  const counted = async (): Promise<number> => (await bed.lost(strategy)) - before;
  await waitUntilStored(bed, strategy, load.service, async () => acknowledged - (await counted()));
  const { distinct, duplicates } = await bed.stored(strategy, load.service);
  return { acknowledged, lost: acknowledged - distinct, counted: await counted(), duplicates };
}

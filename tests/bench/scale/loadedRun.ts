import { setTimeout as sleep } from 'node:timers/promises';
import type { LoadOptions, ScaleBed } from './scaleBed.ts';
import type { Strategy } from './settings.ts';
import { takeReading, windowBetween, type Window } from './window.ts';

/** One load of one pipeline, measured while it was steady. */
export interface LoadedRun extends Window {
  /** Spans that the collectors acknowledged and that are not stored. */
  readonly lost: number;
  readonly duplicates: number;
}

/** Seconds until the load, the queues and the readers have found their pace. */
const SETTLE_SECONDS = 3;

/** So long may the storage add nothing before what is not there counts as lost: longer than a request may take. */
export const PATIENCE_SECONDS = 45;

/** Loads a pipeline, measures it while it is steady, and looks every acknowledged span up. */
export async function measureLoaded(
  bed: ScaleBed,
  strategy: Strategy,
  { seconds, ...load }: LoadOptions & { readonly seconds: number },
): Promise<LoadedRun> {
  await using running = await bed.load(strategy, load);
  await sleep(SETTLE_SECONDS * 1000);
  const before = await takeReading(bed, strategy);
  await sleep(seconds * 1000);
  const after = await takeReading(bed, strategy);
  const { acknowledged, unacknowledged } = await running.stop();
  if (unacknowledged > 0) throw new Error(`${unacknowledged} spans were not acknowledged within a minute`);
  await waitUntilStored(bed, strategy, load.service, () => acknowledged);
  const { distinct, duplicates } = await bed.stored(strategy, load.service);
  return { ...windowBetween(before, after), lost: acknowledged - distinct, duplicates };
}

/** Waits until a service has so many spans, or none was added for {@link PATIENCE_SECONDS}. */
export async function waitUntilStored(
  bed: ScaleBed,
  strategy: Strategy,
  service: string,
  expected: () => number | Promise<number>,
): Promise<void> {
  let most = -1;
  for (let since = performance.now(); performance.now() - since < PATIENCE_SECONDS * 1000; await sleep(500)) {
    const stored = await bed.count(strategy, service);
    if (stored >= (await expected())) return;
    if (stored > most) since = performance.now();
    most = Math.max(most, stored);
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import { PATIENCE_SECONDS } from './loadedRun.ts';
import type { ScaleBed } from './scaleBed.ts';
import { takeReading, windowBetween, type Window } from './window.ts';

/** Spans a second that fill the topic: less than two collectors take. */
const FILL_SPANS_PER_SECOND = 10_000;

/** Share of the spans that is drained before the clock starts, and before it stops: readers find each other, one ends before the other. */
const FROM = 0.25;
const UNTIL = 0.85;

/** Fills the topic while nobody reads it, then lets so many ingesters empty it while the collectors idle. */
export async function measureDrain(
  bed: ScaleBed,
  ingesters: number,
  { service, fillSeconds }: { readonly service: string; readonly fillSeconds: number },
): Promise<Window> {
  await bed.setIngesters(0);
  const start = await bed.indexed('streaming');
  const spans = await fill(bed, service, fillSeconds);
  await bed.setIngesters(ingesters);
  const reached = async (share: number): Promise<void> => waitForIndexed(bed, start + spans * share);
  await reached(FROM);
  const before = await takeReading(bed, 'streaming');
  await reached(UNTIL);
  const after = await takeReading(bed, 'streaming');
  await reached(1);
  return windowBetween(before, after);
}

async function fill(bed: ScaleBed, service: string, seconds: number): Promise<number> {
  const lost = await bed.lost('streaming');
  await using load = await bed.load('streaming', { service, spansPerSecond: FILL_SPANS_PER_SECOND });
  await sleep(seconds * 1000);
  const { acknowledged } = await load.stop();
  // The gauge is brought up to date once a second.
  do await sleep(1500);
  while ((await queued(bed)) > 0);
  return acknowledged - ((await bed.lost('streaming')) - lost);
}

async function queued(bed: ScaleBed): Promise<number> {
  const lengths = bed.collectors.streaming.map((collector) => collector.metric('jaeger_collector_queue_length'));
  return (await Promise.all(lengths)).reduce((sum, length) => sum + length, 0);
}

async function waitForIndexed(bed: ScaleBed, documents: number): Promise<void> {
  let most = -1;
  for (let since = performance.now(); ; await sleep(50)) {
    const indexed = await bed.indexed('streaming');
    if (indexed >= documents) return;
    if (indexed > most) since = performance.now();
    most = indexed;
    if (performance.now() - since > PATIENCE_SECONDS * 1000)
      throw new Error(`${indexed} documents of ${documents} are indexed, and none more for ${PATIENCE_SECONDS} s`);
  }
}

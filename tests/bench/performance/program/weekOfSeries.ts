// node --expose-gc weekOfSeries.ts SERIES: keeps a week of rounds every 30 s of so many series, half of them gauges, a quarter
// counters and a quarter histograms, and prints what that takes in memory, and what the store estimates.
import { setTimeout as sleep } from 'node:timers/promises';
import { bucketOf, QuantileSketch } from '../../../../runtime/src/core/quantileSketch.ts';
import type { MetricSnapshot } from '../../../../runtime/src/performance/metrics/metricSnapshot.ts';
import { SeriesStore } from '../../../../runtime/src/performance/series/seriesStore.ts';
import { seededRandom } from '../../../support/seededRandom.ts';

const INTERVAL_MILLIS = 30_000;
const ROUNDS = (7 * 24 * 3_600_000) / INTERVAL_MILLIS;
const MEASUREMENTS_OF_ROUND = 5;
const COLLECTIONS = 3;
const SWEEP_MILLIS = 100;
const scope = { name: 'shop' };

const count = Number(process.argv[2]);
const random = seededRandom(42);
const series = Array.from({ length: count }, (_, index) => seriesOf(index));
const before = await usedBytes();
const store = new SeriesStore();
for (let round = 0; round < ROUNDS; round += 1)
  store.append(
    series.map((next) => next()),
    round * INTERVAL_MILLIS,
  );
const bytes = (await usedBytes()) - before;
process.stdout.write(JSON.stringify({ bytes, estimatedBytes: store.bytes, points: store.counts().points }));
process.exit(0);

/** What a collection leaves. The bytes of arrays that it found unused are given back after it, by another thread. */
async function usedBytes(): Promise<number> {
  let used = Number.POSITIVE_INFINITY;
  for (let collection = 0; collection < COLLECTIONS; collection += 1) {
    globalThis.gc?.();
    await sleep(SWEEP_MILLIS);
    const { heapUsed, external } = process.memoryUsage();
    used = Math.min(used, heapUsed + external);
  }
  return used;
}

/** What a metric of one series shows, round by round. */
function seriesOf(index: number): () => MetricSnapshot {
  const common = { scope, name: `metric.${index}`, description: '', unit: '1' };
  const attributes = { host: 'a', part: `part-${index}` };
  if (index % 4 < 2) {
    let value = 1000 * (index + 1);
    return () => {
      value += (random() - 0.5) * 10;
      return { ...common, kind: 'gauge', points: [{ attributes, startWallMillis: 0, value }] };
    };
  }
  if (index % 4 === 2) {
    let value = 0;
    return () => {
      value += Math.floor(random() * 100);
      return { ...common, kind: 'counter', points: [{ attributes, startWallMillis: 0, value }] };
    };
  }
  return histogramOf(common, attributes);
}

function histogramOf(common: Omit<MetricSnapshot, 'kind' | 'points'>, attributes: Record<string, string>) {
  const sketch = new QuantileSketch();
  let [measured, sum, min, max] = [0, 0, Number.POSITIVE_INFINITY, 0];
  return (): MetricSnapshot => {
    for (let index = 0; index < MEASUREMENTS_OF_ROUND; index += 1) {
      const value = 0.02 * Math.exp(2 * (random() + random() + random() - 1.5));
      sketch.add(bucketOf(value));
      measured += 1;
      sum += value;
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    const point = { attributes, startWallMillis: 0, count: measured, sum, min, max, sketch };
    return {
      ...common,
      kind: 'histogram',
      points: [{ ...point, boundaries: [], bucketCounts: [measured], exemplars: [] }],
    };
  };
}

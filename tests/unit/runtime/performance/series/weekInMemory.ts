// node --expose-gc weekInMemory.ts SERIES: keeps a week of gauges, each with another value every 30 s, and prints what that
// takes. In a process of its own, since a test runner's memory comes and goes.
import { setTimeout } from 'node:timers/promises';
import { SeriesStore } from '../../../../../runtime/src/performance/series/seriesStore.ts';
import { seededRandom } from '../../../../support/seededRandom.ts';

const HOUR = 3_600_000;

async function usedBytes(): Promise<number> {
  // Buffers are freed beside the program, after the collection that found nobody holding them.
  for (let round = 0; round < 3; round += 1) {
    globalThis.gc?.();
    await setTimeout(10);
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function filled(series: number): SeriesStore {
  const random = seededRandom(11);
  const store = new SeriesStore();
  const metric = { scope: { name: 'test' }, name: 'used', description: '', unit: 'By', kind: 'gauge' } as const;
  const all = Array.from({ length: series }, (_, index) => Object.freeze({ device: `disk${index}`, state: 'used' }));
  for (let now = 0; now <= (7 * 24 + 2) * HOUR; now += 30_000) {
    const points = all.map((attributes) => ({ attributes, startWallMillis: 0, value: 1e9 * random() }));
    store.append([{ ...metric, points }], now);
  }
  return store;
}

const stores = [filled(Number(process.argv[2]))];
const held = await usedBytes();
const [store] = stores.map(({ bytes: estimated }) => ({ estimated }));
stores.length = 0;
const real = held - (await usedBytes());
process.stdout.write(JSON.stringify({ ...store, real }));

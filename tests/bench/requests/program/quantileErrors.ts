// node quantileErrors.ts SEED: sends 100,000 durations of each of four distributions through a tracker, and prints the largest
// relative error of a percentile of each.
import { RequestTracker } from '@tracewright/runtime';
import { seededRandom } from '../../../support/seededRandom.ts';

const COUNT = 100_000;
const random = seededRandom(Number(process.argv[2]));
const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const distributions: Readonly<Record<string, () => number>> = {
  uniform: () => 1 + random() * 999,
  exponential: () => -50 * Math.log(1 - random()),
  'log-normal': () => Math.exp(3 + 1.5 * normal()),
  bimodal: () => (random() < 0.9 ? 5 + normal() : 800 + 40 * normal()),
};
const PERCENTILES = { p50Millis: 0.5, p90Millis: 0.9, p95Millis: 0.95, p99Millis: 0.99, p999Millis: 0.999 } as const;

const errors = Object.fromEntries(Object.entries(distributions).map(([name, draw]) => [name, largestError(draw)]));
process.stdout.write(JSON.stringify(errors));
process.exit(0);

/** The clock is one that goes on by each duration. */
function largestError(draw: () => number): number {
  let now = 0;
  const host = {
    wallMillis: () => now,
    monotonicMillis: () => now,
    schedule: () => () => undefined,
    warn: () => undefined,
  };
  const tracker = new RequestTracker({ maxRequests: 1000 }, { host });
  const exact: number[] = [];
  for (let index = 0; index < COUNT; index += 1) {
    const request = tracker.start({ operation: 'drawn' }).process();
    const before = now;
    now = before + Math.max(0.001, draw());
    request.complete();
    exact.push(now - before);
    // All of them within a minute.
    now = before;
  }
  exact.sort((a, b) => a - b);
  const durations = tracker.statistics.read({ window: '1m' })?.durations;
  if (durations === undefined) throw new Error('nothing was counted');
  return Math.max(
    ...Object.entries(PERCENTILES).map(([name, quantile]) => {
      const truth = exact[Math.max(0, Math.ceil(quantile * COUNT) - 1)] ?? NaN;
      return Math.abs(durations[name as keyof typeof PERCENTILES] - truth) / truth;
    }),
  );
}

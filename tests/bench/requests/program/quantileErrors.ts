// node quantileErrors.ts SEED: sends 100,000 durations of each of four distributions through a tracker, and prints the largest
// relative error of a percentile of each.
import { RequestTracker } from '@tracewright/runtime';
import { distributions, largestRelativeError } from '../../distributions.ts';

const COUNT = 100_000;
const errors = Object.fromEntries(
  Object.entries(distributions(Number(process.argv[2]))).map(([name, draw]) => [name, largestError(draw)]),
);
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
  const durations = tracker.statistics.read({ window: '1m' })?.durations;
  if (durations === undefined) throw new Error('nothing was counted');
  return largestRelativeError(exact, (name) => durations[`${name}Millis`]);
}

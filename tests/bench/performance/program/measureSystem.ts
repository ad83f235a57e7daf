// node measureSystem.ts MODE ROUNDS: reads the machine every 100 ms and prints, as JSON, how many milliseconds of a round, in the
// median, the event loop of the main thread was active, how many of these it had a processor, and how late its timers were.
// MODE is `ours` (the sampler), `library` (systeminformation on the main thread) or `none`, which is what the loop itself costs.
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { currentLoad, disksIO, fsSize, fsStats, mem, networkStats } from 'systeminformation';
import { SystemSampler } from '../../../../runtime/src/performance/system/systemSampler.ts';

const INTERVAL_MILLIS = 100;
const RESOLUTION_MILLIS = 1;
const NANOSECONDS = 1e6;
const MICROSECONDS = 1e3;
const WARM_UP_ROUNDS = 20;

const [mode, rounds] = process.argv.slice(2);
const { read, stop } = reading();
// The sampler keeps no process alive that waits for it.
setInterval(() => undefined, 2 ** 31 - 1);
for (let round = 0; round < WARM_UP_ROUNDS; round += 1) await Promise.all([read(), sleep(INTERVAL_MILLIS)]);

const count = Number(rounds);
let answered = 0;
const processorBefore = process.threadCpuUsage();
// Without the timers of the delay's monitor, each of which is a turn of the loop of its own.
const blocked = await readRounds();
const processor = process.threadCpuUsage(processorBefore);
const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MILLIS });
delay.enable();
await readRounds();
delay.disable();
stop();
process.stdout.write(
  JSON.stringify({
    blockedMillis: blocked.toSorted((one, other) => one - other)[Math.floor(count / 2)],
    processorMillis: (processor.user + processor.system) / MICROSECONDS / count,
    delayP99Millis: Math.max(0, delay.percentile(99) / NANOSECONDS - RESOLUTION_MILLIS),
    delayMaxMillis: Math.max(0, delay.max / NANOSECONDS - RESOLUTION_MILLIS),
    answered: answered / (2 * count),
  }),
);
process.exit(0);

/**
 * For how long the loop was active in each round. libuv counts as active, too, what it has waited before a signal, such as
 * that of a child process that ends, interrupts it: some rounds show all of their time, which medians leave out.
 */
async function readRounds(): Promise<readonly number[]> {
  const active: number[] = [];
  for (let round = 0; round < count; round += 1) {
    const before = performance.eventLoopUtilization();
    const [readings] = await Promise.all([read(), sleep(INTERVAL_MILLIS)]);
    active.push(performance.eventLoopUtilization(before).active);
    if (readings > 0) answered += 1;
  }
  return active;
}

/** How many readings a round gave. */
function reading(): { readonly read: () => Promise<number>; readonly stop: () => void } {
  if (mode === 'none') return { read: () => Promise.resolve(0), stop: () => undefined };
  if (mode === 'library') return { read: readOnThisThread, stop: () => undefined };
  const sampler = new SystemSampler({ intervalMillis: INTERVAL_MILLIS });
  sampler.start();
  return { read: async () => (await sampler.read()).readings.length, stop: () => sampler.stop() };
}

/** The same sources. */
async function readOnThisThread(): Promise<number> {
  const answers = await Promise.all([currentLoad(), mem(), fsSize(), fsStats(), disksIO(), networkStats('*')]);
  return answers.length;
}

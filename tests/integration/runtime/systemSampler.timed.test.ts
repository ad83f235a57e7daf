// @spec S4.1
import { execFile } from 'node:child_process';
import child_process from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, expect, it, vi } from 'vitest';
import { startSystemWorker } from '../../../runtime/src/performance/adapters/startSystemWorker.ts';
import type { ReadingRound } from '../../../runtime/src/performance/metricReading.ts';
import { SystemSampler } from '../../../runtime/src/performance/system/systemSampler.ts';
import type { SystemWorker } from '../../../runtime/src/performance/system/systemWorkerPorts.ts';

let sampler: SystemSampler | undefined;
afterEach(() => {
  sampler?.stop();
  vi.restoreAllMocks();
});

it('tells what the machine itself tells, and starts no process of its own on the thread of the application', async () => {
  const spawns = (['exec', 'execFile', 'execSync', 'execFileSync', 'spawn', 'spawnSync', 'fork'] as const).map((name) =>
    vi.spyOn(child_process, name),
  );
  sampler = new SystemSampler();
  sampler.start();
  await sampler.read();
  await sleep(700);
  const round = await sampler.read();
  expect(spawns.map((spawn) => spawn.mock.calls.length)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  expect(valuesOf(round, 'tracewright.system.cpu.logical')).toEqual([cpus().length]);
  expect(sum(valuesOf(round, 'system.cpu.utilization'))).toBeCloseTo(1, 6);
  expect(sum(valuesOf(round, 'system.memory.utilization'))).toBeCloseTo(1, 6);
  expect(valuesOf(round, 'system.memory.limit')[0]).toBeLessThanOrEqual(totalmem());
  expect(valuesOf(round, 'tracewright.system.load_average.1m')[0]).toBeCloseTo(loadavg()[0] ?? 0, -1);
  const loopback = round.readings.find(
    ({ metric, attributes }) =>
      metric === 'system.network.io' &&
      attributes?.['network.interface.name'] === 'lo' &&
      attributes['network.io.direction'] === 'receive',
  );
  const now = Number(readFileSync('/sys/class/net/lo/statistics/rx_bytes', 'utf8'));
  expect(loopback?.value).toBeGreaterThan(0);
  expect(loopback?.value).toBeLessThanOrEqual(now);
  for (const { value } of round.readings) expect(value).toBeGreaterThanOrEqual(0);
});

it('comes back after its thread ended, and says what was not read meanwhile', async () => {
  const workers: SystemWorker[] = [];
  sampler = new SystemSampler(
    {},
    {
      startWorker: (events, data) => {
        const worker = startSystemWorker(events, data);
        workers.push(worker);
        return worker;
      },
    },
  );
  sampler.start();
  await sampler.read();
  workers[0]?.stop();
  await vi.waitFor(async () => {
    const { gaps } = (await sampler?.read()) ?? { gaps: [] };
    expect(gaps[0]?.reason).toBe('the thread ended with code 1; another is started after 1 s');
  }, 5000);
  await vi.waitFor(() => expect(workers).toHaveLength(2), 5000);
  const round = await sampler.read();
  expect(valuesOf(round, 'system.memory.limit')).toHaveLength(1);
  expect(valuesOf(round, 'tracewright.system.sampler.restarts')).toEqual([1]);
});

it('keeps no process alive, and its thread loads nothing that is preloaded for the application', async () => {
  // Without double quotes, which NODE_OPTIONS takes out.
  const preload = `data:text/javascript,import{isMainThread}from'node:worker_threads';if(!isMainThread)process.exit(9)`;
  const program = `
    import { SystemSampler } from '${fileURLToPath(new URL('../../../runtime/src/performance/system/systemSampler.ts', import.meta.url))}';
    const sampler = new SystemSampler();
    sampler.start();
    const waiting = setTimeout(() => undefined, 12_000);
    process.stdout.write(String((await sampler.read()).readings.length > 20));
    clearTimeout(waiting);
  `;
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--no-warnings', '--import', preload, '--input-type=module', '--eval', program],
    { timeout: 15_000, env: { ...process.env, NODE_OPTIONS: `--import ${preload}` } },
  );
  expect({ stdout, stderr }).toEqual({ stdout: 'true', stderr: '' });
});

function valuesOf({ readings }: ReadingRound, metric: string): readonly number[] {
  return readings.filter((reading) => reading.metric === metric).map(({ value }) => value);
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}

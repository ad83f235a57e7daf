import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { whileWatching } from '../../../../tools/kube/whileWatching.ts';
import type { WorkloadStatus } from '../../../../tools/kube/workload.ts';

const late: WorkloadStatus = {
  kind: 'Deployment',
  name: 'jaeger-collector',
  wanted: 2,
  ready: 0,
  complete: false,
  waitsFor: ['wait-for-elasticsearch: it does not answer', 'wait-for-elasticsearch: it does not answer'],
  failures: [],
};

test('what late workloads wait for is said while the work goes on, each cause once, and taken back at its end', async () => {
  const said: (string | undefined)[] = [];
  const { promise, resolve } = Promise.withResolvers<string>();
  const states: WorkloadStatus[][] = [[late], [{ ...late, ready: 2, complete: true, waitsFor: [] }]];
  const look = (): Promise<WorkloadStatus[]> => {
    const next = states.shift();
    if (next === undefined) resolve('done');
    return Promise.resolve(next ?? []);
  };
  expect(await whileWatching({ look, wait: (text) => said.push(text), intervalMillis: 1 }, () => promise)).toBe('done');
  expect(said.slice(0, 2)).toEqual([
    'waiting for Deployment jaeger-collector 0/2 (wait-for-elasticsearch: it does not answer)',
    undefined,
  ]);
  expect(said.at(-1)).toBeUndefined();
});

test('a complete workload that fails is said too', async () => {
  const said: (string | undefined)[] = [];
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const failing = { ...late, ready: 2, complete: true, waitsFor: [], failures: ['spans are not stored: full'] };
  const wait = (text: string | undefined): void => {
    said.push(text);
    resolve(undefined);
  };
  await whileWatching({ look: () => Promise.resolve([failing]), wait, intervalMillis: 1 }, () => promise);
  expect(said[0]).toBe('waiting for Deployment jaeger-collector 2/2 (spans are not stored: full)');
});

test('a look that fails or hangs neither ends nor holds up the work, whose failure reaches the caller', async () => {
  const work = async (): Promise<never> => {
    await sleep(20);
    throw new Error('the update failed');
  };
  for (const look of [() => Promise.reject(new Error('no answer')), () => new Promise<never>(() => undefined)])
    await expect(whileWatching({ look, wait: () => undefined, intervalMillis: 1 }, work)).rejects.toThrow(
      'the update failed',
    );
});

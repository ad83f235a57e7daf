import { expect, test } from 'vitest';
import { Phases } from '../../../../tools/console/phases.ts';
import { createPlainDisplay } from '../../../../tools/console/plainDisplay.ts';

function start(): { readonly lines: string[]; readonly phases: Phases; readonly clock: { now: number } } {
  const lines: string[] = [];
  const clock = { now: 1_000 };
  return {
    lines,
    clock,
    phases: new Phases(
      createPlainDisplay((line) => lines.push(line)),
      () => clock.now,
    ),
  };
}

test('a phase is shown from its start to its end with its seconds', async () => {
  const { lines, phases, clock } = start();
  const result = await phases.run('cluster', (report) => {
    report('starting etcd');
    clock.now += 12_340;
    return Promise.resolve('ready');
  });
  expect(result).toBe('ready');
  expect(lines).toEqual(['cluster: started', 'cluster: starting etcd', 'cluster: done (12.3 s)']);
  expect(phases.seconds()).toEqual({ cluster: 12.3 });
});

test('a failing phase is shown as failed and its error reaches the caller unchanged', async () => {
  const { lines, phases } = start();
  const error = new Error('no disk');
  await expect(phases.run('images', () => Promise.reject(error))).rejects.toBe(error);
  expect(lines.at(-1)).toBe('images: FAILED (0.0 s)');
});

test('a detail that repeats itself is written once, and again after another', async () => {
  const { lines, phases } = start();
  await phases.run('stack', (report) => {
    for (const text of ['a', 'a', 'b', 'a']) report(text);
    return Promise.resolve();
  });
  expect(lines.slice(1, -1)).toEqual(['stack: a', 'stack: b', 'stack: a']);
});

test('what a phase waits for is written when it changes, whatever happens meanwhile', async () => {
  const { lines, phases } = start();
  await phases.run('stack', (report, wait) => {
    wait('waiting for Elasticsearch');
    report('@ updating....');
    for (const text of ['waiting for Elasticsearch', undefined, 'waiting for Elasticsearch']) wait(text);
    return Promise.resolve();
  });
  expect(lines.slice(1, -1)).toEqual([
    'stack: waiting for Elasticsearch',
    'stack: @ updating....',
    'stack: waiting for Elasticsearch',
  ]);
});

import { expect, test } from 'vitest';
import type { WorkloadStatus } from '../../../../tools/kube/workload.ts';
import { RolloutTimeoutError, waitForRollout, type RolloutOptions } from '../../../../tools/kube/waitForRollout.ts';

const complete: WorkloadStatus = {
  kind: 'Deployment',
  name: 'jaeger-query',
  wanted: 1,
  ready: 1,
  complete: true,
  waitsFor: [],
  failures: [],
};
const late: WorkloadStatus = { ...complete, ready: 0, complete: false };

type Look = () => Promise<readonly WorkloadStatus[]>;

const answers =
  (...workloads: readonly WorkloadStatus[]): Look =>
  () =>
    Promise.resolve(workloads);
const fails: Look = () => Promise.reject(new Error('connect\nECONNREFUSED'));
const hangs: Look = () => new Promise<never>(() => undefined);

/** Waits with one look after the other; the last one repeats. */
function wait(looks: Look[], changes: Partial<RolloutOptions> = {}): { said: string[]; end: Promise<void> } {
  const said: string[] = [];
  const look: Look = () => ((looks.length > 1 ? looks.shift() : looks[0]) ?? fails)();
  const options = { namespace: 'tracing', timeoutSeconds: 60, intervalMillis: 1, answerMillis: 20 };
  const readLogs = () => Promise.resolve(['  its last line']);
  return { said, end: waitForRollout({ ...options, look, readLogs, report: (text) => said.push(text), ...changes }) };
}

test('looks that fail or hang are reported, and the wait goes on until all is complete', async () => {
  const { said, end } = wait([answers(late), fails, hangs, answers(complete)]);
  await end;
  expect(said).toEqual([
    'waiting for Deployment jaeger-query 0/1',
    'the cluster does not answer: connect ECONNREFUSED',
    'the cluster does not answer: nothing within 0.02 s',
  ]);
});

test('what is late after all is said with the last lines of its containers', async () => {
  const { end } = wait([answers(late)], { timeoutSeconds: 0.01 });
  await expect(end).rejects.toThrow(
    'not ready in namespace tracing after 0.01 s:\n  Deployment jaeger-query 0/1\n  its last line',
  );
});

test('a cluster that is silent to the end is told as such, with what was late before', async () => {
  const { end } = wait([answers(late), fails], { timeoutSeconds: 0.5 });
  await expect(end).rejects.toThrow(RolloutTimeoutError);
  await expect(end).rejects.toThrow(/Deployment jaeger-query 0\/1\n {2}the cluster does not answer: connect/);
});

test('logs that cannot be read do not hide what was late', async () => {
  const { end } = wait([answers(late)], { timeoutSeconds: 0.01, readLogs: () => Promise.reject(new Error('gone')) });
  await expect(end).rejects.toThrow(RolloutTimeoutError);
});

test('an abort ends the wait at once, though a look hangs', async () => {
  const abort = new AbortController();
  const { end } = wait([hangs], { signal: abort.signal, answerMillis: 60_000 });
  setTimeout(() => abort.abort(), 5);
  await expect(end).rejects.toMatchObject({ name: 'AbortError' });
});

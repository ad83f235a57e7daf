// @spec S1.7
import { BatchV1Api } from '@kubernetes/client-node';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { npmRun, type CommandResult } from '../support/commands.ts';
import { startOpenNetworkCluster, type OpenNetworkCluster } from './support/openNetworkCluster.ts';
import { stackYaml } from './support/stackYaml.ts';

// A cluster of the user's own, whose network plugin takes network policies and enforces none.
const resources = new AsyncDisposableStack();
const job = { namespace: 'tracing', name: 'network-policy-check' };
const sentence =
  'network policies are not enforced: this pod reaches a port that they refuse it. Install a network plugin that enforces them ' +
  '(Calico, Cilium, kube-router), or accept it with tracewright:network.unenforced: true';
let directory: string;
let cluster: OpenNetworkCluster;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tracewright-open-network-'));
  resources.defer(() => rm(directory, { recursive: true }));
  cluster = resources.use(await startOpenNetworkCluster('open-network'));
  resources.defer(async () => {
    await run('down', '--yes');
  });
  await cluster.enforce(false);
}, 900_000);
afterAll(() => resources.disposeAsync());

test('up ends with what is wrong and what to do, long before the engine would', async () => {
  const started = performance.now();
  const { exitCode, stderr } = await up({});
  const seconds = (performance.now() - started) / 1000;
  console.info(`a network without enforcement: refused after ${seconds.toFixed(0)} s`);
  expect(exitCode).toBe(1);
  expect(stderr).toContain('FailedCheckError: the stack is deployed, but the cluster does not do what it relies on:');
  expect(stderr).toContain(sentence);
  expect(stderr).toContain('Jaeger runs meanwhile. Once that is mended, `npm run up` tries it again.');
  expect(seconds).toBeLessThan(480);
});

test('status says it for as long as it is so', async () => {
  const { exitCode, stdout } = await run('status');
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(
    /tracing +Job network-policy-check: its last run failed at \S+: network policies are not enforced/,
  );
  expect(stdout).toContain(sentence);
});

test('once the network enforces policies, the next up tries again and goes through', async () => {
  await cluster.enforce(true);
  const { exitCode, stdout, stderr } = await up({});
  expect([exitCode, exitCode === 0 ? '' : stderr]).toEqual([0, '']);
  expect(warningsOf(stdout)).toEqual([]);
  expect((await run('status')).exitCode).toBe(0);
});

test('somebody tidies the finished Job away: that is no fault, and the next up makes it anew', async () => {
  const batch = cluster.kube.makeApiClient(BatchV1Api);
  await batch.deleteNamespacedJob({ ...job, propagationPolicy: 'Foreground' });
  const { exitCode, stdout } = await run('status');
  expect([exitCode, stdout.includes('warning')]).toEqual([0, false]);
  expect((await up({})).exitCode).toBe(0);
  expect((await batch.readNamespacedJob(job)).status?.succeeded).toBe(1);
});

test('network.unenforced: true goes through, with a warning from up and from status', async () => {
  await cluster.enforce(false);
  const { exitCode, stdout, stderr } = await up({ network: { unenforced: true } });
  expect([exitCode, exitCode === 0 ? '' : stderr]).toEqual([0, '']);
  const warning = /Namespace tracing: nobody has tried whether network policies are enforced, since the stack accepts/;
  expect(warningsOf(stdout)).toEqual([expect.stringMatching(warning)]);
  const status = await run('status');
  expect(status.exitCode).toBe(0);
  expect(status.stdout).toMatch(/^ {2}tracing +warning: Namespace tracing: nobody has tried/m);
});

async function up(keys: Readonly<Record<string, unknown>>): Promise<CommandResult> {
  const file = join(directory, 'Pulumi.dev.yaml');
  const one = { replicas: 1 };
  await writeFile(file, stackYaml({ environment: 'dev', profile: 'small', collector: one, query: one, ...keys }));
  return run('up', '--yes', '--json', '--config-file', file);
}

function run(script: 'up' | 'down' | 'status', ...args: readonly string[]): Promise<CommandResult> {
  return npmRun(script, ['--context', cluster.context, ...args], {
    env: { KUBECONFIG: cluster.kubeconfigPath, XDG_STATE_HOME: directory },
    timeoutSeconds: 580,
  });
}

function warningsOf(stdout: string): readonly string[] {
  const answer: unknown = JSON.parse(stdout.split('\n').at(-1) ?? '');
  return z.object({ warnings: z.array(z.string()) }).parse(answer).warnings;
}

// @spec S1.6 S2.6
import { AppsV1Api, CoreV1Api } from '@kubernetes/client-node';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { loadKubeConfig } from '../../tools/kube/connection.ts';
import { checkout, npmRun, npmRunJson, testCluster, type CommandResult } from '../support/commands.ts';
import { execInPod } from './support/execInPod.ts';
import { listPods, podIdentities } from './support/namespacePods.ts';
import { getFromPod } from './support/podHttp.ts';

const kube = loadKubeConfig({ kubeconfigPath: inject('kubeconfigPath') });
const namespace = 'tracing';
const { agent, collector } = z
  .object({ agent: z.object({ samplingUrl: z.string() }), collector: z.object({ samplingUrl: z.string() }) })
  .parse(inject('up')['outputs']);

/** Files of ours are named from the directory of Pulumi.yaml. */
const fixture = (file: string): string => `tests/e2e/fixtures/sampling/${file}`;

const share = (samplingRate: number) => ({ strategyType: 'PROBABILISTIC', probabilisticSampling: { samplingRate } });
const withOperations = (samplingRate: number, operations: Readonly<Record<string, number>>) => ({
  ...share(samplingRate),
  operationSampling: {
    defaultSamplingProbability: samplingRate,
    defaultLowerBoundTracesPerSecond: 0,
    perOperationStrategies: Object.entries(operations).map(([operation, rate]) => ({
      operation,
      probabilisticSampling: { samplingRate: rate },
    })),
    defaultUpperBoundTracesPerSecond: 0,
  },
});

/** What strategies.yaml, and then jaegerStrategies.json, makes of each service. */
const first = {
  'not-listed': share(0.2),
  'by-share': share(0.75),
  'by-rate': { strategyType: 'RATE_LIMITING', rateLimitingSampling: { maxTracesPerSecond: 7 } },
  'by-operation': withOperations(0.5, { 'GET /health': 0, 'POST /pay': 1 }),
};
const second = {
  'not-listed': withOperations(0.3, { 'GET /health': 0.05 }),
  'by-share': withOperations(0.25, { 'GET /health': 0.05 }),
  'by-rate': withOperations(0.3, { 'GET /health': 0.05 }),
  'by-operation': withOperations(0.4, { 'POST /pay': 0.9, 'GET /health': 0.05 }),
};
const services = Object.keys(first);

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tracewright-sampling-'));
});
afterAll(async () => {
  // The other files take the dev stack as it is.
  await npmRunJson('up', ['--cluster', testCluster]);
  await rm(directory, { recursive: true });
});

test('each strategy of a file reaches a client through the agent and through the collector', async () => {
  await changeSampling({ file: fixture('strategies.yaml') });
  await expectEverywhere(first);
});

test("another file, in Jaeger's format, reaches clients within 90 s, and no pod is replaced or started again", async () => {
  const before = await fingerprint();
  await changeSampling({ file: fixture('jaegerStrategies.json') });
  await expectEverywhere(second);
  expect(await fingerprint()).toEqual(before);
});

test('a broken file refuses all of it before anything changes, with every problem by its line', async () => {
  const before = await strategiesInCluster();
  const { exitCode, stderr } = await up({ file: fixture('broken.yaml') });
  expect(exitCode).toBe(1);
  const file = fixture('broken.yaml');
  expect(stderr).toContain('4 problems in the configuration of stack "dev"');
  expect(stderr).toContain(`${file}:1:33: default.param = 50: must be a number from 0 to 1`);
  expect(stderr).toContain(`${file}:3:45: services[0].param = 0.5: must be a whole number from 1 to 32767`);
  expect(stderr).toContain(`${file}:4:25: services[1].type = "adaptive": must be "probabilistic" or "ratelimiting"`);
  expect(stderr).toContain(`${file}:4:7: services[1].service = "by-rate": is listed twice`);
  expect(await strategiesInCluster()).toEqual(before);
  await expectEverywhere(second);
});

test('broken strategies in their place, and a file that is not there, are refused as well', async () => {
  const inPlace = await up({ default: { type: 'Probabilistic', param: 1 }, service: [] });
  expect([inPlace.exitCode, inPlace.stderr]).toEqual([1, expect.stringContaining('2 problems')]);
  expect(inPlace.stderr).toContain('tracewright:sampling.default.type = "Probabilistic": must be "probabilistic"');
  expect(inPlace.stderr).toContain('tracewright:sampling.service: is not a known key; did you mean "services"?');
  const missing = await up({ file: 'missing.yaml' });
  expect([missing.exitCode, missing.stderr]).toEqual([
    1,
    expect.stringContaining('tracewright:sampling.file = "missing.yaml": does not exist'),
  ]);
});

/** Runs `up` with the dev stack's own configuration but for its sampling. */
async function up(sampling: unknown): Promise<CommandResult> {
  return npmRun('up', ['--cluster', testCluster, '--config-file', await configFile(sampling)]);
}

async function changeSampling(sampling: unknown): Promise<void> {
  await npmRunJson('up', ['--cluster', testCluster, '--config-file', await configFile(sampling)]);
}

async function configFile(sampling: unknown): Promise<string> {
  const text = await readFile(join(checkout, 'Pulumi.dev.yaml'), 'utf8');
  const { config } = z.object({ config: z.record(z.string(), z.unknown()) }).parse(parse(text));
  const file = join(directory, 'Pulumi.dev.yaml');
  await writeFile(file, stringify({ config: { ...config, 'tracewright:sampling': sampling } }));
  return file;
}

/** Waits for what an application is answered, from a pod of its own, and what each collector answers by itself. */
async function expectEverywhere(expected: Readonly<Record<string, unknown>>): Promise<void> {
  await vi.waitFor(
    async () => {
      expect(await askAsClient(agent.samplingUrl)).toEqual(expected);
      expect(await askAsClient(collector.samplingUrl)).toEqual(expected);
      for (const pod of await collectorPods()) expect(await askCollector(pod)).toEqual(expected);
    },
    { timeout: 90_000, interval: 2000 },
  );
}

/** Asks from a pod of the shop, at an address of the stack's outputs. */
async function askAsClient(url: string): Promise<Record<string, unknown>> {
  const script = `
    const ask = async (service) => (await fetch(process.argv[1] + '?service=' + service)).json();
    const services = process.argv.slice(2);
    console.log(JSON.stringify(Object.fromEntries(await Promise.all(services.map(async (s) => [s, await ask(s)])))));
  `;
  const command = ['/usr/local/bin/node', '--input-type=module', '--eval', script, url, ...services];
  return z
    .record(z.string(), z.unknown())
    .parse(JSON.parse(await execInPod(kube, { namespace: 'checkout', name: 'storefront' }, command)));
}

async function askCollector(pod: string): Promise<Record<string, unknown>> {
  const answers: [string, unknown][] = [];
  for (const service of services)
    answers.push([
      service,
      JSON.parse(await getFromPod(kube, namespace, pod, 14_268, `/api/sampling?service=${service}`)),
    ]);
  return Object.fromEntries(answers);
}

async function collectorPods(): Promise<string[]> {
  const names = (await listPods(kube, namespace)).map(({ metadata }) => metadata?.name ?? '');
  return names.filter((name) => name.startsWith('jaeger-collector-'));
}

/** Which pods run, from which template, and how often each was started again. */
async function fingerprint(): Promise<unknown> {
  const deployment = await kube
    .makeApiClient(AppsV1Api)
    .readNamespacedDeployment({ namespace, name: 'jaeger-collector' });
  const templates = (await listPods(kube, namespace)).map(({ metadata }) => metadata?.labels?.['pod-template-hash']);
  return [await podIdentities(kube, namespace), deployment.metadata?.generation, templates];
}

async function strategiesInCluster(): Promise<unknown> {
  const { metadata, data } = await kube
    .makeApiClient(CoreV1Api)
    .readNamespacedConfigMap({ namespace, name: 'jaeger-sampling' });
  return [metadata?.uid, metadata?.resourceVersion, data];
}

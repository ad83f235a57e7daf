// @spec S1.4 S6.1 S6.3
import { CoreV1Api, type KubeConfig } from '@kubernetes/client-node';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { loadKubeConfig } from '../../tools/kube/connection.ts';
import { waitForWorkloads } from '../../tools/kube/waitForRollout.ts';
import { deploymentId } from '../../tools/up/deploymentId.ts';
import { projectState } from '../../tools/up/target.ts';
import type { Component } from '../../tools/validate/check.ts';
import { breakages, type Breakage } from '../support/validate/breakages.ts';
import { removeObject } from '../support/validate/changedObject.ts';
import { findingsIn, validate } from '../support/validate/validateStack.ts';
import { checkout, testCluster } from '../support/commands.ts';
import { ApplicationNamespace } from './support/applicationNamespace.ts';

const kubeconfigPath = inject('kubeconfigPath');
const kube = loadKubeConfig({ kubeconfigPath });
const namespace = 'tracing';
const stranger = 'validate-strangers';
const resources = new AsyncDisposableStack();

beforeAll(async () => {
  resources.use(await ApplicationNamespace.create(kube, stranger));
});
afterAll(() => resources.disposeAsync());

function only(...components: readonly Component[]): string[] {
  return components.flatMap((component) => ['--only', component]);
}

test('a sound stack is found sound: nothing has failed, and all that declared objects and workloads can show is well', async () => {
  const { exitCode, report } = await validate(['--cluster', testCluster]);
  expect(findingsIn(report, 'failed')).toEqual([]);
  const own = report.results.filter(({ component }) => ['toolchain', 'objects', 'workloads'].includes(component));
  // Restarts are a warning, and other tests on this cluster may have ended containers.
  const unsound = own.filter(({ outcome, check }) => outcome !== 'ok' && check !== 'container-restarts');
  expect(unsound).toEqual([]);
  expect(new Set(own.map(({ component }) => component))).toEqual(new Set(['toolchain', 'objects', 'workloads']));
  expect(own.find(({ check }) => check === 'probes-answer')?.findings.length).toBeGreaterThanOrEqual(10);
  // By the worst of its outcomes.
  const worst = findingsIn(report, 'unchecked').length > 0 ? 3 : findingsIn(report, 'warning').length > 0 ? 2 : 0;
  expect(exitCode).toBe(worst);
});

const quick = [
  'wrong selector in a Service',
  'missing NetworkPolicy',
  'extra policy that lets more through',
  'label of the namespace removed',
  'CronJob suspended',
];

test('five breakages at once are each named, by the object that is broken', async () => {
  const broken = breakages.filter(({ name }) => quick.includes(name));
  expect(broken.map(({ name }) => name)).toEqual(quick.toSorted((one, other) => order(one) - order(other)));
  const examined = ['--cluster', testCluster, ...only('objects', 'network')];
  const { exitCode, report } = await whileBroken(broken, () => validate(examined));
  expect(exitCode).toBe(4);
  for (const { checks, subject } of broken) {
    const told = report.results.filter(({ check }) => checks.includes(check)).flatMap(({ findings: all }) => all);
    expect(told).toContainEqual(expect.objectContaining({ outcome: 'failed', subject: subject(namespace) }));
  }
  const named = new Set(
    report.results.flatMap(({ findings: all }) =>
      all.filter(({ outcome }) => outcome !== 'ok').map(({ subject }) => subject),
    ),
  );
  expect(named).toEqual(new Set(broken.map(({ subject }) => subject(namespace))));
  const after = await validate(examined);
  expect([after.exitCode, findingsIn(after.report, 'failed')]).toEqual([0, []]);
});

function order(name: string): number {
  return breakages.findIndex((breakage) => breakage.name === name);
}

async function whileBroken<T>(broken: readonly Breakage[], look: () => Promise<T>): Promise<T> {
  await using undone = new AsyncDisposableStack();
  for (const { apply } of broken) undone.defer(await apply(kube, namespace));
  return await look();
}

test('of half a deployment each missing object is named, and the others are examined', async () => {
  await using undone = new AsyncDisposableStack();
  undone.defer(() => waitForWorkloads(kube, namespace, 120, () => undefined));
  const missing = [
    { apiVersion: 'apps/v1', kind: 'Deployment', name: 'jaeger-query' },
    { apiVersion: 'v1', kind: 'Service', name: 'jaeger-query' },
    { apiVersion: 'v1', kind: 'ServiceAccount', name: 'jaeger-query' },
  ];
  for (const reference of missing.toReversed()) undone.defer(await removeObject(kube, { ...reference, namespace }));
  const { exitCode, report } = await validate(['--cluster', testCluster, ...only('objects', 'workloads')]);
  expect(exitCode).toBe(4);
  const present = report.results.find(({ check }) => check === 'objects-present');
  expect(
    present?.findings
      .filter(({ outcome }) => outcome === 'failed')
      .map(({ subject }) => subject)
      .toSorted(),
  ).toEqual(missing.map(({ kind, name }) => `${kind} ${namespace}/${name}`).toSorted());
  const ready = report.results.find(({ check }) => check === 'workloads-ready');
  expect(ready?.findings).toContainEqual(
    expect.objectContaining({ outcome: 'ok', subject: `Deployment ${namespace}/jaeger-collector` }),
  );
});

test('without a cluster that is said of all that needs one, and the toolchain is examined', async () => {
  const { exitCode, report } = await validate(['--cluster', 'nowhere', ...only('toolchain', 'objects', 'workloads')]);
  expect(exitCode).toBe(3);
  const objects = report.results.find(({ check }) => check === 'objects-present');
  expect(objects?.findings).toEqual([
    {
      outcome: 'unchecked',
      subject: 'objects-present',
      expected: 'every object that the stack declares is in the cluster',
      found: 'the local cluster nowhere does not run',
      mend: '`npm run up` starts it; name a cluster of yours with --context',
    },
  ]);
  expect(report.results.find(({ check }) => check === 'engine-supported')?.outcome).toBe('ok');
  expect(findingsIn(report, 'failed')).toEqual([]);
});

test('who may look at nothing is told what is refused, and of a stack of another project that it is one', async () => {
  const home = await mkdtemp(join(tmpdir(), 'tracewright-validate-'));
  try {
    const context = 'stranger';
    const kubeconfig = join(home, 'kubeconfig');
    await writeFile(kubeconfig, JSON.stringify(await strangersConfig(kube, context)), { mode: 0o600 });
    const env = { KUBECONFIG: kubeconfig, XDG_STATE_HOME: join(home, 'state') };
    const state = await copyState(env, context);
    const args = ['--context', context, ...only('objects', 'workloads')];
    const refused = await validate(args, { env });
    expect(refused.exitCode).toBe(3);
    const outcomes = new Set(refused.report.results.map(({ outcome }) => outcome));
    expect(outcomes).toEqual(new Set(['unchecked']));
    expect(findingsIn(refused.report, 'unchecked').join('\n')).toContain('the API server refuses it (403)');

    await writeFile(state, (await readFile(state, 'utf8')).replaceAll('::tracewright::', '::elsewhere::'));
    const foreign = await validate(args, { env });
    expect(foreign.exitCode).toBe(3);
    expect(findingsIn(foreign.report, 'unchecked').join('\n')).toContain(
      'the stack dev in the backend is of the project elsewhere, and not of tracewright',
    );
  } finally {
    await rm(home, { recursive: true, force: true });
  }
});

/** A kubeconfig of a ServiceAccount that nobody has given a right. */
async function strangersConfig(owner: KubeConfig, context: string): Promise<unknown> {
  const name = 'default';
  const core = owner.makeApiClient(CoreV1Api);
  const { status } = await core.createNamespacedServiceAccountToken({
    name,
    namespace: stranger,
    body: { spec: { audiences: [], expirationSeconds: 3600 } },
  });
  const cluster = owner.getCurrentCluster();
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: context, cluster: { server: cluster?.server, 'certificate-authority-data': cluster?.caData } }],
    users: [{ name: context, user: { token: status?.token } }],
    contexts: [{ name: context, context: { cluster: context, user: context } }],
  };
}

/** Gives a context the state of the stack that is deployed. @returns the file that holds it */
async function copyState(env: Readonly<Record<string, string>>, context: string): Promise<string> {
  const stateDirectory = join(projectState(env), 'contexts', await deploymentId(checkout, context));
  await cp(join(dirname(kubeconfigPath), 'pulumi'), join(stateDirectory, 'pulumi'), { recursive: true });
  return join(stateDirectory, 'pulumi', 'state', '.pulumi', 'stacks', 'tracewright', 'dev.json');
}

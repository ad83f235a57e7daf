import { AppsV1Api, CoreV1Api } from '@kubernetes/client-node';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import type { SentTrace } from '../../tools/up/localTrace/sendOneTrace.ts';
import { loadKubeConfig } from '../../tools/kube/connection.ts';
import { npmRun, testCluster, type CommandResult } from '../support/commands.ts';
import { podIdentities } from './support/namespacePods.ts';
import { ownBackend, pulumi } from './support/pulumiCli.ts';
import { readWholeTrace, sendTrace } from './support/stackTraces.ts';
import { testPassphrase, TestStack } from './support/testStack.ts';

const kube = loadKubeConfig({ kubeconfigPath: inject('kubeconfigPath') });
const name = 'guarded';
const resources = new AsyncDisposableStack();
let stack: TestStack;
let sent: SentTrace;
let pods: Readonly<Record<string, number>>;

beforeAll(async () => {
  const storage = { kind: 'embedded', heapMebibytes: 256, volumeGibibytes: 1 };
  const config = { environment: 'staging', storage };
  stack = resources.use(await TestStack.create(name, { config }));
  await stack.up();
  sent = await sendTrace(kube, stack.namespace);
  await readWholeTrace(kube, stack.namespace, sent);
  pods = await podIdentities(kube, stack.namespace);
  expect(Object.keys(pods)).toHaveLength(4);
});
afterAll(() => resources.disposeAsync());

test('`pulumi destroy` of a staging stack refuses, names what is protected, and leaves pods and data', async () => {
  const { exitCode, stdout, stderr } = await destroy();
  expect(exitCode).not.toBe(0);
  expect(stdout + stderr).toMatch(/tracing-elasticsearch.*protect|protect.*tracing-elasticsearch/s);
  expect(stdout + stderr).toContain('pulumi state unprotect');
  await expectUntouched();
});

test.each([
  ['of the stack', ['--stack', name, '--keep-cluster']],
  ['of the whole local cluster, asked by the stack', ['--stack', name]],
  ['of the whole local cluster, asked by another stack', []],
])('`npm run down` %s refuses, says why and what to do, and leaves pods and data', async (_what, args) => {
  const own = args.includes(name) ? ['--config-file', stack.configFile] : [];
  const env = { PULUMI_CONFIG_PASSPHRASE: args.includes(name) ? testPassphrase : undefined };
  const { exitCode, stdout, stderr } = await npmRun('down', ['--cluster', testCluster, ...args, ...own], { env });
  expect([exitCode, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(
    new RegExp(`deletion protection.*\\n  ${name}: .*Namespace tracing.*StatefulSet tracing-elasticsearch`),
  );
  expect(stderr).toContain(`--delete-data ${name}`);
  await expectUntouched();
});

test('data are deleted only by who names their own stack', async () => {
  const { exitCode, stderr } = await stack.run('down', '--keep-cluster', '--delete-data', 'dev');
  expect([exitCode, stderr]).toEqual([1, expect.stringContaining(`--delete-data: "dev" is not what would be removed`)]);
  await expectUntouched();
});

test('Pulumi without its own preview deletes what is not protected; the data are there for the next `up`', async () => {
  expect((await destroy('--skip-preview')).exitCode).not.toBe(0);
  const elasticsearch = ([identity]: readonly [string, number]): boolean => identity.startsWith('elasticsearch-');
  const kept = Object.entries(pods).filter(elasticsearch);
  const left = async () => Object.entries(await podIdentities(kube, stack.namespace));
  // The others' pods go a moment after their Deployments.
  await vi.waitFor(async () => expect(await left()).toEqual(kept), { timeout: 60_000, interval: 500 });
  await stack.up();
  await readWholeTrace(kube, stack.namespace, sent);
});

test('named by --delete-data, the stack goes with its pods, its volume and its namespace', async () => {
  await stack.remove();
  const core = kube.makeApiClient(CoreV1Api);
  const namespaces = (await core.listNamespace()).items.map(({ metadata }) => metadata?.name);
  expect(namespaces).not.toContain(stack.namespace);
  const claims = (await core.listPersistentVolume()).items.map(({ spec }) => spec?.claimRef?.namespace);
  expect(claims).not.toContain(stack.namespace);
  const { stdout } = await pulumi(['stack', 'ls', '--json'], {
    env: ownBackend(await stateDirectory(), testPassphrase),
  });
  const stacks = JSON.parse(stdout) as readonly { readonly name: string; readonly resourceCount?: number }[];
  expect(stacks.filter((left) => left.name === name && (left.resourceCount ?? 0) > 0)).toEqual([]);
});

test('the dev stack beside it has not noticed', async () => {
  const { items } = await kube.makeApiClient(AppsV1Api).listNamespacedDeployment({ namespace: 'tracing' });
  expect(items.map(({ status }) => status?.availableReplicas)).toEqual([2, 2]);
});

async function destroy(...args: readonly string[]): Promise<CommandResult> {
  const env = { ...ownBackend(await stateDirectory(), testPassphrase), KUBECONFIG: inject('kubeconfigPath') };
  return pulumi(['destroy', '--yes', '--stack', name, '--config-file', stack.configFile, ...args], { env });
}

async function expectUntouched(): Promise<void> {
  expect(await podIdentities(kube, stack.namespace)).toEqual(pods);
  await readWholeTrace(kube, stack.namespace, sent);
}

async function stateDirectory(): Promise<string> {
  const { stdout } = await npmRun('cluster', ['status', '--name', testCluster, '--json']);
  return (JSON.parse(stdout) as { readonly stateDirectory: string }).stateDirectory;
}

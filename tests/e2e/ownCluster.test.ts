import { CoreV1Api } from '@kubernetes/client-node';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { loadKubeConfig } from '../../tools/kube/connection.ts';
import { defaultCacheDirectory } from '../../tools/toolchain/cacheDirectory.ts';
import { partsOf } from '../../tools/toolchain/parts.ts';
import { startToolchain } from '../../tools/toolchain/toolchain.ts';
import { copyCheckout, type CheckoutCopy } from './support/checkoutCopy.ts';
import { stackYaml } from './support/stackYaml.ts';
import { npmRun, npmRunJson, testCluster } from '../support/commands.ts';

// A user with a Pulumi CLI on PATH, a backend, a passphrase and a cluster of their own. The CLI is the built one, put where
// no cache of ours is: it cannot be told from an official one.
const namespace = 'own-cluster';
const context = `tracewright-${testCluster}`;
const kube = loadKubeConfig({ kubeconfigPath: inject('kubeconfigPath') });
let home = '';
let env: Record<string, string> = {};
let copy: CheckoutCopy;
const args = ['--stack', 'own', '--context', context, '--yes'];

beforeAll(async () => {
  copy = await copyCheckout();
  home = await mkdtemp(join(tmpdir(), 'tracewright-own-'));
  const bin = join(home, 'bin');
  const parts = await startToolchain({
    parts: partsOf('engine'),
    cacheDirectory: defaultCacheDirectory(process.env),
    environment: process.env,
  }).all;
  for (const { directory } of parts) await cp(directory, bin, { recursive: true });
  await mkdir(join(home, 'backend'));
  env = {
    PATH: `${bin}:${process.env['PATH'] ?? ''}`,
    KUBECONFIG: inject('kubeconfigPath'),
    XDG_CACHE_HOME: join(home, 'cache'),
    XDG_STATE_HOME: join(home, 'state'),
    PULUMI_BACKEND_URL: pathToFileURL(join(home, 'backend')).href,
    PULUMI_CONFIG_PASSPHRASE: 'of the user',
  };
  // Pulumi writes the salt of a stack's secrets beside Pulumi.yaml: in a checkout of the user's.
  await writeFile(join(copy.directory, 'Pulumi.own.yaml'), stackYaml({ environment: 'dev', namespace }));
});
afterAll(async () => {
  await copy[Symbol.asyncDispose]();
  await rm(home, { recursive: true, force: true });
});

test('up on a context deploys and traces through a port-forward, and nothing is built or started here', async () => {
  const clusters = await listClusters();
  const up = await npmRunJson('up', args, { env, cwd: copy.directory });
  expect(up).toMatchObject({ context, stack: 'own', outputs: { namespace } });
  expect(up['spanCount']).toBeGreaterThan(1);
  await expect(readdir(join(home, 'cache'))).rejects.toMatchObject({ code: 'ENOENT' });
  expect(await listClusters()).toEqual(clusters);
});

test("the state is in the user's own backend, under the user's own passphrase", async () => {
  const state = await readFile(join(home, 'backend', '.pulumi', 'stacks', 'tracewright', 'own.json'), 'utf8');
  expect(state).toContain('"kubernetes:apps/v1:Deployment"');
});

test('the kubeconfig of the user is as it was', async () => {
  expect(await readFile(inject('kubeconfigPath'), 'utf8')).toContain(`current-context: ${context}`);
});

test('down on a context leaves nothing of the stack behind, and the cluster as it was', async () => {
  const down = await npmRunJson('down', args, { env, cwd: copy.directory });
  expect(down).toEqual({ context, stackDestroyed: true, clusterRemoved: false });
  const core = kube.makeApiClient(CoreV1Api);
  const names = (await core.listNamespace()).items.map(({ metadata }) => metadata?.name);
  expect(names).not.toContain(namespace);
  const volumes = (await core.listPersistentVolume()).items.filter(
    ({ spec }) => spec?.claimRef?.namespace === namespace,
  );
  expect(volumes).toEqual([]);
  expect((await npmRun('status', ['--cluster', testCluster])).exitCode).toBe(0);
});

test('a Pulumi CLI of a version that cannot work is refused with the range', async () => {
  const old = join(home, 'old');
  await mkdir(old);
  await writeFile(join(old, 'pulumi'), '#!/bin/sh\necho v2.25.2\n', { mode: 0o755 });
  const result = await npmRun('up', args, {
    cwd: copy.directory,
    env: { ...env, PATH: `${old}:${process.env['PATH'] ?? ''}` },
  });
  expect(result.exitCode).toBe(1);
  expect(result.stderr).toMatch(/UnsupportedPulumiError: .*2\.25\.2.*>=3\.\d+/s);
});

/** The local clusters of every checkout. */
async function listClusters(): Promise<unknown> {
  const { stdout } = await npmRun('cluster', ['list', '--json']);
  return JSON.parse(stdout);
}

// @spec S5.6
import type { V1Pod } from '@kubernetes/client-node';
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { clustersDirectory, createClusterIdentity } from '../../tools/cluster/clusterIdentity.ts';
import { loadKubeConfig } from '../../tools/kube/connection.ts';
import { exampleNamespace as namespace } from '../../tools/up/example.ts';
import { openBrowser } from '../support/browser.ts';
import { checkout, npmRun, testCluster } from '../support/commands.ts';
import { execInPod } from './support/execInPod.ts';
import { deletePods } from './support/namespacePods.ts';
import { pauseProcesses, podProcesses } from './support/podProcesses.ts';
import { requestOnePod } from '../../tools/kube/requestPod.ts';
import { readyReplicas, type Replicas, switchBug } from './support/storefrontReplicas.ts';

const ORDER = { customer: 'ada', sku: 'TEA-1', quantity: 1 };

const kube = loadKubeConfig({ kubeconfigPath: inject('kubeconfigPath') });
const pageUrl = new URL(String(inject('up')['pageUrl']));
const complaints: string[] = [];
let browser: Browser;
let page: Page;
/** The first is the one that the gateway asks. */
let replicas: Replicas;

beforeAll(async () => {
  // What earlier requests of others made of them is not what is counted here.
  await deletePods(kube, namespace, ['storefront']);
  replicas = await readyReplicas(kube);
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) complaints.push(message.text());
  });
  await switchBug(kube, 1);
  await page.goto(pageUrl.href);
});
afterAll(async () => {
  await switchBug(kube, 0);
  await browser.close();
});

test('the address that up prints shows both replicas together, and loses its token at once', async () => {
  await page.getByText('2 instances together').waitFor();
  expect(page.url()).not.toContain('token');
  const title = (await page.locator('.origin .hint').getAttribute('title')) ?? '';
  for (const replica of replicas) expect(title).toContain(nameOf(replica));
});

test('status names the page without its token', async () => {
  const { stdout } = await npmRun('status', ['--cluster', testCluster]);
  expect(stdout).toContain(`page of the example at ${pageUrl.origin}/ `);
  expect(stdout).not.toContain(pageUrl.hash.slice('#token='.length));
});

test('nobody in the cluster reaches the page but replicas', async () => {
  const script = `fetch(process.argv[1], { signal: AbortSignal.timeout(2000) }).then(() => 'open', () => 'closed').then(console.log)`;
  const ask = (name: string) =>
    execInPod(kube, { namespace, name }, ['/usr/local/bin/node', '-e', script, 'http://storefront-replicas:4319/']);
  expect([await ask('storefront'), await ask('orders')]).toEqual(['open\n', 'closed\n']);
});

test('what goes wrong in both replicas is one group with the counts of both', async () => {
  const [first, second] = replicas;
  for (const replica of [first, first, first, second, second]) await order(replica);
  await page.goto(`${pageUrl.origin}/#/errors`);
  await page.getByText('Groups of errors: 1', { exact: true }).waitFor();
  await page.locator('.group-link').click();
  await expectInstances([
    [nameOf(first), 'open', '3'],
    [nameOf(second), 'open', '2'],
  ]);
});

test('a trace of the group opens as a waterfall, from Jaeger', async () => {
  const group = page.url();
  await page.locator('.events a.id').first().click();
  await page.getByRole('heading', { level: 1, name: 'POST /checkout' }).waitFor({ timeout: 30_000 });
  await page.getByText('deliveryStreet').or(page.getByText('POST /orders')).first().waitFor();
  await page.goto(group);
});

test('to resolve the group resolves it on both', async () => {
  await page.getByRole('button', { name: 'Resolve' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/^Note/).fill('the bug is gone');
  await dialog.getByRole('button', { name: 'Resolve' }).click();
  await expectResolved();
});

test('a replica that is killed and started again has its groups and what was made of them', async () => {
  const [first] = replicas;
  const [pid = 0] = processesOf(first);
  // The file is written every ten seconds.
  await vi.waitFor(
    async () =>
      expect(await readFile(`/proc/${pid}/root/var/lib/storefront/page.json`, 'utf8')).toContain('bug is gone'),
    { timeout: 30_000, interval: 500 },
  );
  process.kill(pid, 'SIGKILL');
  expect((await readyReplicas(kube, [1, 0])).map(nameOf)).toEqual(replicas.map(nameOf));
  await page.reload();
  await expectResolved();
  await page.getByText('the bug is gone').first().waitFor();
});

test('a replica that does not answer is named, and what the other knows is shown', async () => {
  const [, second] = replicas;
  {
    using _paused = pauseProcesses(processesOf(second));
    await page.goto(`${pageUrl.origin}/#/overview`);
    const hasText = `Without ${nameOf(second)}: did not answer within 2000 ms`;
    await page.locator('.origin .warning', { hasText }).waitFor();
  }
  await page.getByText('2 instances together').waitFor();
});

test('what is done on the page, and between replicas for it, makes no spans', async () => {
  const response = await fetch(`${String(inject('up')['uiUrl'])}/api/operations?service=storefront`);
  const { data } = (await response.json()) as { readonly data: readonly { readonly name: string }[] };
  expect(data.map(({ name }) => name).sort()).toEqual(['POST', 'POST /checkout']);
});

test('nothing on the page broke the content security policy or threw', () => {
  expect(complaints).toEqual([]);
});

async function expectResolved(): Promise<void> {
  const [first, second] = replicas;
  await expectInstances([
    [nameOf(first), 'resolved', '3'],
    [nameOf(second), 'resolved', '2'],
  ]);
}

/** What the page says of each instance: its name, the state of the group there, and its errors. */
async function expectInstances(expected: readonly (readonly string[])[]): Promise<void> {
  const rows = page.locator('section', { has: page.getByRole('heading', { name: 'Instances' }) }).locator('tbody tr');
  const shown = async (): Promise<string[][]> => {
    const all = await rows.all();
    return Promise.all(all.map((row) => row.getByRole('cell').allInnerTexts()));
  };
  const byName = (a: readonly string[], b: readonly string[]): number => (a[0] ?? '').localeCompare(b[0] ?? '');
  await vi.waitFor(async () => expect((await shown()).sort(byName)).toEqual([...expected].sort(byName)), {
    timeout: 20_000,
    interval: 250,
  });
}

async function order(replica: V1Pod): Promise<void> {
  const { status } = await requestOnePod(
    kube,
    { namespace, pod: nameOf(replica), port: 8080 },
    { method: 'POST', path: '/checkout', body: ORDER },
  );
  expect(status).toBe(500);
}

function processesOf({ metadata }: V1Pod): readonly number[] {
  const { cgroupName } = createClusterIdentity(testCluster, checkout, clustersDirectory(process.env));
  return podProcesses(cgroupName, [metadata?.uid ?? ''], 'node');
}

function nameOf({ metadata }: V1Pod): string {
  return metadata?.name ?? '';
}

// @spec S5.3 S5.6
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { loadKubeConfig } from '../../tools/kube/connection.ts';
import { exampleNamespace as namespace } from '../../tools/up/example.ts';
import { openBrowser } from '../support/browser.ts';
import { checkout } from '../support/commands.ts';
import { deletePods } from './support/namespacePods.ts';
import { requestPod } from '../../tools/kube/requestPod.ts';
import { readyReplicas, switchBug } from './support/storefrontReplicas.ts';

// docs/on-call.md, step by step: what it says is there, and its pictures are of here.
const ORDERS = 40;
const CUSTOMERS = ['ada', 'grace', 'alan', 'edsger', 'barbara'];
const pictures = join(checkout, process.env['UPDATE_PICTURES'] === '1' ? 'docs/images' : 'reports/tour');

const kube = loadKubeConfig({ kubeconfigPath: inject('kubeconfigPath') });
const pageUrl = new URL(String(inject('up')['pageUrl']));
let browser: Browser;
let page: Page;

beforeAll(async () => {
  await deletePods(kube, namespace, ['storefront']);
  await readyReplicas(kube);
  await mkdir(pictures, { recursive: true });
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: 'light' });
  await switchBug(kube, 0.3);
  for (let index = 0; index < ORDERS; index += 1) await order(index);
  await page.goto(pageUrl.href);
});
afterAll(async () => {
  await switchBug(kube, 0);
  await browser.close();
});

test('the overview says in words that it is not well, and leads to the group', async () => {
  const link = page.getByRole('link', { name: /POST \/checkout failed: 500/ }).first();
  await link.waitFor();
  await picture('overview');
  await link.click();
  await page.getByRole('heading', { level: 1, name: 'Error group' }).waitFor();
});

test('the list of errors has one group of all these failures', async () => {
  await page.goto(`${pageUrl.origin}/#/errors`);
  await page.getByText('Groups of errors: 1', { exact: true }).waitFor();
  await picture('errors');
});

test('the group tells of requests, users and the trace', async () => {
  await page.locator('.group-link').click();
  await page.getByRole('heading', { level: 1, name: 'Error group' }).waitFor();
  await page.getByText('POST /checkout').first().waitFor();
  await page.locator('.events a.id').first().waitFor();
  await picture('group');
});

test('the trace leads to the span that threw, and to the line of code', async () => {
  const group = page.url();
  await page.locator('.events a.id').first().click();
  await page.getByRole('heading', { level: 1, name: 'POST /checkout' }).waitFor({ timeout: 30_000 });
  const thrown = page.locator('.span-exception', { hasText: 'deliveryStreet' });
  for (let span = 0; span < 5 && (await thrown.count()) === 0; span += 1) {
    await page.getByRole('button', { name: 'Next failed' }).click();
    await thrown
      .first()
      .waitFor({ timeout: 3_000 })
      .catch(() => undefined);
  }
  expect(await thrown.first().innerText()).toMatch(/bug\.[jt]s:\d+/);
  await picture('trace');
  await page.goto(group);
});

test('it is resolved with a note, and stays known', async () => {
  await page.getByRole('button', { name: 'Resolve' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/^Note/).fill('Orders have no delivery any more; 0.1.1 does not ask for it.');
  await dialog.getByRole('button', { name: 'Resolve' }).click();
  await page.getByText('Orders have no delivery any more').first().waitFor();
  await page.evaluate('scrollTo(0, 0)');
  await picture('resolved');
});

async function picture(name: string): Promise<void> {
  // What comes a moment later, such as the charts, belongs to it.
  await page.waitForTimeout(1_500);
  await page.screenshot({ path: join(pictures, `tour-${name}.png`), animations: 'disabled' });
}

async function order(index: number): Promise<void> {
  const customer = CUSTOMERS[index % CUSTOMERS.length];
  const target = { namespace, service: 'storefront', podPort: 8080 };
  const body = { customer, sku: 'TEA-1', quantity: 1 };
  const { status } = await requestPod(kube, target, { method: 'POST', path: '/checkout', body });
  expect([201, 500]).toContain(status);
}

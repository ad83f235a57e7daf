import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { loadKubeConfig } from '../../tools/kube/connection.ts';
import { readTrace } from '../../tools/up/readTrace.ts';
import { requestExample } from '../../tools/up/traceRequest.ts';
import { openBrowser } from '../support/browser.ts';

const kube = loadKubeConfig({ kubeconfigPath: inject('kubeconfigPath') });
const traceUrl = String(inject('up')['traceUrl']);
const uiUrl = String(inject('up')['uiUrl']);
let browser: Browser;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  browser = await openBrowser();
  page = await browser.newPage();
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
});
afterAll(() => browser.close());

test('the link that up prints shows the trace as a waterfall', async () => {
  await page.goto(traceUrl);
  await page.getByText('10 spans · 2 services (storefront, orders)').waitFor();
  const names = await page.locator('details.span .name').allInnerTexts();
  expect(names.map((name) => name.trim())).toContain('orders pg.query:INSERT shop');
  expect(names).toHaveLength(10);
});

test('a span opens to its tags', async () => {
  await page.goto(traceUrl);
  await page.getByText('pg.query:SELECT shop').click();
  await page.getByText('SELECT price_cents FROM products WHERE sku = $1').waitFor();
});

test('the newest traces of a service lead to the trace', async () => {
  // One of now: that of `up` is not among the newest any more where other tests have used the shop since.
  const { traceId, spanCount } = await requestExample(kube, () => undefined);
  await readTrace(uiUrl, traceId, spanCount, 60, () => undefined);
  await page.goto(`${uiUrl}/search`);
  await page.getByLabel('Service').selectOption('storefront');
  await page.getByRole('button', { name: 'Newest traces' }).click();
  await page.getByRole('link', { name: traceId }).click();
  await page.getByRole('heading', { name: traceId }).waitFor();
});

test('a trace that is not there is said in words', async () => {
  await page.goto(`${uiUrl}/trace/00000000000000000000000000000001`);
  await page.getByText('trace not found').waitFor();
});

test('nothing on these pages broke the content security policy or threw', () => {
  // The browser itself logs the API's 404 of the test above.
  expect(complaints.filter((text) => !text.includes('404'))).toEqual([]);
});

// @spec S3.1 S3.2 S3.3 S3.5
import { AxeBuilder } from '@axe-core/playwright';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createObservability, type Observability } from '../../../runtime/src/observability.ts';
import { openPageBrowser, type PageBrowser, type ShownPage, type ShowOptions } from './support/shownPage.ts';

const HOSTILE = 'order/4711?\u202Eevil#\n<b>';
const PHONE = { width: 360, height: 740 };

/** Lists that are short, as each row takes time to look at. */
const PARTS = [
  ['requests', 'dark'],
  ['requests?tab=finished&state=failed', 'light'],
  ['requests?tab=groups', 'dark'],
  ['requests?tab=samples&operation=reserve+stock', 'light'],
  [`requests/${encodeURIComponent(HOSTILE)}`, 'dark'],
] as const;

let browser: PageBrowser;
let observability: Observability;
let shown: ShownPage | undefined;

/** Opens a part of the page as somebody who is logged in. */
async function open(address: string, context: ShowOptions['context'] = {}): Promise<Page> {
  shown = await browser.show(observability, { address, context });
  return shown.page;
}

function tracker() {
  const { requests } = observability;
  if (requests === undefined) throw new Error('requests are tracked here');
  return requests;
}

function rows(page: Page) {
  return page.locator('.table-body [role=row]');
}

beforeAll(async () => {
  observability = createObservability({
    tracing: false,
    performance: false,
    errors: { uncaught: false, loggers: false },
    requests: { stuckAfterMillis: 200 },
  });
  for (let index = 0; index < 450; index += 1) {
    const request = tracker().start({
      operation: index % 3 === 0 ? 'GET /orders/:id' : 'POST /orders',
      userId: `user-${index % 7}`,
    });
    request.process();
    if (index % 90 === 0) request.fail({ type: 'OrderError' });
    else request.complete();
  }
  const hostile = tracker().start({
    id: HOSTILE,
    operation: 'POST /orders',
    userId: 'ann',
    attributes: { paid: false },
  });
  hostile.process();
  tracker().start({ operation: 'reserve stock', parentId: HOSTILE }).process().complete();
  observability.errors?.capture(new RangeError('no stock left'), { request: { id: HOSTILE } });
  hostile.fail({ type: 'RangeError' });
  browser = await openPageBrowser();
});

afterEach(async () => {
  const complaints = shown?.complaints ?? [];
  await shown?.[Symbol.asyncDispose]();
  shown = undefined;
  expect(complaints).toEqual([]);
});

afterAll(async () => {
  await browser[Symbol.asyncDispose]();
  await observability.stop();
});

describe('the page of requests', () => {
  it('shows requests under way as they start, become stuck and end', async () => {
    const page = await open('requests');
    await page.getByRole('heading', { name: 'No request is under way' }).waitFor();
    const request = tracker().start({ operation: 'GET /slow', userId: 'ben' }).process();
    const row = rows(page).filter({ hasText: 'GET /slow' });
    await row.getByText('stuck').waitFor();
    expect(await page.getByRole('navigation', { name: 'Requests' }).innerText()).toContain('1 stuck');
    await row.getByRole('link', { name: 'GET /slow' }).click();
    await page.getByText('It is stuck').waitFor();
    request.complete();
    await page.getByText('It is stuck').waitFor({ state: 'detached' });
    await page.getByRole('heading', { name: 'GET /slow' }).waitFor();
  });

  it('narrows finished requests by what is typed, chosen and pressed, and has it in the address', async () => {
    const page = await open('requests?tab=finished');
    await page.getByText('200 of ').waitFor();
    await page.getByLabel('Operation', { exact: true }).fill('GET /orders/:id');
    await page.getByText('150').first().waitFor();
    await page.getByLabel('State').selectOption('failed');
    await page.getByText('Finished, the newest first: 5').waitFor();
    await page.getByLabel('Order').selectOption('slowest');
    await page.getByText('Finished, the slowest first: 5').waitFor();
    expect(new URLSearchParams(new URL(page.url()).hash.split('?')[1])).toEqual(
      new URLSearchParams({ tab: 'finished', operation: 'GET /orders/:id', state: 'failed', order: 'slowest' }),
    );
    await page.reload();
    await page.getByText('Finished, the slowest first: 5').waitFor();
    await rows(page).getByRole('link', { name: 'user-0' }).first().click();
    await page.getByText('Finished, the newest first: 65').waitFor();
    await page.getByLabel('User').fill('nobody');
    await page.getByRole('heading', { name: 'No finished request fits' }).waitFor();
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByText('200 of ').waitFor();
  });

  it('gets more rows when the end of the list is in sight', async () => {
    const page = await open('requests?tab=finished&operation=POST+/orders');
    await page.getByText('200 of 301').waitFor();
    await page.evaluate("document.querySelector('.table-scroller').scrollTo(0, 1e6)");
    await page.getByText('the newest first: 301').waitFor();
  });

  it('leads from a group to those of it that failed', async () => {
    const page = await open('requests?tab=groups');
    const row = rows(page).filter({ hasText: 'GET /orders/:id' });
    await row.waitFor();
    await page.getByRole('button', { name: 'Errors' }).click();
    await expect.poll(() => page.url()).toContain('order=errorRatio');
    await row.getByTitle('5 failed').click();
    await page.getByText('Finished, the newest first: 5').waitFor();
  });

  it('tells everything of a request, and shows what others gave as it is', async () => {
    const page = await open(`requests/${encodeURIComponent(HOSTILE)}`);
    await page.getByRole('heading', { name: 'POST /orders' }).waitFor();
    const text = await page.locator('main').innerText();
    expect(text).toContain('order/4711?⟨U+202E⟩evil#␊<b>');
    for (const part of ['pending', 'processing', 'failed', 'RangeError', 'no stock left', 'ann', 'paid', 'no trace'])
      expect(text).toContain(part);
    expect(await page.getByRole('link', { name: 'RangeError' }).getAttribute('href')).toMatch(
      /^#\/errors\/[0-9a-f]{16}$/,
    );
    await page.getByRole('link', { name: 'reserve stock' }).click();
    await page.getByRole('heading', { name: 'reserve stock' }).waitFor();
    await page
      .getByRole('row', { name: /Part of/ })
      .getByRole('link', { name: 'POST /orders' })
      .click();
    await page.getByText('no stock left').waitFor();
  });

  it('says that a request is not kept any more', async () => {
    const page = await open('requests');
    await page.goto(`${shown?.url ?? ''}#/requests/unheard`);
    await page.getByText('No request "unheard" is kept, nor any part of it.').waitFor();
  });

  it('goes through rows by keys alone', async () => {
    const page = await open('requests?tab=finished&state=failed');
    await rows(page).first().waitFor();
    await page.getByRole('table').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => page.evaluate('document.activeElement.closest("[data-index]")?.dataset.index')).toBe('1');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Its life' }).waitFor();
  });

  it('gives what the list is narrowed to as a file', async () => {
    const page = await open('requests?tab=finished&failureType=OrderError');
    await page.getByRole('link', { name: 'CSV' }).waitFor();
    const started = page.waitForEvent('download');
    await page.getByRole('link', { name: 'CSV' }).click();
    const download = await started;
    expect(download.suggestedFilename()).toMatch(/^requests-[\w.-]+\.csv$/);
    const lines = (await readFile(await download.path(), 'utf8')).trim().split(/\r?\n/);
    expect(lines[0]).toMatch(/^id,operation,state,/);
    expect(lines).toHaveLength(1 + 5);
  });

  it('can be read by everybody, on a phone, in light and dark', async () => {
    const running = tracker()
      .start({ operation: `GET /${'long/'.repeat(30)}` })
      .process();
    const page = await open('requests', { viewport: PHONE });
    for (const [address, colorScheme] of PARTS) {
      await page.emulateMedia({ colorScheme });
      await shown?.goTo(address);
      await page.locator('.table-row, .facts').first().waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth'), address).toBe(PHONE.width);
      const { violations } = await new AxeBuilder({ page }).include('main').analyze();
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
      expect(found, address).toEqual([]);
    }
    running.complete();
  });
});

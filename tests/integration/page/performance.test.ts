// @spec S4.4
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createObservability, type Observability } from '../../../runtime/src/observability.ts';
import { openPageBrowser, type PageBrowser, type ShownPage } from './support/shownPage.ts';

const TABS = ['system', 'process', 'metrics?metric=shop.orders', 'latency', 'trends'];

let browser: PageBrowser;
let observability: Observability;
let shown: ShownPage;

function monitor() {
  const { performance: monitored } = observability;
  if (monitored === undefined) throw new Error('performance is watched here');
  return monitored;
}

/** A few rounds of everything: orders of many shops, requests of which some fail, a source that gives nothing. */
async function measure(): Promise<void> {
  const meter = monitor().meterProvider.getMeter('shop');
  const orders = meter.createCounter('shop.orders', { unit: '{order}' });
  const queue = meter.createGauge('shop.queue', { unit: '{job}' });
  for (let round = 0; round < 6; round += 1) {
    for (let shop = 0; shop < 9; shop += 1)
      orders.add(shop + round, { shop: `shop-${shop}\u202E<b>`, paid: shop % 2 === 0 });
    queue.record(10 + round);
    for (let index = 0; index < 5; index += 1) {
      const request = observability.requests?.start({ operation: 'GET /orders/:id' });
      request?.process();
      if (index === 0) request?.fail({ type: '503' });
      else request?.complete();
    }
    await new Promise((resolve) => setTimeout(resolve, 120));
    await monitor().read();
  }
  monitor().series.addGap({ source: 'queue', metrics: ['shop.queue'], reason: 'nobody answered' }, performance.now());
}

beforeAll(async () => {
  observability = createObservability({
    tracing: false,
    errors: false,
    performance: { intervalMillis: 60_000, thresholds: [{ name: 'too many jobs', metric: 'shop.queue', above: 5 }] },
  });
  [browser] = await Promise.all([openPageBrowser(), measure()]);
  shown = await browser.show(observability, { address: 'performance' });
});

afterAll(async () => {
  await shown[Symbol.asyncDispose]();
  await browser[Symbol.asyncDispose]();
  await observability.stop();
});

describe('the performance view', () => {
  it('shows thresholds that are raised, with a way to their metric', async () => {
    const { page, goTo } = shown;
    await goTo('performance');
    const raised = page.getByRole('region', { name: '1 threshold raised' });
    expect(await raised.textContent()).toMatch(
      /too many jobs.*mean of shop\.queue.*was 1\d(\.\d+)? job, above 5 job, since/,
    );
    await raised.getByRole('link', { name: 'too many jobs' }).click();
    await page.getByRole('img', { name: /shop\.queue\. Latest: queue 15 job/ }).waitFor();
    expect(await page.getByText(/No values .*queue: nobody answered/).count()).toBe(1);
  });

  it('draws the largest lines, says how many others there are, and has the numbers in a table', async () => {
    const { page, goTo } = shown;
    await goTo('performance/metrics?metric=shop.orders');
    await page.locator('.chart-legend li').first().waitFor();
    expect(await page.locator('.chart-legend li').count()).toBe(6);
    expect(await page.getByText(/The 6 largest .* and 3 others, not drawn/).count()).toBe(1);
    await page.getByRole('button', { name: 'numbers of shop.orders' }).click();
    expect(await page.locator('.chart-numbers thead th').count()).toBe(7);
    await page.getByLabel('paid').selectOption('true');
    await expect.poll(() => page.locator('.chart-legend li').count()).toBe(5);
    expect(page.url()).toContain(`labels=${encodeURIComponent('{"paid":true}')}`);
  });

  it('finds metrics by words', async () => {
    const { page, goTo } = shown;
    await goTo('performance/metrics');
    await page.getByLabel('Words of names, units and labels').fill('ORDERS shop-3');
    await expect.poll(() => page.locator('.table-body [role=row]').count()).toBe(1);
    await page.getByRole('link', { name: 'shop.orders' }).click();
    await page.getByRole('heading', { name: 'shop.orders' }).waitFor();
  });

  it('goes into a span of time by dragging and by the keyboard, and back', async () => {
    const { page, goTo } = shown;
    await goTo('performance/metrics?metric=shop.queue&window=15m');
    const over = page.locator('.u-over');
    await over.waitFor();
    const box = (await over.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    await page.mouse.move(box.x + box.width * 0.5, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.9, box.y + 20, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => page.url()).toMatch(/from=\d+&to=\d+/);
    const [, from = 0, to = 0] = /from=(\d+)&to=(\d+)/.exec(page.url())?.map(Number) ?? [];
    expect((to - from) / 900_000).toBeCloseTo(0.4, 1);
    await page.goBack();
    await expect.poll(() => page.url()).not.toContain('from=');
    const chart = page.getByRole('img', { name: /^shop\.queue/ });
    await chart.focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => page.locator('.chart-time').textContent()).toMatch(/^\d{4}-/);
    await page.keyboard.press('+');
    await expect.poll(() => page.url()).toMatch(/from=\d+&to=\d+/);
    await page.getByRole('button', { name: /back to the last/ }).click();
    await expect.poll(() => page.url()).not.toContain('from=');
  });

  it('leads from a cell of the heat map to the requests in it', async () => {
    const { page, goTo } = shown;
    await goTo('performance/latency?window=15m');
    const cells = page.getByRole('grid').getByRole('link');
    await cells.first().waitFor();
    await cells.last().focus();
    const said = (await cells.last().getAttribute('aria-label')) ?? '';
    expect(said).toMatch(/^\d+ requests?.*: took .* to .*, ended /);
    expect(await page.locator('.heat-said').textContent()).toBe(said);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Requests' }).waitFor();
    expect(page.url()).toMatch(/#\/requests\?tab=finished&minDurationMillis=.*&startedFromMillis=/);
    await page.getByRole('link', { name: 'GET /orders/:id' }).first().waitFor();
  });

  it('says of what there is not enough to tell a trend', async () => {
    const { page, goTo } = shown;
    await goTo('performance/trends');
    await page.getByText(/heap out of memory: not enough data: \d of 10 points/).waitFor();
  });

  it('draws in other colours when the page becomes dark', async () => {
    const { page, goTo } = shown;
    await goTo('performance/metrics?metric=shop.queue');
    const pixels = () => page.evaluate<string>("document.querySelector('.chart canvas').toDataURL()");
    await page.locator('.chart canvas').waitFor();
    await page.emulateMedia({ colorScheme: 'light' });
    const light = await pixels();
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(pixels).not.toBe(light);
    await page.emulateMedia({ colorScheme: 'light' });
  });

  it.each(TABS)('has nothing that keeps anybody out, and fits a phone: %s', async (tab) => {
    const { page, goTo } = shown;
    await goTo(`performance/${tab}`);
    await page.locator('main .card, main .nothing').first().waitFor();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  it('has done nothing that the content security policy forbids', () => {
    expect(shown.complaints).toEqual([]);
  });
});

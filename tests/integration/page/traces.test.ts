// @spec S5.6
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createObservability, type Observability } from '../../../runtime/src/observability.ts';
import { type JaegerStandIn, madeTrace, spanIdOf, startJaegerStandIn } from '../../support/jaegerStandIn.ts';
import { openPageBrowser, type PageBrowser, type ShownPage } from './support/shownPage.ts';

const SMALL = 'b'.repeat(32);
const PHONE = { width: 360, height: 740 };

let browser: PageBrowser;
let jaeger: JaegerStandIn;
let observability: Observability;
let shown: ShownPage;
let page: Page;

beforeAll(async () => {
  const now = Date.now() * 1000;
  observability = createObservability({
    tracing: false,
    performance: false,
    errors: { uncaught: false, loggers: false },
  });
  [browser, jaeger] = await Promise.all([
    openPageBrowser(),
    startJaegerStandIn([madeTrace({ traceId: SMALL, spans: 60, startMicros: now - 120_000_000 })]),
  ]);
  shown = await browser.show(observability, {
    dashboard: { jaegerQuery: { url: jaeger.url }, jaegerUrl: 'https://jaeger.example' },
    address: 'traces?service=shop',
  });
  ({ page } = shown);
});
afterAll(async () => {
  await shown[Symbol.asyncDispose]();
  await jaeger[Symbol.asyncDispose]();
  await browser[Symbol.asyncDispose]();
  await observability.stop();
});

function tree() {
  return page.getByRole('treegrid', { name: 'Spans' });
}

function activeRow() {
  return tree().locator('.is-active');
}

async function violations(): Promise<readonly string[]> {
  const found = await new AxeBuilder({ page }).analyze();
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

describe('the search for traces', () => {
  it('has what Jaeger found, and leads to each', async () => {
    await shown.goTo('traces?service=shop');
    await page.getByRole('link', { name: 'shop: POST /orders' }).waitFor();
    await page.getByRole('button', { name: 'Only failed' }).click();
    await expect.poll(() => page.url()).toContain('tags=error%3Dtrue');
    await expect.poll(() => jaeger.asked.at(-1)).toContain('tags=%7B%22error%22%3A%22true%22%7D');
    expect(await violations()).toEqual([]);
    await page.getByRole('link', { name: 'shop: POST /orders' }).click();
    await tree().waitFor();
    expect(page.url()).toContain(`#/traces/${SMALL}`);
  });

  it('says what cannot be read in tags', async () => {
    await shown.goTo('traces?service=shop&tags=oops');
    await page.getByText('tags are written name=value').waitFor();
  });
});

describe('the waterfall', () => {
  it('is gone through, folded and unfolded by keys', async () => {
    await shown.goTo(`traces/${SMALL}`);
    await tree().getByRole('row').first().waitFor();
    await tree().focus();
    expect(await activeRow().getAttribute('aria-level')).toBe('1');
    await page.keyboard.press('ArrowDown');
    expect(await activeRow().getAttribute('aria-level')).toBe('2');
    await page.keyboard.press('ArrowLeft');
    expect(await activeRow().getAttribute('aria-expanded')).toBe('false');
    expect(await tree().getAttribute('aria-rowcount')).toBe('52');
    await page.keyboard.press('ArrowRight');
    expect(await tree().getAttribute('aria-rowcount')).toBe('60');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    expect(await activeRow().getAttribute('aria-level')).toBe('1');
    expect(await tree().getAttribute('aria-activedescendant')).toBe('span-0');
    await page.keyboard.press('Enter');
    await page.getByRole('complementary').getByText('attribute.number.14').waitFor();
    await expect.poll(() => page.url()).toContain(`span=${spanIdOf(0)}`);
  });

  it('shows of a span from its address what went wrong, marks failed spans, and links to Jaeger', async () => {
    await shown.goTo(`traces/${SMALL}?span=${spanIdOf(49)}`);
    const panel = page.getByRole('complementary');
    await panel.getByRole('heading', { name: /PaymentError/ }).waitFor();
    expect(await panel.getByText('at pay (src/pay.ts:12:9)').isVisible()).toBe(true);
    expect(await panel.getByRole('link', { name: /Open in Jaeger/ }).getAttribute('href')).toBe(
      `https://jaeger.example/trace/${SMALL}?uiFind=${spanIdOf(49)}`,
    );
    expect(await activeRow().textContent()).toContain('failed');
    expect(await violations()).toEqual([]);
    await panel.getByRole('button', { name: 'Zoom to it' }).click();
    await expect.poll(() => page.url()).toContain('zoom=980-991');
    await panel.getByRole('button', { name: 'Close the details' }).click();
    await panel.waitFor({ state: 'detached' });
  });

  it('is zoomed by dragging over its axis, and back', async () => {
    await shown.goTo(`traces/${SMALL}`);
    const box = await page.locator('.time-axis').boundingBox();
    if (box === null) throw new Error('the axis is there');
    await page.mouse.move(box.x + box.width * 0.5, box.y + 5);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.75, box.y + 5, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => page.url()).toMatch(/zoom=6[45]\d-97\d/);
    await page.getByRole('button', { name: 'Whole' }).click();
    await expect.poll(() => page.url()).not.toContain('zoom');
  });

  it('finds a text in the tags of spans, unfolds the way to it, and goes from one to the next', async () => {
    await shown.goTo(`traces/${SMALL}`);
    await tree().getByRole('row').first().waitFor();
    await page.getByRole('button', { name: 'Fold all', exact: true }).click();
    expect(await tree().getAttribute('aria-rowcount')).toBe('1');
    await page.getByLabel('Find in this trace').fill('of the span 33');
    await page.getByText('1 found').waitFor();
    await page.getByRole('button', { name: 'Next found' }).click();
    await expect.poll(() => activeRow().getAttribute('aria-level')).toBe('5');
  });
});

describe('a trace that is not there', () => {
  it('says why, and where else to look', async () => {
    await shown.goTo(`traces/${'e'.repeat(32)}`);
    await page.getByRole('heading', { name: 'Jaeger does not have this trace' }).waitFor();
    expect(await page.getByRole('link', { name: /Look in Jaeger/ }).count()).toBe(1);
  });

  it('says how the page is told of Jaeger where it was not', async () => {
    await using bare = await browser.show(observability, { address: 'traces' });
    await bare.page.getByText("jaegerQuery: { url: 'http://jaeger-query:16686' }").waitFor();
    await bare.goTo(`traces/${SMALL}`);
    await bare.page.getByRole('heading', { name: 'Traces are not shown here yet' }).waitFor();
  });

  it('says that Jaeger is down', async () => {
    await using down = await browser.show(observability, {
      address: 'traces?service=shop',
      dashboard: { jaegerQuery: { url: 'http://127.0.0.1:9' } },
    });
    await down.page.getByRole('heading', { name: 'Jaeger cannot be reached' }).waitFor();
  });
});

describe('on a phone', () => {
  it('nothing is wider than the screen, in the dark either, and nothing bars anybody', async () => {
    await page.setViewportSize(PHONE);
    await page.emulateMedia({ colorScheme: 'dark' });
    for (const address of ['traces?service=shop', `traces/${SMALL}?span=${spanIdOf(49)}`]) {
      await shown.goTo(address);
      await page.locator('.table-row, .span-exception').first().waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(PHONE.width);
      expect(await violations()).toEqual([]);
    }
    expect(shown.complaints).toEqual([]);
  });
});

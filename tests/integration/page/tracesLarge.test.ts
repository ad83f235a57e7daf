import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createObservability, type Observability } from '../../../runtime/src/observability.ts';
import { type JaegerStandIn, madeTrace, startJaegerStandIn } from '../../support/jaegerStandIn.ts';
import { openPageBrowser, type PageBrowser, type ShownPage } from './support/shownPage.ts';

const LARGE = 'a'.repeat(32);

/** Runs in the browser: scrolls through the waterfall, a jump a frame; the most rows that were in the document at once. */
const MOST_ROWS = `(async () => {
  const scroller = document.querySelector('.waterfall-scroller');
  let most = 0;
  for (let step = 1; step <= 60; step += 1) {
    scroller.scrollTo(0, step * 4000);
    await new Promise((resolve) => requestAnimationFrame(resolve));
    most = Math.max(most, scroller.querySelectorAll('[role="row"]').length);
  }
  return most;
})()`;

let browser: PageBrowser;
let jaeger: JaegerStandIn;
let observability: Observability;
let shown: ShownPage;

beforeAll(async () => {
  const startMicros = (Date.now() - 3_600_000) * 1000;
  observability = createObservability({ tracing: false, performance: false, errors: false });
  jaeger = await startJaegerStandIn([madeTrace({ traceId: LARGE, spans: 10_000, startMicros })]);
  browser = await openPageBrowser();
  shown = await browser.show(observability, {
    dashboard: { jaegerQuery: { url: jaeger.url } },
    address: `traces/${LARGE}`,
  });
});
afterAll(async () => {
  await shown[Symbol.asyncDispose]();
  await browser[Symbol.asyncDispose]();
  await jaeger[Symbol.asyncDispose]();
  await observability.stop();
});

describe('the waterfall of a large trace', () => {
  it('has 10,000 spans, of which few are in the document, wherever it is scrolled to', async () => {
    const { page } = shown;
    const tree = page.getByRole('treegrid', { name: 'Spans' });
    await expect.poll(() => tree.getAttribute('aria-rowcount'), { timeout: 20_000 }).toBe('10000');
    const most = Number(await page.evaluate(MOST_ROWS));
    expect(most).toBeGreaterThan(10);
    expect(most).toBeLessThan(80);
    await page.getByRole('button', { name: 'Previous failed' }).click();
    await expect.poll(() => tree.locator('.is-active').getAttribute('id')).toBe('span-9999');
  });
});

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createObservability, type Observability } from '../../../runtime/src/observability.ts';
import { runRequest, throwOfGroup } from '../../support/filledObservability.ts';
import { type JaegerStandIn, madeTrace, startJaegerStandIn } from '../../support/jaegerStandIn.ts';
import { differenceOf } from './support/comparePicture.ts';
import { openPageBrowser, type PageBrowser, type ShownPage } from './support/shownPage.ts';

const TRACE = 'b'.repeat(32);
const ADDRESSES: Readonly<Record<string, string>> = {
  overview: 'overview',
  requests: 'requests?tab=finished&state=failed',
  performance: 'performance/metrics?metric=shop.queue',
  errors: 'errors',
  trace: `traces/${TRACE}`,
  accounting: 'accounting',
};
const LOOKS = [
  { look: 'light', colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  { look: 'dark', colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  { look: 'phone', colorScheme: 'light', viewport: { width: 360, height: 800 } },
] as const;

/** What is another at each run: times, durations, what the machine is like. Its place is kept, its text is not seen. */
const VARYING = `
  *, *::before, *::after { animation: none !important; transition: none !important; caret-color: transparent !important; }
  :root { --font: 'DejaVu Sans' !important; --mono: 'DejaVu Sans Mono' !important; }
  time, .origin, .number, .id, .value, .live, canvas, svg, .hint, .chart, .signal > *, .card.error-course, table.facts td, dd,
  .waterfall-bar, .bars, .spark, .level, .course, .verdict p, .verdict h2, .release, .trace-facts, .chart-notes, .warning
  { opacity: 0 !important; }
`;

let browser: PageBrowser;
let observability: Observability;
let jaeger: JaegerStandIn;
let shown: ShownPage;
let page: Page;

beforeAll(async () => {
  const nowMicros = Date.now() * 1000;
  observability = createObservability({
    tracing: false,
    performance: { intervalMillis: 60_000, system: false, process: false },
    errors: { release: '1.4.2', uncaught: false, loggers: false, maxTimeShare: 1 },
  });
  for (let index = 0; index < 12; index += 1) throwOfGroup(observability, index);
  for (let index = 0; index < 301; index += 1) runRequest(observability, index);
  const { performance: monitor } = observability;
  const queue = monitor?.meterProvider.getMeter('shop').createGauge('shop.queue', { unit: '{job}' });
  for (const jobs of [3, 5]) {
    queue?.record(jobs);
    await monitor?.read();
  }
  [browser, jaeger] = await Promise.all([
    openPageBrowser(),
    startJaegerStandIn([madeTrace({ traceId: TRACE, spans: 60, startMicros: nowMicros - 120_000_000 })]),
  ]);
  shown = await browser.show(observability, {
    dashboard: { jaegerQuery: { url: jaeger.url } },
    // The style that hides what varies is not one that the page allows.
    context: { bypassCSP: true, reducedMotion: 'reduce', deviceScaleFactor: 1 },
  });
  ({ page } = shown);
  await page.addStyleTag({ content: VARYING });
});

afterAll(async () => {
  await shown[Symbol.asyncDispose]();
  await jaeger[Symbol.asyncDispose]();
  await browser[Symbol.asyncDispose]();
  await observability.stop();
});

/** Two looks that are the same: nothing is drawn any more. */
async function settledPicture(): Promise<Buffer> {
  await page.evaluate('document.fonts.ready');
  let last = await page.screenshot();
  for (let turn = 0; turn < 20; turn += 1) {
    await page.waitForTimeout(100);
    const next = await page.screenshot();
    if (next.equals(last)) return next;
    last = next;
  }
  return last;
}

describe.each(LOOKS)('the page, $look', ({ look, colorScheme, viewport }) => {
  it.each(Object.entries(ADDRESSES))('looks as it did: %s', async (name, address) => {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    await shown.goTo(address);
    await page.locator('main .card, main .table-row, main [role=row]').first().waitFor();
    await page.evaluate('document.activeElement?.blur(), scrollTo(0, 0)');
    await page.mouse.move(0, viewport.height - 1);
    expect(await differenceOf(`${name}-${look}`, await settledPicture())).toBeUndefined();
  });
});

// @spec S3.5 S4.3 S5.4
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createObservability, type Observability } from '../../../runtime/src/observability.ts';
import { runRequest, throwOfGroup } from '../../support/filledObservability.ts';
import { openPageBrowser, type PageBrowser, type ShownPage } from './support/shownPage.ts';

let browser: PageBrowser;
let observability: Observability;
let shown: ShownPage;

beforeAll(async () => {
  observability = createObservability({
    tracing: false,
    performance: { system: false, process: false },
    requests: { maxRequests: 100 },
    errors: { maxGroups: 4, uncaught: false, loggers: false, maxTimeShare: 1 },
  });
  for (let index = 0; index < 10; index += 1) throwOfGroup(observability, index);
  for (let index = 0; index < 151; index += 1) runRequest(observability, index);
  browser = await openPageBrowser();
  shown = await browser.show(observability, { address: 'accounting' });
});

afterAll(async () => {
  await shown[Symbol.asyncDispose]();
  await browser[Symbol.asyncDispose]();
  await observability.stop();
});

function row(name: string) {
  return shown.page.locator('tr').filter({ has: shown.page.getByRole('rowheader', { name, exact: true }) });
}

describe('accounting', () => {
  it('leads from each number to what it counts, and from nothing nowhere', async () => {
    const { page } = shown;
    await row('groups').getByRole('link', { name: '4' }).click();
    await page.getByText('Groups of errors: 4', { exact: true }).waitFor();
    await shown.goTo('accounting');
    await row('failed').getByRole('link').click();
    await page.getByRole('heading', { level: 1, name: 'Requests' }).waitFor();
    expect(page.url()).toContain('#/requests?tab=finished&state=failed');
    await shown.goTo('accounting');
    await row('evicted.count').getByText('They are listed no more').waitFor();
    await row('evicted.count').getByRole('link', { name: '51' }).click();
    await page.getByText('Figures cover the last').waitFor();
    await shown.goTo('accounting');
    await row('refused.maxSeries').waitFor();
    expect(await row('refused.maxSeries').getByRole('link').count()).toBe(0);
  });

  it('says what is known of errors that are gone, where one looks for them, and stays so in the address', async () => {
    const { page } = shown;
    await shown.goTo('accounting');
    const codes = page.getByRole('cell', { name: 'E_0', exact: true });
    expect(await codes.isVisible()).toBe(false);
    const { count } = observability.errors?.groups.counts().ungrouped ?? {};
    await row('ungrouped.count')
      .getByRole('link', { name: String(count), exact: true })
      .click();
    await codes.waitFor();
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Errors of no group, by class and code');
    expect(page.url()).toMatch(/#\/accounting\?show=ungrouped$/);
    const { violations } = await new AxeBuilder({ page }).include('main').analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    expect(shown.complaints).toEqual([]);
  });

  it('has no more time series than maxKeptSeries, and counts what was refused', async () => {
    const limited = createObservability({
      tracing: false,
      requests: false,
      errors: false,
      performance: { system: false, process: false, maxKeptSeries: 8 },
    });
    try {
      const meter = limited.performance?.meterProvider.getMeter('shop');
      for (let index = 0; index < 20; index += 1) meter?.createGauge(`shop.queue.${index}`).record(index);
      await limited.performance?.read();
      await using other = await browser.show(limited, { address: 'accounting' });
      const figure = async (name: string): Promise<number> => {
        const header = other.page.getByRole('rowheader', { name, exact: true });
        const cells = other.page.locator('tr').filter({ has: header }).getByRole('cell');
        return Number(await cells.first().innerText());
      };
      await other.page.getByRole('rowheader', { name: 'series', exact: true }).waitFor();
      expect(await figure('series')).toBe(8);
      expect(await figure('refused.maxSeries')).toBeGreaterThanOrEqual(12);
      expect(other.complaints).toEqual([]);
    } finally {
      await limited.stop();
    }
  });
});

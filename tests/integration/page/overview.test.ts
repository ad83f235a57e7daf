// @spec S5.6
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createObservability, type Observability } from '../../../runtime/src/observability.ts';
import { openPageBrowser, type PageBrowser } from './support/shownPage.ts';

const HOSTILE = '\u202Ecard <img src=x onerror=alert(1)>\nfailed';

let browser: PageBrowser;
let observability: Observability;

beforeAll(async () => {
  browser = await openPageBrowser();
});

afterAll(() => browser[Symbol.asyncDispose]());

beforeEach(() => {
  observability = createObservability({
    tracing: false,
    performance: false,
    requests: { stuckAfterMillis: 1 },
    errors: { uncaught: false, loggers: false },
  });
});

afterEach(() => observability.stop());

function end(operation: string, error?: Error): void {
  const request = observability.requests?.start({ operation, userId: 'ada' });
  request?.process();
  if (error === undefined) request?.complete();
  else request?.fail({ error });
}

describe('the overview', () => {
  it('says that nothing is known where nothing was seen, and never that it is well', async () => {
    await using shown = await browser.show(observability);
    await shown.page.getByRole('heading', { level: 2, name: /^No data: no request has ended/ }).waitFor();
    await shown.page.getByText('3 things are not known').click();
    await shown.page.getByText(/the process is not watched/).waitFor();
  });

  it('turns from well to not well while it is looked at, and leads to the requests that failed', async () => {
    end('GET /a');
    await using shown = await browser.show(observability);
    const { page } = shown;
    await page.getByRole('heading', { level: 2, name: 'Well: 1 request, none failed' }).waitFor();
    for (let index = 0; index < 5; index += 1) end('GET /a', new Error('broken'));
    await page.getByRole('heading', { level: 2, name: /^Not well: / }).waitFor();
    await page.getByRole('link', { name: '83 % of requests failed in the last 5 minutes: 5 requests of 6.' }).click();
    await page.getByRole('heading', { level: 1, name: 'Requests' }).waitFor();
    expect(page.url()).toContain('#/requests?tab=finished&state=failed&cancelled=false');
  });

  it('shows what others gave as text, in one line', async () => {
    end('GET /a', new Error(HOSTILE));
    await using shown = await browser.show(observability);
    const [link] = await shown.page.getByRole('link', { name: /card <img src=x onerror=alert\(1\)>/ }).all();
    expect(await link?.textContent()).toContain('⟨U+202E⟩card');
    expect(await shown.page.locator('main img').count()).toBe(0);
    expect(shown.complaints).toEqual([]);
  });

  it('names stuck requests, and keeps the window in the address', async () => {
    observability.requests?.start({ operation: 'POST /stuck' }).process();
    await using shown = await browser.show(observability, { address: 'overview?window=5m' });
    const { page } = shown;
    await page.getByRole('link', { name: 'POST /stuck', exact: true }).waitFor();
    expect(await page.getByLabel('Signals of the').inputValue()).toBe('5m');
    await page.getByLabel('Signals of the').selectOption('24h');
    await page.locator('.compared', { hasText: 'Last 24 hours' }).first().waitFor();
    expect(page.url()).toContain('#/overview?window=24h');
  });
});

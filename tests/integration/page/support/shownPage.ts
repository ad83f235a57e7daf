import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { createDashboard } from '../../../../runtime/src/dashboard/createDashboard.ts';
import type { DashboardOptions } from '../../../../runtime/src/dashboard/dashboardOptions.ts';
import type { Observability } from '../../../../runtime/src/observability.ts';
import { buildPage } from '../../../../runtime/page/buildPage.ts';
import { openBrowser } from '../../../support/browser.ts';

/** A browser, and the page as its sources are now. */
export interface PageBrowser extends AsyncDisposable {
  /** Serves the page of what was observed, and opens it logged in. */
  readonly show: (observability: Observability, options?: ShowOptions) => Promise<ShownPage>;
}

/** How a page is shown. */
export interface ShowOptions {
  readonly dashboard?: DashboardOptions;
  readonly context?: BrowserContextOptions;
  /** What stands after `#/`. @defaultValue overview */
  readonly address?: string;
}

/** A page that is shown. */
export interface ShownPage extends AsyncDisposable {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Without a fragment. */
  readonly url: string;
  /** Of the role `operate`. */
  readonly token: string;
  /** Goes to an address, and waits until its numbers are drawn. */
  readonly goTo: (address: string) => Promise<void>;
  /** What went wrong in the browser: errors that were thrown, breaches of the content security policy, foreign hosts that were asked. */
  readonly complaints: readonly string[];
  /** Ends the server: as where the application is gone. */
  readonly stopServer: () => Promise<void>;
}

/** Starts the browser and builds the page; a file of tests does so once. */
export async function openPageBrowser(): Promise<PageBrowser> {
  const [browser] = await Promise.all([openBrowser(), buildPage()]);
  return {
    show: (observability, options = {}) => showPage(browser, observability, options),
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

async function showPage(
  browser: Browser,
  observability: Observability,
  { dashboard: options = {}, context: contextOptions = {}, address = 'overview' }: ShowOptions,
): Promise<ShownPage> {
  const announced: string[] = [];
  const dashboard = createDashboard(observability, { port: 0, announce: (line) => announced.push(line), ...options });
  const { url } = await dashboard.listen();
  const token = options.auth?.operateToken?.reveal() ?? /#token=(\S+)/.exec(announced.join('\n'))?.[1] ?? '';
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...contextOptions });
  const page = await context.newPage();
  const complaints = collectComplaints(page, url);
  const goTo = async (next: string): Promise<void> => {
    await page.goto(`${url}#/${next}`);
    await shown(page);
  };
  await page.goto(`${url}#token=${token}`);
  await shown(page);
  await goTo(address);
  return {
    page,
    context,
    url,
    token,
    goTo,
    complaints,
    stopServer: () => dashboard.stop(),
    [Symbol.asyncDispose]: async () => {
      await context.close();
      await dashboard.stop();
    },
  };
}

/** The heading, and whose numbers they are: an answer came. */
async function shown(page: Page): Promise<void> {
  await page.locator('.view-header .origin').waitFor();
}

function collectComplaints(page: Page, url: string): readonly string[] {
  const complaints: string[] = [];
  const { origin } = new URL(url);
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) complaints.push(message.text());
  });
  page.on('request', (request) => {
    const asked = new URL(request.url());
    if (asked.protocol !== 'data:' && asked.origin !== origin) complaints.push(`asked ${asked.origin}`);
  });
  return complaints;
}

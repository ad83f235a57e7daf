import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '../../../runtime/src/core/secret.ts';
import {
  createObservability,
  type Observability,
  type ObservabilityConfig,
} from '../../../runtime/src/observability.ts';
import { type AnsweringJaeger, sendJson, startAnsweringJaeger } from './support/jaegerAnswering.ts';
import { openPageBrowser, type PageBrowser, type ShownPage } from './support/shownPage.ts';

const NOTHING: ObservabilityConfig = { tracing: false, requests: false, performance: false, errors: false };
const VIEWS = ['overview', 'requests', 'performance', 'errors', 'traces', 'accounting'];
const TRACE = 'd'.repeat(32);

let browser: PageBrowser;
let observability: Observability;
let jaeger: AnsweringJaeger;
let shown: ShownPage;
let page: Page;

beforeAll(async () => {
  [browser, jaeger] = await Promise.all([openPageBrowser(), startAnsweringJaeger()]);
  observability = createObservability({
    tracing: false,
    performance: { intervalMillis: 60_000 },
    errors: { uncaught: false, loggers: false },
  });
  shown = await browser.show(observability, { dashboard: { jaegerQuery: { url: jaeger.url, timeoutMillis: 300 } } });
  ({ page } = shown);
});

afterAll(async () => {
  await shown[Symbol.asyncDispose]();
  await jaeger[Symbol.asyncDispose]();
  await browser[Symbol.asyncDispose]();
  await observability.stop();
});

describe('where nothing was recorded yet', () => {
  it.each([
    ['overview', 'No data: no request has ended'],
    ['requests', 'No request is under way'],
    ['requests?tab=finished', 'No request'],
    ['performance/latency', 'No request ended in this time'],
    ['errors', 'No error was seen'],
    ['traces', 'Jaeger has no traces yet'],
    ['accounting', 'errors'],
  ])('%s says so', async (address, text) => {
    await shown.goTo(address);
    await page.locator('main').getByText(text).first().waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });
});

describe('what is not there', () => {
  it.each([
    ['errors/0123456789abcdef', 'No error group has the ID 0123456789abcdef'],
    ['errors/nonsense', 'id'],
    ['requests/never', 'No request "never" is kept'],
    [`traces/${TRACE}`, 'Jaeger does not have this trace'],
    ['traces/nonsense', 'nonsense'],
    ['performance/metrics?metric=none', 'none'],
    ['nowhere', 'There is no such view'],
  ])('%s is said to be so', async (address, text) => {
    await page.goto(`${shown.url}#/${address}`);
    await page.locator('main').getByText(text).first().waitFor();
    expect(await page.locator('nav').first().isVisible()).toBe(true);
  });
});

describe('a query API of Jaeger that does not do as it should', () => {
  it.each([
    ['is slow', 'Jaeger is too slow', () => undefined],
    ['refuses', 'Jaeger wants to know who asks', (_, response) => sendJson(response, {}, 401)],
    [
      'fails',
      'Jaeger failed',
      (_, response) => sendJson(response, { errors: [{ code: 500, msg: 'no storage' }] }, 500),
    ],
    ['is none', 'Jaeger failed', (_, response) => response.end('<html>Welcome to nginx</html>')],
    ['hangs up', 'Jaeger cannot be reached', (request) => request.socket.destroy()],
  ] satisfies [string, string, Parameters<AnsweringJaeger['answerWith']>[0]][])(
    'that %s is named, while the rest of the page goes on',
    async (what, title, answer) => {
      jaeger.answerWith(answer);
      await page.goto(`${shown.url}#/overview`);
      // What was asked within the last second is answered as then.
      await shown.goTo(`traces?service=${encodeURIComponent(what)}`);
      await page.getByRole('heading', { name: title }).waitFor();
      await shown.goTo(`traces/${Buffer.from(what.padEnd(16)).toString('hex')}`);
      await page.getByRole('heading', { name: title }).waitFor();
      await shown.goTo('errors');
      await page.getByText('No error was seen').waitFor();
    },
  );
});

describe('a runtime of which parts are switched off', () => {
  it.each([
    ['overview', 'No data'],
    ['requests', 'Requests are not tracked'],
    ['requests?tab=finished', 'Requests are not tracked'],
    ['requests?tab=groups', 'Requests are not tracked'],
    ['performance', 'performance'],
    ['errors', 'Errors are not tracked'],
    ['traces', 'Traces are not shown here yet'],
    ['accounting', 'Accounting'],
  ])('says so in %s', async (address, text) => {
    const nothing = createObservability(NOTHING);
    await using bare = await browser.show(nothing, { address });
    await bare.page.locator('main').getByText(text).first().waitFor();
    expect(await bare.page.getByRole('alert').count()).toBe(0);
    expect(bare.complaints).toEqual([]);
    await nothing.stop();
  });
});

describe('a server that has too much to do', () => {
  it('says that changes are not told where there are too many viewers, goes on asking, and is live when one leaves', async () => {
    const own = createObservability({ ...NOTHING, errors: { uncaught: false, loggers: false } });
    await using full = await browser.show(own, { dashboard: { maxStreams: 1 }, address: 'errors' });
    await full.page.getByRole('button', { name: /^live/ }).waitFor();
    const late = await full.context.newPage();
    await late.clock.install();
    await late.goto(`${full.url}#/errors`);
    await late.getByText('Changes are not told since').waitFor();
    await late.getByRole('button', { name: /^asks by itself/ }).waitFor();
    expect(await late.getByText('The connection to the application was lost').count()).toBe(0);
    expect(await late.getByRole('alert').count()).toBe(0);
    own.errors?.capture(new Error('nobody tells of it'));
    await full.page.getByRole('link', { name: /nobody tells of it/ }).waitFor();
    expect(await late.getByText('No error was seen').isVisible()).toBe(true);
    await late.clock.fastForward(15_000);
    await late.getByRole('link', { name: /nobody tells of it/ }).waitFor();
    await late.getByText('Changes are not told since').waitFor();
    await full.page.close();
    await late.clock.fastForward(10_000);
    await late.getByRole('button', { name: /^live/ }).waitFor();
    expect(await late.getByText('Changes are not told since').count()).toBe(0);
    await own.stop();
  });

  it('keeps what it showed where it is told 429, and shows the next when it may ask again', async () => {
    await shown.goTo('errors');
    await page.getByText('No error was seen').waitFor();
    await page.route('**/api/v1/errors?*', (route) =>
      route.fulfill({
        status: 429,
        contentType: 'application/problem+json',
        headers: { 'retry-after': '1' },
        body: JSON.stringify({ status: 429, title: 'Too many requests', detail: 'That was too much: wait for 1 s.' }),
      }),
    );
    observability.errors?.capture(new Error('it comes'));
    const alert = page.getByRole('alert');
    await alert.getByText('That was too much: wait for 1 s.').waitFor();
    await page.getByText('What follows is as it was at').waitFor();
    await page.getByText('No error was seen').waitFor();
    await page.unroute('**/api/v1/errors?*');
    await alert.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('link', { name: /it comes/ }).waitFor();
    expect(await alert.count()).toBe(0);
  });

  it('says that the connection was lost where neither the stream nor the application is there', async () => {
    await using lone = await browser.show(observability);
    await lone.page.getByRole('button', { name: /^live/ }).waitFor();
    await lone.page.route('**/api/v1/**', (route) => route.fulfill({ status: 502, body: 'Bad gateway' }));
    await lone.page.getByRole('button', { name: /^live/ }).click();
    await lone.page.getByRole('button', { name: /^paused/ }).click();
    await lone.page.getByText('The connection to the application was lost at').waitFor();
    expect(await lone.page.getByText('Changes are not told since').count()).toBe(0);
  });

  it('says of a proxy that answers in its place that it was none of ours', async () => {
    await page.route('**/api/v1/overview?*', (route) =>
      route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad gateway</h1>' }),
    );
    await page.goto('about:blank');
    await page.goto(`${shown.url}#/overview`);
    await page
      .getByRole('alert')
      .getByText(/502 .*the answer did not come from Tracewright/)
      .waitFor();
    await page.unroute('**/api/v1/overview?*');
  });
});

describe('peers that cannot be found', () => {
  it('are said to be missing, and this instance is shown without them', async () => {
    const token = new Secret('a token of the peers own');
    await using lone = await browser.show(observability, {
      dashboard: { peers: { hostName: 'peers.invalid', port: 9, token } },
    });
    await lone.page.locator('.origin .warning').first().waitFor();
    expect(await lone.page.locator('.origin .warning').first().textContent()).toMatch(/^Without .*peers\.invalid/);
    for (const view of VIEWS) {
      await lone.goTo(view);
      await lone.page.locator('h1').waitFor();
    }
    expect(lone.complaints).toEqual([]);
  });
});

it('has broken no rule of the content security policy', () => {
  expect(shown.complaints).toEqual([]);
});

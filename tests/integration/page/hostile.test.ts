import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainText } from '../../../runtime/page/src/components/plainText.ts';
import type { Observability } from '../../../runtime/src/observability.ts';
import { hostileObservability, requestIdOf } from './support/hostileObservability.ts';
import { HOSTILE_TEXTS } from './support/hostileTexts.ts';
import { answerHostile, HOSTILE_TRACE, hostileSpanId } from './support/hostileTraces.ts';
import { harmIn } from './support/inspectPage.ts';
import { type AnsweringJaeger, startAnsweringJaeger } from './support/jaegerAnswering.ts';
import { openPageBrowser, type PageBrowser, type ShownPage } from './support/shownPage.ts';

const PHONE = { width: 360, height: 800 };
const DESK = { width: 1280, height: 800 };
const TEXTS = Object.entries(HOSTILE_TEXTS);
const NAMES = TEXTS.filter(([about]) => ['image', 'quotes', 'directions', 'long'].includes(about));
const LISTS = [
  'overview',
  'requests',
  'requests?tab=finished',
  'requests?tab=groups&by=user',
  'requests?tab=samples',
  'performance/system',
  'performance/metrics?metric=hostile.value',
  'performance/latency',
  'performance/trends',
  'errors?state=any',
  'traces?service=shop',
  `traces/${HOSTILE_TRACE}`,
  'accounting',
];
const ADDRESSES = [
  'errors/<img src=x onerror=window.hurt=1>?state=<script>window.hurt=1</script>',
  'errors?state=__proto__&order=constructor&window=toString&text=%E2%80%AE',
  'errors?__proto__[polluted]=1&constructor[prototype][polluted]=1',
  'requests/%3Csvg%2Fonload%3Dwindow.hurt%3D1%3E%E2%80%AE%00',
  'requests?tab=<script>&operation=javascript:window.hurt=1&state=%00&order=__proto__',
  `requests/${'w'.repeat(5000)}`,
  'performance/__proto__?metric=<img src=x onerror=window.hurt=1>&labels={"__proto__":{"polluted":1}}&window=x',
  'performance/metrics?metric=hostile.value&labels=[1&from=NaN&to=-1e400',
  'traces/<script>window.hurt=1</script>?span="><img src=x onerror=window.hurt=1>&zoom=-1-1e99',
  'traces?service=<svg/onload=window.hurt=1>&tags=__proto__=1&limit=-5&lookback=constructor',
  '__proto__/constructor?toString=1',
  'javascript:window.hurt=1',
  '/evil.example/%E0%A4%A?%',
  '%00%E2%80%AE<b>',
];

let browser: PageBrowser;
let observability: Observability;
let jaeger: AnsweringJaeger;
let shown: ShownPage;
let page: Page;
const dialogs: string[] = [];

beforeAll(async () => {
  [browser, observability, jaeger] = await Promise.all([
    openPageBrowser(),
    hostileObservability(),
    startAnsweringJaeger(),
  ]);
  jaeger.answerWith(answerHostile);
  shown = await browser.show(observability, {
    dashboard: { jaegerQuery: { url: jaeger.url }, jaegerUrl: 'https://jaeger.example' },
  });
  ({ page } = shown);
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
});

afterAll(async () => {
  await shown[Symbol.asyncDispose]();
  await jaeger[Symbol.asyncDispose]();
  await browser[Symbol.asyncDispose]();
  await observability.stop();
});

/** The text as it is to be read, without what fields cut off and what only some show as a line's end. */
function readable(text: string): string {
  return plainText(text.replaceAll('\r', '').toWellFormed()).slice(0, 40);
}

/** Its beginning, up to where the server puts a sign in the place of what cannot be seen. */
function seenAt(text: string): string {
  return /^[^␀-␡⟨]*/.exec(readable(text))?.[0] ?? '';
}

/** What is to be read on the page. */
async function readIn(selector: string): Promise<string> {
  const text = (await page.locator(selector).first().textContent()) ?? '';
  return plainText(text).replaceAll('␍', '');
}

describe('what others write', () => {
  it.each(LISTS)('harms nothing in %s, on a phone and on a desk', async (address) => {
    for (const viewport of [PHONE, DESK]) {
      await page.setViewportSize(viewport);
      await shown.goTo(address);
      await page.locator('main .card, main .table-row, main .nothing').first().waitFor();
      expect(await harmIn(page), `${viewport.width}`).toEqual([]);
    }
  });

  it.each(TEXTS)('is shown as text with an error: %s', async (about, text) => {
    await page.setViewportSize(PHONE);
    const group = observability.errors?.groups
      .query({}, { limit: 1000 })
      .groups.find((each) => each.message.startsWith(`${about} `));
    await shown.goTo(`errors/${group?.id ?? ''}`);
    await page.locator('.error-main').waitFor();
    expect(await readIn('main')).toContain(`${about} ${seenAt(text)}`);
    expect(await harmIn(page)).toEqual([]);
  });

  it.each(TEXTS)('is shown as text with a request: %s', async (about, text) => {
    await page.setViewportSize(PHONE);
    await shown.goTo(`requests/${encodeURIComponent(requestIdOf(about, text).toWellFormed())}`);
    await page.locator('main .card, main .facts').first().waitFor();
    expect(await readIn('main')).toContain(readable(text));
    expect(await harmIn(page)).toEqual([]);
  });

  it.each(TEXTS)('is shown as text with a span: %s', async (about, text) => {
    await page.setViewportSize(PHONE);
    await shown.goTo(`traces/${HOSTILE_TRACE}?span=${hostileSpanId(about)}`);
    await page.locator('.span-exception').waitFor();
    expect(await harmIn(page)).toEqual([]);
    expect(await readIn('.span-panel')).toContain(seenAt(text));
  });

  it.each(ADDRESSES)('harms nothing in the address %s', async (address) => {
    await page.setViewportSize(PHONE);
    await page.goto(`${shown.url}#/${address}`);
    await page.locator('main h1, main h2').first().waitFor();
    await page.locator('.loading').waitFor({ state: 'detached' });
    expect(await harmIn(page)).toEqual([]);
  });
});

describe('whoever comes', () => {
  it.each(['<script>window.hurt=1</script>', '%E0%A4%A', 'w'.repeat(5000), '__proto__', '%00%E2%80%AE'])(
    'is not let in with the token %s',
    async (token) => {
      await page.goto('about:blank');
      await page.goto(`${shown.url}#token=${token}`);
      await page.getByLabel('Token').waitFor();
      await page.getByRole('alert').waitFor();
      expect(page.url()).not.toContain('token');
      expect(await harmIn(page)).toEqual([]);
    },
  );

  it.each(NAMES)('may be called anything: %s', async (_, text) => {
    await page.context().clearCookies();
    await page.goto('about:blank');
    await page.goto(`${shown.url}#/accounting`);
    await page.getByLabel('Token').fill(shown.token);
    await page.getByLabel('Your name').fill(text.slice(0, 200));
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByText('(operate)').waitFor({ state: 'attached' });
    expect(await harmIn(page)).toEqual([]);
  });
});

it('has had no payload run, asked no other host, and broken no rule of the content security policy', () => {
  expect(dialogs).toEqual([]);
  expect(shown.complaints).toEqual([]);
});

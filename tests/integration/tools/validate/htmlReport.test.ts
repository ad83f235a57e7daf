// @spec S6.3
import { AxeBuilder } from '@axe-core/playwright';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { htmlReport } from '../../../../tools/validate/report/html/htmlReport.ts';
import type { Report } from '../../../../tools/validate/report/report.ts';
import { openBrowser } from '../../../support/browser.ts';
import { resultOf, sampleReport, soundFinding } from '../../../support/validateReport.ts';
import { HOSTILE_TEXTS } from '../../page/support/hostileTexts.ts';
import { harmIn } from '../../page/support/inspectPage.ts';

const PHONE = { width: 360, height: 800 };

let browser: Browser;
let folder: string;
let server: Server;
const asked: string[] = [];
const opened: Page[] = [];

beforeAll(async () => {
  [browser, folder] = await Promise.all([openBrowser(), mkdtemp(join(tmpdir(), 'tracewright-html-'))]);
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.setHeader('access-control-allow-origin', '*').end('window.hurt = 1');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((page) => page.context().close()));
});

afterAll(async () => {
  await browser.close();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

interface Shown {
  readonly page: Page;
  /** Errors, breaches of the policy, and whatever was asked for beside the file. */
  readonly complaints: readonly string[];
}

async function show(report: Report, options: BrowserContextOptions = {}): Promise<Shown> {
  const file = join(folder, 'report.html');
  await writeFile(file, await htmlReport(report));
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })).newPage();
  opened.push(page);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => complaints.push(message.text()));
  page.on('request', (request) => {
    if (request.url() !== pathToFileURL(file).href) complaints.push(`asked for ${request.url()}`);
  });
  await page.goto(pathToFileURL(file).href);
  return { page, complaints };
}

/** How many pixels of a plot have a colour, of which something is drawn. */
async function pixelsOf(page: Page, colour: string): Promise<number> {
  return page.evaluate<number>(`(() => {
    const canvas = document.querySelector('canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const wanted = [1, 3, 5].map((at) => parseInt('${colour}'.slice(at, at + 2), 16));
    let count = 0;
    for (let at = 0; at < data.length; at += 4) if (wanted.every((value, index) => data[at + index] === value)) count += 1;
    return count;
  })()`);
}

function visibleChecks(page: Page): Promise<string[]> {
  return page.locator('.check:visible summary code').allTextContents();
}

describe('the HTML report', () => {
  it('shows what is not ok in full, and what is ok when that is asked for, one outcome at a time', async () => {
    const { page, complaints } = await show(sampleReport());
    await expect(page.title()).resolves.toBe('failed: stack dev');
    expect(await visibleChecks(page)).toEqual(['objects-ready', 'replicas-spread', 'roles-bound']);
    expect(await page.locator('#objects .finding').innerText()).toBe(
      'what\nDeployment tracing/jaeger-collector\nexpected\npresent\nfound\nmissing\nmend\n`npm run up` makes it anew',
    );
    await page.getByLabel('failed').uncheck();
    expect(await visibleChecks(page)).toEqual(['replicas-spread', 'roles-bound']);
    await page.getByLabel('warning').uncheck();
    await page.getByLabel('could not be checked').uncheck();
    await page.getByLabel('ok').check();
    expect(await visibleChecks(page)).toEqual(['objects-present', 'grpc-takes-spans']);
    expect(complaints).toEqual([]);
  });

  it('shows what is ok at once where nothing else is', async () => {
    const { page } = await show(sampleReport({ results: [resultOf('ok', [soundFinding])] }));
    expect(await visibleChecks(page)).toEqual(['objects-present']);
  });

  it('draws plots in the colours of either scheme, and beside them their numbers', async () => {
    const { page } = await show(sampleReport(), { colorScheme: 'light' });
    expect(await page.locator('.u-legend .u-label').allTextContents()).toEqual([
      'spans offered per second',
      'collector',
      'agent',
    ]);
    expect(await pixelsOf(page, '#0b62c4')).toBeGreaterThan(300);
    expect(await pixelsOf(page, '#b3400d')).toBeGreaterThan(100);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(() => pixelsOf(page, '#0b62c4')).toBe(0);
    expect(await pixelsOf(page, '#6cb6ff')).toBeGreaterThan(300);
    await page.getByText('the numbers').click();
    expect(await page.locator('figure details tbody tr').allInnerTexts()).toEqual([
      '1,000\t1,000\t990',
      '2,000\t1,990\t',
      '4,000\t3,100\t2,500',
    ]);
  });

  it('fits plots to a window that becomes narrow', async () => {
    const { page } = await show(sampleReport());
    const widthOf = (): Promise<number> => page.evaluate("document.querySelector('.uplot').clientWidth");
    const before = await widthOf();
    await page.setViewportSize(PHONE);
    await expect.poll(widthOf).toBeLessThan(before / 2);
  });

  it('needs no script for anything but the drawing', async () => {
    const { page } = await show(sampleReport(), { javaScriptEnabled: false });
    await page.getByLabel('ok').check();
    expect(await visibleChecks(page)).toHaveLength(5);
    await page.getByText('the numbers').click();
    expect(await page.locator('figure details tbody tr').first().innerText()).toBe('1,000\t1,000\t990');
  });

  it('brings no script where nothing is drawn', async () => {
    const { page, complaints } = await show(sampleReport({ plots: [] }));
    expect(await page.locator('script').count()).toBe(0);
    expect(await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content')).toMatch(
      /^default-src 'none'; style-src 'sha256-\S+'; base-uri 'none'; form-action 'none'$/,
    );
    expect(complaints).toEqual([]);
  });

  it('lets no other script run and asks nobody, even if somebody had put something into it', async () => {
    const { page } = await show(sampleReport());
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const breaches = await page.evaluate<readonly string[]>(`(async () => {
      const breaches = [];
      document.addEventListener('securitypolicyviolation', (event) => breaches.push(event.effectiveDirective));
      const put = (name, fields) => document.body.append(Object.assign(document.createElement(name), fields));
      put('script', { textContent: 'window.hurt = 1' });
      put('script', { src: '${address}/script' });
      put('img', { src: '${address}/image' });
      put('link', { rel: 'stylesheet', href: '${address}/styles' });
      put('iframe', { src: '${address}/frame' });
      document.body.insertAdjacentHTML('beforeend', '<b onclick="window.hurt = 1" style="color: red">x</b>');
      document.body.lastElementChild.click();
      await fetch('${address}/fetch').catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 300));
      return breaches;
    })()`);
    expect(new Set(breaches)).toEqual(
      new Set([
        'script-src-elem',
        'img-src',
        'style-src-elem',
        'frame-src',
        'style-src-attr',
        'script-src-attr',
        'connect-src',
      ]),
    );
    expect(await page.evaluate('window.hurt')).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it.each([
    ['a desk', {}],
    ['a phone', { viewport: PHONE }],
  ])('takes every hostile text as a text, on %s', async (_, options) => {
    const texts = Object.values(HOSTILE_TEXTS);
    const results = texts.map((text, index) =>
      resultOf(
        index % 2 === 0 ? 'failed' : 'ok',
        [
          { outcome: 'failed', subject: text, expected: text, found: text, mend: text },
          { ...soundFinding, subject: text, found: text, seconds: index },
        ],
        { check: text, title: text },
      ),
    );
    const series = texts.map((name, index) => ({
      name,
      points: [
        [0, index],
        [1, index + 1],
      ] as const,
    }));
    const hostile = sampleReport({
      stack: texts.join(' '),
      context: texts.join(' '),
      startedAt: HOSTILE_TEXTS['quotes'] ?? '',
      ended: texts.join(' '),
      results,
      notRun: texts.map((check) => ({ check, component: 'objects', title: check, why: 'absent', needs: [] })),
      plots: texts.map((text) => ({ title: text, xLabel: text, yLabel: text, unit: text, note: text, series })),
      tables: [{ title: texts.join(' '), columns: texts, rows: [texts] }],
    });
    const { page, complaints } = await show(hostile, options);
    await page.getByLabel('ok').check();
    for (const summary of await page.getByText('the numbers').all()) await summary.click();
    expect(await page.locator('.check:visible').count()).toBe(texts.length);
    expect(await page.locator('canvas').count()).toBe(texts.length);
    expect(await harmIn(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it.each([
    ['light', 'a desk', {}],
    ['dark', 'a phone', { viewport: PHONE }],
  ] as const)('has no violation that axe finds, %s, on %s', async (colorScheme, _, options) => {
    const { page } = await show(sampleReport(), { colorScheme, ...options });
    await page.getByLabel('ok').check();
    for (const summary of await page.getByText('the numbers').all()) await summary.click();
    // The policy of the page lets axe in by the browser's own way alone.
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
  });

  it('is printed black on white, without what can be clicked, with the findings that are shown', async () => {
    const { page } = await show(sampleReport(), { colorScheme: 'dark' });
    await page.locator('.check summary').nth(1).click();
    await page.emulateMedia({ media: 'print' });
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    expect(await page.locator('.filter').isVisible()).toBe(false);
    expect(await page.locator('#objects .finding').isVisible()).toBe(true);
    await expect.poll(() => pixelsOf(page, '#0b62c4')).toBeGreaterThan(300);
  });
});

import AxeBuilder from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '../../../runtime/src/core/secret.ts';
import type { Observability } from '../../../runtime/src/observability.ts';
import { filledObservability, throwOfGroup } from '../../support/filledObservability.ts';
import { openPageBrowser, type PageBrowser } from './support/shownPage.ts';

const VIEWS = ['overview', 'requests', 'performance', 'errors', 'traces', 'accounting'];

let browser: PageBrowser;
let observability: Observability;

beforeAll(async () => {
  browser = await openPageBrowser();
  observability = filledObservability({ groups: 60, requests: 500, config: { performance: {} } });
});

afterAll(async () => {
  await browser[Symbol.asyncDispose]();
  await observability.stop();
});

describe('the page', () => {
  it.each(VIEWS)(
    'shows %s without a violation of axe in both schemes, and on a phone without scrolling sideways',
    async (view) => {
      await using shown = await browser.show(observability, { address: view });
      const { page } = shown;
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => `${colorScheme} ${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
      }
      await page.setViewportSize({ width: 360, height: 800 });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
      expect(shown.complaints).toEqual([]);
    },
  );

  it('goes from view to view by keys, and says so to screen readers', async () => {
    await using shown = await browser.show(observability);
    await shown.page.getByRole('heading', { level: 1 }).waitFor();
    // The page is drawn again between both keys, as what happens meanwhile does; at once, since the first is soon forgotten.
    await shown.page.evaluate(`
      const press = (key) => document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      press('g');
      location.hash = '#/overview?window=1h';
      new Promise((drawn) => setTimeout(drawn, 200)).then(() => press('e'));
    `);
    await shown.page.getByRole('heading', { level: 1, name: 'Errors' }).waitFor();
    expect(await shown.page.title()).toBe('Errors · Tracewright');
    expect(await shown.page.evaluate('document.activeElement.tagName')).toBe('MAIN');
    expect(await shown.page.getByRole('link', { name: 'Errors' }).first().getAttribute('aria-current')).toBe('page');
  });

  it('takes the token out of the address and the history, and keeps it nowhere in the browser', async () => {
    await using shown = await browser.show(observability);
    expect(shown.page.url()).not.toContain(shown.token);
    const stored = await shown.page.evaluate(
      'JSON.stringify({ ...localStorage, ...sessionStorage, cookie: document.cookie })',
    );
    expect(stored).not.toContain(shown.token);
    const [cookie] = await shown.context.cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/' });
    expect(cookie?.value).not.toContain(shown.token);
  });

  it('asks who is there, says what is wrong with a wrong token, and takes a right one', async () => {
    await using shown = await browser.show(observability);
    await shown.page.getByRole('button', { name: 'Log out' }).click();
    await shown.page.getByLabel('Token').fill('wrong');
    await shown.page.getByRole('button', { name: 'Log in' }).click();
    await shown.page.getByText('That is no token of this application.').waitFor();
    await shown.page.getByLabel('Token').fill(shown.token);
    await shown.page.getByLabel('Your name').fill('Ada');
    await shown.page.getByRole('button', { name: 'Log in' }).click();
    await shown.page.getByText('Ada (operate)').waitFor();
  });

  it('asks again where the session is over, as where the application has a new token', async () => {
    await using shown = await browser.show(observability);
    await shown.context.clearCookies();
    await shown.page.goto(`${shown.url}#/accounting`);
    await shown.page.getByText('Your session is over.').waitFor();
  });

  it('shows what comes while it is looked at, in two tabs', async () => {
    await using shown = await browser.show(observability, { address: 'accounting' });
    const second = await shown.context.newPage();
    await second.goto(`${shown.url}#/accounting`);
    const errors = observability.errors?.groups.counts().errors ?? 0;
    await second.getByRole('row', { name: `errors ${errors} ` }).waitFor();
    throwOfGroup(observability, 0);
    for (const page of [shown.page, second]) await page.getByRole('row', { name: `errors ${errors + 1} ` }).waitFor();
  });

  it('stands still while it is paused, and catches up afterwards', async () => {
    await using shown = await browser.show(observability, { address: 'accounting' });
    const errors = observability.errors?.groups.counts().errors ?? 0;
    await shown.page.getByRole('button', { name: /^live/ }).click();
    throwOfGroup(observability, 0);
    // Twice as long as changes take.
    await shown.page.waitForTimeout(4_000);
    expect(await shown.page.getByRole('row', { name: `errors ${errors} ` }).count()).toBe(1);
    await shown.page.getByRole('button', { name: /^paused/ }).click();
    await shown.page.getByRole('row', { name: `errors ${errors + 1} ` }).waitFor();
  });

  it('says that the application is gone and since when, keeps what it showed, and goes on when it is back', async () => {
    const operateToken = new Secret('a token of its own for this test');
    const first = await browser.show(observability, { address: 'accounting', dashboard: { auth: { operateToken } } });
    const port = Number(new URL(first.url).port);
    await first.stopServer();
    await first.page.getByText('The connection to the application was lost at').waitFor();
    expect(await first.page.getByRole('heading', { name: 'spans' }).count()).toBe(0);
    expect(await first.page.getByRole('heading', { name: 'errors' }).count()).toBe(1);
    await using again = await browser.show(observability, { dashboard: { port, auth: { operateToken } } });
    await first.page.getByText('The connection to the application was lost at').waitFor({ state: 'detached' });
    expect(again.url).toBe(first.url);
    await first[Symbol.asyncDispose]();
  });

  it('leads from an address that it does not know to the overview', async () => {
    await using shown = await browser.show(observability);
    await shown.page.goto(`${shown.url}#/nothing/here`);
    await shown.page.getByRole('heading', { name: 'There is no such view' }).waitFor();
    await shown.page.getByRole('link', { name: 'Go to the overview.' }).click();
    await shown.page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  });
});

// @spec S5.2 S5.4
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '../../../runtime/src/core/secret.ts';
import { createObservability, type Observability } from '../../../runtime/src/observability.ts';
import { throwOfGroup } from '../../support/filledObservability.ts';
import { openPageBrowser, type PageBrowser, type ShownPage, type ShowOptions } from './support/shownPage.ts';

const GROUPS = 450;
const HOSTILE = 'a\u202Egnp.exe\u0000\n<img src=x onerror=alert(1)>';
const OPERATE = new Secret('an-operate-token-of-the-tests');
const READ = new Secret('a-read-token-of-the-tests');

let browser: PageBrowser;
let observability: Observability;
let shown: ShownPage | undefined;

function groups() {
  const { errors } = observability;
  if (errors === undefined) throw new Error('errors are tracked here');
  return errors.groups;
}

/** ID of the group with such a text. */
function idOf(text: string): string {
  const [group] = groups().query({ text }).groups;
  if (group === undefined) throw new Error(`no group has ${text}`);
  return group.id;
}

function outOfStock(): never {
  throw new RangeError('the stock does not suffice', {
    cause: Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
  });
}

/** Another tab does it. */
async function resolveElsewhere(id: string, note: string): Promise<void> {
  const { url = '', token = '' } = shown ?? {};
  const response = await fetch(`${url}api/v1/errors/${id}/resolve`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ note }),
  });
  expect(response.status).toBe(200);
}

async function open(address: string, options: ShowOptions = {}): Promise<Page> {
  shown = await browser.show(observability, { address, ...options });
  return shown.page;
}

beforeAll(async () => {
  observability = createObservability({
    tracing: false,
    performance: false,
    errors: { release: '1.4.2', uncaught: false, loggers: false, maxTimeShare: 1, eventsPerMinute: 10_000 },
  });
  const { errors } = observability;
  for (let index = 0; index < GROUPS; index += 1) throwOfGroup(observability, index);
  errors?.addBreadcrumb('http', 'GET /stock', { ms: 12 });
  errors?.capture(new Error(HOSTILE), {
    request: { id: HOSTILE, operation: HOSTILE, userId: HOSTILE },
    context: { note: HOSTILE },
  });
  for (const number of [1, 2]) {
    try {
      outOfStock();
    } catch (error) {
      const request = { id: `stock-${number}`, operation: 'POST /orders', userId: `user-${number}` };
      errors?.capture(error, { handled: false, request });
    }
  }
  browser = await openPageBrowser();
});

afterEach(async () => {
  const complaints = shown?.complaints ?? [];
  await shown?.[Symbol.asyncDispose]();
  shown = undefined;
  expect(complaints).toEqual([]);
});

afterAll(async () => {
  await browser[Symbol.asyncDispose]();
  await observability.stop();
});

describe('the list of errors', () => {
  it('shows the newest groups first, and more as their end comes in sight', async () => {
    const page = await open('errors');
    const table = page.getByRole('table', { name: 'Groups of errors' });
    await table.getByRole('link', { name: /RangeError the stock/ }).waitFor();
    expect(await page.locator('.table-caption').textContent()).toBe(`Groups of errors: 200 of ${GROUPS + 2}`);
    expect(await page.locator('[data-index]').count()).toBeLessThan(60);
    await page.evaluate("document.querySelector('.table-scroller').scrollTo(0, 1e6)");
    await page.getByText(`Groups of errors: 400 of ${GROUPS + 2}`).waitFor();
  });

  it('is narrowed and ordered by what the address says, which a colleague sees, too', async () => {
    const page = await open('errors');
    await page.getByLabel(/^Severity/).selectOption('high');
    await page.getByText('Groups of errors: 1', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Count' }).click();
    await page.locator('[aria-sort=descending]', { hasText: 'Count' }).waitFor();
    const address = page.url();
    expect(address).toMatch(/#\/errors\?severity=high&order=count$/);
    await page.reload();
    await page.getByText('Groups of errors: 1', { exact: true }).waitFor();
    await page.getByLabel('Text').fill('nothing has this');
    await page.getByRole('heading', { name: 'No group fits' }).waitFor();
  });

  it('has several groups acknowledged together, with a note', async () => {
    const page = await open('errors?text=step+7+of');
    const id = idOf('step 7 of');
    await page.getByRole('checkbox', { name: id }).check();
    await page.getByRole('button', { name: 'Acknowledge' }).click();
    await page.getByLabel(/Note/).fill('we know');
    await page.getByRole('dialog').getByRole('button', { name: 'Acknowledge' }).click();
    await page.getByText('Acknowledged 1 of 1.').waitFor();
    await page.locator('.table-body').getByText('acknowledged').waitFor();
    expect(groups().snapshot(id)?.history).toMatchObject([{ to: 'acknowledged', by: 'operate', note: 'we know' }]);
  });

  it('leads from each figure to the groups that it counts, and says in the filters which they are', async () => {
    const id = idOf('step 11 of');
    groups().resolve(id);
    throwOfGroup(observability, 11);
    const page = await open('errors');
    await page.getByText('Came back', { exact: true }).waitFor();
    for (const [figure, count, happened] of [
      ['Came back', 1, 'regressed'],
      ['Resolved', 1, 'resolved'],
      ['New groups', groups().counts().groups, 'appeared'],
    ] as const) {
      await page
        .locator('.totals > div', { hasText: figure })
        .getByRole('link', { name: String(count) })
        .click();
      await page.getByText(new RegExp(`^Groups of errors: (200 of )?${count}$`)).waitFor();
      expect(await page.getByLabel(/^In the window/).inputValue()).toBe(happened);
    }
    await page.locator('.totals > div', { hasText: 'Spikes' }).getByRole('link', { name: '0' }).click();
    await page.getByRole('heading', { name: 'No group fits' }).waitFor();
  });

  it('shows an error that comes while somebody looks', async () => {
    const page = await open('errors');
    observability.errors?.capture(new Error('it has just come'), { fingerprint: ['just'] });
    await page.getByRole('link', { name: /it has just come/ }).waitFor({ timeout: 8_000 });
  });
});

describe('a group of errors', () => {
  it('shows the error with its cause and the code that it came from, and goes through those that are kept', async () => {
    const page = await open(`errors/${idOf('stock does not')}`);
    await page.getByRole('heading', { name: 'RangeError', level: 2 }).waitFor();
    await page.getByRole('heading', { name: /Caused by Error/ }).waitFor();
    expect(await page.locator('.code-line.is-here').first().textContent()).toContain('throw new RangeError');
    await page.getByText('GET /stock').waitFor();
    expect(await page.getByRole('link', { name: 'stock-2' }).first().getAttribute('href')).toBe('#/requests/stock-2');
    await page.getByRole('link', { name: 'older →' }).click();
    await page.getByRole('heading', { name: /Error 2 of 2 kept/ }).waitFor();
    await page.locator('.event-facts').getByRole('link', { name: 'stock-1' }).waitFor();
  });

  it('says who was quicker, where two tabs resolve it', async () => {
    const id = idOf('step 11 of');
    const page = await open(`errors/${id}`);
    await page.getByRole('button', { name: 'Resolve' }).click();
    await resolveElsewhere(id, 'restarted');
    await page.getByLabel(/Note/).fill('mine');
    await page.getByRole('dialog').getByRole('button', { name: 'Resolve' }).click();
    const alert = page.getByRole('alert');
    await alert.getByText(/already resolved since .* \(“restarted”\)/).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await page.locator('.history').getByText('restarted').waitFor();
    await page.getByRole('button', { name: 'Reopen' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Reopen' }).click();
    await page.getByText('Reopened.').waitFor();
    expect(groups().snapshot(id)?.state).toBe('open');
  });

  it('is ignored for a time, and given a severity', async () => {
    const id = idOf('step 12 of');
    const page = await open(`errors/${id}`);
    await page.getByRole('button', { name: 'Ignore' }).click();
    await page.getByLabel('How long').selectOption({ label: 'until it came so often' });
    await page.getByLabel('Errors from now on').fill('3');
    await page.getByRole('dialog').getByRole('button', { name: 'Ignore' }).click();
    await page.locator('.history').getByText('until 3 more came').waitFor();
    await page.getByRole('button', { name: 'Severity …' }).click();
    await page.getByRole('dialog').getByLabel('Severity').selectOption('critical');
    await page.getByRole('button', { name: 'Set severity' }).click();
    await page.getByText('critical (given)').waitFor();
  });

  it('offers nothing to those who may only look', async () => {
    shown = await browser.show(observability, {
      address: 'errors',
      dashboard: { auth: { operateToken: OPERATE, readToken: READ } },
    });
    const { page, url, context } = shown;
    await context.clearCookies();
    await page.goto('about:blank');
    await page.goto(`${url}#token=${READ.reveal()}`);
    await page.getByRole('navigation', { name: 'Views' }).waitFor();
    await shown.goTo(`errors/${idOf('stock does not')}`);
    await page.getByText('You may look, but change nothing').waitFor();
    expect(await page.getByRole('button', { name: 'Resolve' }).count()).toBe(0);
  });

  it('says that it is not kept, where it is not', async () => {
    const page = await open(`errors/${idOf('step 1 of')}`);
    await page.goto(`${shown?.url ?? ''}#/errors/0000000000000000`);
    await page.getByText('No error group has the ID 0000000000000000').waitFor();
  });
});

describe('the errors for everybody', () => {
  it.each([
    ['errors', 'light'],
    ['stock', 'light'],
    ['hostile', 'dark'],
  ] as const)('have no violation that axe finds: %s, %s', async (what, colorScheme) => {
    const address =
      what === 'errors' ? 'errors?severity=high' : `errors/${idOf(what === 'stock' ? 'stock does' : 'onerror')}`;
    const page = await open(address, { context: { colorScheme } });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  });

  it.each(['errors', 'stock', 'hostile'])('fit a phone: %s', async (what) => {
    const address = what === 'errors' ? 'errors' : `errors/${idOf(what === 'stock' ? 'stock does' : 'onerror')}`;
    const page = await open(address, { context: { viewport: { width: 360, height: 740 } } });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    expect(await page.locator('img').count()).toBe(0);
  });
});

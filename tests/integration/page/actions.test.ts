// @spec S5.3
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '../../../runtime/src/core/secret.ts';
import type { Observability } from '../../../runtime/src/observability.ts';
import { filledObservability } from '../../support/filledObservability.ts';
import { openPageBrowser, type PageBrowser } from './support/shownPage.ts';

const auth = { operateToken: new Secret('a token that outlives the application') };

let browser: PageBrowser;
let folder: string;

beforeAll(async () => {
  [browser, folder] = await Promise.all([openPageBrowser(), mkdtemp(join(tmpdir(), 'tracewright-actions-'))]);
});

afterAll(async () => {
  await browser[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

function idOf({ errors }: Observability, text: string): string {
  return errors?.groups.query({ text }).groups[0]?.id ?? '';
}

async function act(page: Page, name: string, note: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/Note/).fill(note);
  await dialog.getByRole('button', { name, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

describe('what people make of errors', () => {
  it('is seen in another tab without a reload, and is still there when the application was started anew', async () => {
    const snapshotFile = join(folder, 'groups');
    await using observability = filledObservability({ groups: 20, requests: 0 });
    const first = await browser.show(observability, { address: 'errors', dashboard: { auth, snapshotFile } });
    const id = idOf(observability, 'step 3 of');
    await first.goTo(`errors/${id}`);
    const second = await first.context.newPage();
    await second.goto(`${first.url}#/errors/${id}`);
    await second.getByRole('button', { name: 'Acknowledge' }).waitFor();
    await act(first.page, 'Acknowledge', 'I look at it');
    await second.locator('.history').getByText('I look at it').waitFor();
    await act(second, 'Resolve', 'the index was missing');
    await first.page.locator('.history').getByText('the index was missing').waitFor();
    expect(await first.page.getByRole('button', { name: 'Resolve', exact: true }).count()).toBe(0);
    await first[Symbol.asyncDispose]();

    await using restarted = filledObservability({ groups: 0, requests: 0 });
    await using again = await browser.show(restarted, { address: `errors/${id}`, dashboard: { auth, snapshotFile } });
    await again.page.locator('.history').getByText('the index was missing').waitFor();
    await again.page.locator('.history').getByText('I look at it').waitFor();
    await act(again.page, 'Reopen', 'it came back');
    await again.page.getByText('Reopened.').waitFor();
    expect(restarted.errors?.groups.snapshot(id)?.history.map(({ to }) => to)).toEqual([
      'acknowledged',
      'resolved',
      'open',
    ]);
  });

  it('is done with many groups at once, of which those that cannot be changed are named', async () => {
    await using observability = filledObservability({ groups: 5, requests: 0 });
    observability.errors?.groups.resolve(idOf(observability, 'step 2 of'), { by: 'Ada' });
    await using shown = await browser.show(observability, { address: 'errors?state=any' });
    const { page } = shown;
    await page.getByRole('button', { name: 'Choose all' }).click();
    await page.getByText('5 groups chosen').waitFor();
    await act(page, 'Ignore', 'a drill');
    await page.getByText(/Ignored 4 of 5/).waitFor();
    expect(observability.errors?.groups.query({ state: 'ignored' }).groups).toHaveLength(4);
    expect(shown.complaints).toEqual([]);
  });
});

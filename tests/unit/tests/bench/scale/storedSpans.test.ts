import { expect, it } from 'vitest';
import { countSpans, type SpanPage } from '../../../../bench/scale/storedSpans.ts';

/** Pages by what they come after. */
const reader =
  (pages: Readonly<Record<string, SpanPage>>) =>
  (after: string | undefined): Promise<SpanPage> => {
    const page = pages[after ?? 'the start'];
    return page === undefined ? Promise.reject(new Error(`no page after ${after}`)) : Promise.resolve(page);
  };

it('counts spans over all pages, and copies apart from them', async () => {
  const pages = {
    'the start': { counts: [1, 2, 1], next: 'c' },
    c: { counts: [3, 1], next: 'e' },
    e: { counts: [], next: undefined },
  };
  expect(await countSpans(reader(pages))).toEqual({ distinct: 5, duplicates: 3 });
});

it('counts none where there are none', async () => {
  expect(await countSpans(reader({ 'the start': { counts: [], next: undefined } }))).toEqual({
    distinct: 0,
    duplicates: 0,
  });
});

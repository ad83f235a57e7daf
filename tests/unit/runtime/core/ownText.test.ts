import { expect, it } from 'vitest';
import { ownText } from '../../../../runtime/src/core/ownText.ts';
import { heldMemory } from '../tracing/accounting/support/heldMemory.ts';

const MEBIBYTE = 2 ** 20;

it.each([12, 13, 40, 1000])(
  'a name of %i characters keeps nothing of the text that it was cut out of',
  async (length) => {
    const names: string[] = [];
    const bytes = await heldMemory(() => {
      for (let seed = 0; seed < 20; seed += 1) {
        const body = `${seed} `.repeat(MEBIBYTE).slice(0, MEBIBYTE);
        names.push(ownText(body.slice(5, 5 + length), 200));
      }
    });
    expect(names).toHaveLength(20);
    expect(bytes).toBeLessThan(MEBIBYTE);
  },
);

it('a text stays as it is, but for half a surrogate pair', () => {
  expect(ownText('orders 😀 ä', 200)).toBe('orders 😀 ä');
  expect(ownText('half \ud83d of a pair', 200)).toBe('half \ufffd of a pair');
  expect(ownText('half \ud83d', 200)).toBe('half \ufffd');
  expect(ownText('x'.repeat(201), 200)).toBe(`${'x'.repeat(199)}…`);
});

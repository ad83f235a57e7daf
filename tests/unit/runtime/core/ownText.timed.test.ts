import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownText } from '../../../../runtime/src/core/ownText.ts';
import { heldMemory } from '../../../support/heldMemory.ts';

describe('ownText', () => {
  it('is the same text where it is short enough', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        expect(ownText(text, text.length + 1)).toBe(text);
      }),
    );
  });

  it('is cut with a mark where it is too long, and never longer, nor cut within a character', () => {
    expect(ownText('abcdef', 4)).toBe('abc…');
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), fc.integer({ min: 1, max: 50 }), (text, most) => {
        const own = ownText(text, most);
        expect(own.length).toBeLessThanOrEqual(most);
        expect(own.isWellFormed()).toBe(true);
        if (text.length > most) expect(own.endsWith('…')).toBe(true);
      }),
    );
  });

  it.each(['\ud83d', 'a\ude00', 'half \ud83d of a longer text', '\ude00'.repeat(20)])(
    'has a mark in the place of half a surrogate pair: %j',
    (text) => {
      expect(ownText(text, 100)).toBe(text.toWellFormed());
    },
  );

  // V8 copies up to 12 characters, and points into the whole for more.
  it.each([1, 5, 12, 13, 14, 63, 64, 65, 200])('of %i characters keeps nothing else alive', async (length) => {
    const texts: string[] = [];
    const bytes = await heldMemory(() => {
      for (let number = 0; number < 5; number += 1) {
        const body = `${number}${'x'.repeat(4_000_000)}`;
        texts.push(ownText(body.slice(1, 1 + length), 1000), ownText(body, length));
      }
    });
    expect(texts.map((text) => text.length)).toEqual(Array.from({ length: 10 }, () => length));
    expect(bytes).toBeLessThan(1_000_000);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainText } from '../../../../../runtime/page/src/components/plainText.ts';

describe('a text of others', () => {
  it.each([
    ['GET /orders/:id', 'GET /orders/:id'],
    ['line\nfeed\ttab\0nul', 'line␊feed␉tab␀nul'],
    ['a\u202Eevil', 'a⟨U+202E⟩evil'],
    ['zero\u200Bwidth\uFEFF', 'zero⟨U+200B⟩width⟨U+FEFF⟩'],
    ['\u007F\u2028', '⟨U+007F⟩⟨U+2028⟩'],
    ['half \uD83D', 'half ⟨U+D83D⟩'],
    ['שלום Ελλάδα 你好 👩‍💻', 'שלום Ελλάδα 你好 👩‍💻'],
    ['', ''],
  ])('%j is shown as %j', (text, shown) => {
    expect(plainText(text)).toBe(shown);
  });

  it('hides nothing, whatever it is, and is the same when it is shown again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 50 }), (text) => {
        const shown = plainText(text);
        expect(shown).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u);
        expect(plainText(shown)).toBe(shown);
      }),
    );
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitted } from '../../../../../tools/policy/report/fitted.ts';

const rows = ['1'.repeat(40), '2'.repeat(40), '3'.repeat(40)];

test('what fits is there as it is', () => {
  expect(
    fitted(
      [
        { open: '(', rows: ['a', 'b'], close: ')' },
        { open: 'c', rows: [], close: 'd' },
      ],
      1_000,
    ),
  ).toBe('(ab)cd');
});

test('a section is cut short between its rows', () => {
  expect(fitted([{ open: '(', rows, close: ')' }], 190)).toBe(
    `(${rows[0] ?? ''}${rows[1] ?? ''}\n1 more did not fit in here.\n)`,
  );
});

test('a section of which no row fits is left out, and its rows are counted', () => {
  const sections = [
    { open: '(', rows: ['a'], close: ')' },
    { open: '[', rows, close: ']' },
    { open: '{', rows: [], close: '}' },
  ];
  expect(fitted(sections, 130)).toBe('(a){}\n3 more did not fit in here.\n');
});

test('a text is never longer than it may be, and no row is lost uncounted', () => {
  const section = fc.record({
    open: fc.constant('<'),
    rows: fc.array(fc.integer({ min: 1, max: 60 }).map((length) => `${'r'.repeat(length)};`)),
    close: fc.constant('>'),
  });
  fc.assert(
    fc.property(fc.array(section), fc.integer({ min: 60, max: 900 }), (sections, longest) => {
      const text = fitted(sections, longest);
      const counted = [...text.matchAll(/(\d+) more did not fit/g)].reduce((sum, [, count]) => sum + Number(count), 0);
      expect(text.length).toBeLessThanOrEqual(longest);
      expect((text.match(/;/g)?.length ?? 0) + counted).toBe(sections.flatMap((one) => one.rows).length);
    }),
  );
});

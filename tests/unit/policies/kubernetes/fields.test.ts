import { describe, expect, it } from 'vitest';
import {
  entries,
  field,
  fieldAt,
  isRecord,
  isPresent,
  number,
  pairs,
  shown,
  text,
  texts,
} from '../../../../policies/kubernetes/fields.ts';

const unknownText = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';
const nothings: readonly unknown[] = [undefined, null, true, 0, 7, '', 'text', [], ['a'], {}];

describe('field', () => {
  it('is what a value itself has', () => expect(field({ a: 1 }, 'a')).toBe(1));

  it.each(nothings)('of %j is nothing', (value) => expect(field(value, 'a')).toBeUndefined());

  it.each(['constructor', 'toString', 'hasOwnProperty', '__proto__', 'length'])(
    'is nothing of what every object has: %s',
    (name) => {
      expect(field({}, name)).toBeUndefined();
      expect(fieldAt({ a: {} }, 'a', name)).toBeUndefined();
    },
  );

  it.each(['constructor', '__proto__'])('is what the object was given under the name of %s', (name) => {
    const given: unknown = JSON.parse(`{ "${name}": 7 }`);
    expect(field(given, name)).toBe(7);
    expect(texts(JSON.parse(`{ "${name}": "seven" }`))).toEqual(JSON.parse(`{ "${name}": "seven" }`));
  });

  it('of a field of a field is what stands there', () => {
    const value = { a: { b: [{ c: 7 }] } };
    expect(fieldAt(value, 'a', 'b', '0', 'c')).toBe(7);
    expect(fieldAt(value, 'a', 'x', 'c')).toBeUndefined();
    expect(fieldAt(value)).toBe(value);
  });

  it('that a preview cannot know is named', () => {
    expect(() => fieldAt({ spec: { image: unknownText } }, 'spec', 'image')).toThrow(
      'image is known only after the deployment',
    );
    expect(() => fieldAt({ spec: unknownText }, 'spec', 'image')).toThrow('spec is known only after the deployment');
    expect(fieldAt({ spec: { image: unknownText, name: 'a' } }, 'spec', 'name')).toBe('a');
  });
});

describe('lists and mappings', () => {
  it.each(nothings.filter((value) => !Array.isArray(value)))('%j has no entries', (value) => {
    expect(entries(value)).toEqual([]);
  });

  it('has the entries of a list', () => expect(entries([1, null, 'a'])).toEqual([1, null, 'a']));

  it.each(nothings)('%j has no pairs', (value) => expect(pairs(value)).toEqual([]));

  it('has the pairs of a mapping', () =>
    expect(pairs({ a: 1, b: null })).toEqual([
      ['a', 1],
      ['b', null],
    ]));

  it('leaves out what is no text', () => {
    expect(texts({ a: 'x', b: 1, c: null, d: ['y'], e: '' })).toEqual({ a: 'x', e: '' });
    expect(texts(['a'])).toEqual({});
  });

  it('names the entry that a preview cannot know', () => {
    expect(() => entries(['a', unknownText])).toThrow('[1] is known only after the deployment');
    expect(() => pairs({ a: unknownText })).toThrow('a is known only after the deployment');
    expect(() => texts({ a: unknownText })).toThrow('a is known only after the deployment');
  });
});

describe('values', () => {
  it.each<[unknown, string | undefined, number | undefined, boolean, boolean]>([
    [undefined, undefined, undefined, false, false],
    [null, undefined, undefined, false, false],
    ['', '', undefined, true, false],
    ['a', 'a', undefined, true, false],
    [0, undefined, 0, true, false],
    [1.5, undefined, 1.5, true, false],
    [Number.NaN, undefined, undefined, true, false],
    [Infinity, undefined, undefined, true, false],
    [false, undefined, undefined, true, false],
    [[], undefined, undefined, true, false],
    [{}, undefined, undefined, true, true],
  ])('%j are text %j, number %j; present: %j; a mapping: %j', (value, asText, asNumber, present, mapping) => {
    expect([text(value), number(value), isPresent(value), isRecord(value)]).toEqual([
      asText,
      asNumber,
      present,
      mapping,
    ]);
  });
});

describe('a value in a message', () => {
  const itself: Record<string, unknown> = {};
  itself['itself'] = itself;

  it.each<[unknown, string]>([
    [undefined, 'not set'],
    [null, 'not set'],
    ['', '""'],
    ['a "b"', '"a \\"b\\""'],
    [7, '7'],
    [false, 'false'],
    [['a'], '["a"]'],
    [{ a: 1 }, '{"a":1}'],
    ['x'.repeat(78), `"${'x'.repeat(78)}"`],
    ['x'.repeat(79), `"${'x'.repeat(78)}…`],
    [{ a: unknownText }, '{"a":"known only after the deployment"}'],
    [itself, 'a value that cannot be shown'],
  ])('case %#', (value, expected) => expect(shown(value)).toBe(expected));
});

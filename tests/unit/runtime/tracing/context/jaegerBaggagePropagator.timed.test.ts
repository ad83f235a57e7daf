import { ROOT_CONTEXT } from '@opentelemetry/api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baggageOf, contextOf, extracted, extractedBaggage, injected } from './carriers.ts';

const jaeger = ['jaeger'] as const;

/** The baggage headers alone. */
function sent(entries: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const baggage = Object.fromEntries(Object.entries(entries).map(([key, value]) => [key, { value }]));
  const { 'uber-trace-id': _, ...headers } = injected(contextOf({}, baggage), jaeger);
  return headers;
}

describe("baggage of Jaeger's clients on the way in", () => {
  it.each([
    ['one header an entry', { 'uberctx-user': 'ada', 'uberctx-tenant': 'shop' }, { user: 'ada', tenant: 'shop' }],
    ['percent-encoded', { 'uberctx-user': 'ada%20l%C3%B8velace%2B' }, { user: 'ada løvelace+' }],
    ['with a plus for a space, as Go and Java write it', { 'uberctx-user': 'ada+lovelace' }, { user: 'ada lovelace' }],
    ['not encoded at all', { 'uberctx-discount': '100%' }, { discount: '100%' }],
    ['with a capital prefix', { 'Uberctx-user': 'ada' }, { user: 'ada' }],
    ['in one list', { 'jaeger-baggage': 'user=ada, tenant = a%2Cb ,broken,=x' }, { user: 'ada', tenant: 'a,b' }],
    ['in both forms', { 'jaeger-baggage': 'user=eve,a=b', 'uberctx-user': 'ada' }, { user: 'ada', a: 'b' }],
    ['empty', { 'uberctx-user': '' }, { user: '' }],
  ])('is read: %s', (_form, headers, baggage) => {
    expect(Object.fromEntries(extractedBaggage(headers, jaeger))).toEqual(baggage);
  });

  it('takes nothing from a header that is sent twice, has no key, or is no text', () => {
    const headers = { 'uberctx-a': ['1', '2'], 'uberctx-': 'x', 'uberctx-b': 5, 'jaeger-baggage': ['c=3', 'd=4'] };
    expect(extractedBaggage(headers, jaeger)).toEqual([
      ['c', '3'],
      ['d', '4'],
    ]);
  });

  it('is bounded: 180 entries, 4096 characters each, 8192 together', () => {
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`uberctx-k${index}`, 'v']));
    expect(extractedBaggage(many, jaeger)).toHaveLength(180);
    const list = { 'jaeger-baggage': Array.from({ length: 10_000 }, (_, index) => `k${index}=v`).join(',') };
    expect(extractedBaggage(list, jaeger)).toHaveLength(180);
    expect(extractedBaggage({ 'uberctx-a': 'x'.repeat(4096), 'uberctx-b': 'ok' }, jaeger)).toEqual([['b', 'ok']]);
    const large = Object.fromEntries(['a', 'b', 'c', 'd'].map((key) => [`uberctx-${key}`, key.repeat(3000)]));
    expect(extractedBaggage(large, jaeger).map(([key]) => key)).toEqual(['a', 'b']);
  });

  it('knows no keys of prototypes', () => {
    const headers = JSON.parse('{"uberctx-__proto__":"x","uberctx-constructor":"y"}') as unknown;
    expect(extractedBaggage(headers, jaeger)).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
    expect({}).not.toHaveProperty('x');
  });

  it('changes nothing where there is none', () => {
    expect(extracted({ 'uberctx-': 'x', other: 'y' }, jaeger)).toBe(ROOT_CONTEXT);
  });
});

describe("baggage of Jaeger's clients on the way out", () => {
  it('is one percent-encoded header an entry', () => {
    expect(sent({ user: 'ada løvelace', plus: '+,;\r\n' })).toEqual({
      'uberctx-user': 'ada%20l%C3%B8velace',
      'uberctx-plus': '%2B%2C%3B%0D%0A',
    });
  });

  it('leaves out keys that cannot be the name of a header', () => {
    expect(sent({ 'a b': '1', 'a\r\nb': '2', schlüssel: '3', '': '4', 'a:b': '5', good_key: '6' })).toEqual({
      'uberctx-good_key': '6',
    });
  });

  it('is bounded: 64 entries of 4096 characters together', () => {
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`k${index}`, 'v']));
    expect(Object.keys(sent(many))).toHaveLength(64);
    expect(Object.keys(sent({ a: 'x'.repeat(2000), b: 'x'.repeat(3000), c: 'x'.repeat(2000) }))).toEqual([
      'uberctx-a',
      'uberctx-c',
    ]);
  });

  it('replaces what is no character', () => {
    expect(sent({ half: 'a\ud800b' })).toEqual({ 'uberctx-half': 'a%EF%BF%BDb' });
  });

  it('comes back as it was sent, whatever the value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (value) => {
        const carrier = injected(contextOf({}, { key: { value } }), jaeger);
        expect(baggageOf(extracted(carrier, jaeger))).toEqual([['key', value.toWellFormed()]]);
      }),
    );
  });
});

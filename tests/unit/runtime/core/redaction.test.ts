import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutText, redactedText } from '../../../../runtime/src/core/redaction.ts';

/** Throws whatever is done with it. */
function hostileProxy(target: object = {}): object {
  const refuse = (): never => {
    throw new Error('a trap ran');
  };
  return new Proxy(target, {
    get: refuse,
    has: refuse,
    ownKeys: refuse,
    getPrototypeOf: refuse,
    getOwnPropertyDescriptor: refuse,
  });
}

describe('redactedText', () => {
  const cyclic: Record<string, unknown> = { id: 1 };
  cyclic['self'] = cyclic;
  const dated = new Date(Date.UTC(2026, 0, 2, 3, 4, 5, 6));
  Object.defineProperty(dated, 'toISOString', { value: () => 'mine' });

  it.each([
    ['a string as it is', 'plain "text"', 'plain "text"'],
    ['numbers', [1, -0.5, Number.NaN], '[1,-0.5,NaN]'],
    ['what JSON has no word for', [undefined, null, true, 12n, Symbol('s')], '[undefined,null,true,12n,Symbol(s)]'],
    ['a BigInt of too many digits', 2n ** 2000n, '[bigint]'],
    ['a function, not its source', [() => 'secret'], '[[function]]'],
    ['an object', { id: 7, name: 'Ada', tags: ['a', 'b'] }, '{"id":7,"name":"Ada","tags":["a","b"]}'],
    ['holes', Object.assign(Array<number>(2), { 1: 1 }), '[[empty],1]'],
    ['cycles', cyclic, '{"id":1,"self":[cycle]}'],
    ['the same object twice, which is no cycle', [[1], [1]], '[[1],[1]]'],
    ['depth', { a: { b: { c: { d: { e: 1 } } } } }, '{"a":{"b":{"c":{"d":[…]}}}}'],
    ['dates by no method of their own', dated, '2026-01-02T03:04:05.006Z'],
    ['dates that are none', [new Date(Number.NaN)], '["Invalid Date"]'],
    ['errors by what they say', [new TypeError('no')], '["TypeError: no"]'],
    [
      'collections by their size',
      [new Map([[1, 2]]), new Set('ab'), Buffer.from('abc')],
      '[[map(1)],[set(2)],[bytes(3)]]',
    ],
    ['nothing of a Proxy', [hostileProxy()], '[[proxy]]'],
    ['an object without a prototype', Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
  ])('shows %s', (_what, value, text) => {
    expect(redactedText(value)).toBe(text);
  });

  it('shows nothing of what a sensitive key keeps, at any depth', () => {
    const value = { user: 'ada', password: 'p', card: { number: '4111' }, headers: [{ Authorization: 'Bearer x' }] };
    expect(redactedText(value)).toBe(
      '{"user":"ada","password":"[redacted]","card":"[redacted]","headers":[{"Authorization":"[redacted]"}]}',
    );
  });

  it('names getters and does not call them, nor toJSON', () => {
    let calls = 0;
    const value = {
      get total() {
        calls += 1;
        return 1;
      },
      toJSON: () => {
        calls += 1;
        return 'x';
      },
    };
    expect(redactedText(value)).toBe('{"total":[getter],"toJSON":[function]}');
    expect(calls).toBe(0);
  });

  it('says how many entries it leaves out', () => {
    const numbers = Array.from({ length: 25 }, (_, index) => index);
    expect(redactedText(numbers, { maxEntries: 3 })).toBe('[0,1,2,[22 more]]');
    expect(redactedText({ a: 1, b: 2, c: 3 }, { maxEntries: 2 })).toBe('{"a":1,"b":2,[1 more]}');
  });

  it('cuts long texts without cutting a character', () => {
    expect(redactedText('abcdef', { maxLength: 4 })).toBe('abc…');
    expect(redactedText({ text: 'x'.repeat(50) }, { maxLength: 20 })).toBe('{"text":"xxxxxxxxxx…');
    expect(cutText('ab😀cd', 4)).toBe('ab…');
    expect(cutText('ab😀cd', 5)).toBe('ab😀…');
    expect(cutText('abcd', 4)).toBe('abcd');
  });

  it('does no more work than it shows', () => {
    let wide: unknown = 1;
    for (let depth = 0; depth < 4; depth += 1) wide = Array<unknown>(1000).fill(wide);
    const text = redactedText(wide, { maxEntries: 1000 });
    expect(text).toHaveLength(1024);
    expect(redactedText('x'.repeat(50_000_000))).toHaveLength(1024);
  });

  it('never throws and never shows more than it may', () => {
    fc.assert(
      fc.property(
        fc.anything({
          withBigInt: true,
          withDate: true,
          withMap: true,
          withNullPrototype: true,
          withSparseArray: true,
        }),
        fc.integer({ min: 1, max: 60 }),
        (value, maxLength) => {
          expect(redactedText(value, { maxLength }).length).toBeLessThanOrEqual(maxLength);
        },
      ),
    );
  });

  it('shows the value of no sensitive key, wherever it is', () => {
    const secret = 'hunter2-hunter2';
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.integer(),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.record({ password: fc.constant(secret), inner: tie('value') }),
        fc.record({ apiKey: fc.record({ plain: fc.constant(secret) }) }),
      ),
    }));
    fc.assert(
      fc.property(value, (generated) => {
        expect(redactedText(generated)).not.toContain(secret);
      }),
    );
  });
});

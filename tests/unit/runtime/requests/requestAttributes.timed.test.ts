import { describe, expect, it } from 'vitest';
import type { GivenAttributes } from '../../../../runtime/src/requests/requestAttributes.ts';
import { heldMemory } from '../../../support/heldMemory.ts';
import { testedTracker } from './support/trackerFixture.ts';

/** What is kept of attributes. */
function kept(attributes: GivenAttributes): unknown {
  const { tracker } = testedTracker();
  tracker.start({ operation: 'work', id: 'r', attributes });
  return tracker.get('r')?.attributes;
}

const cyclic: Record<string, unknown> = { name: 'a' };
cyclic['self'] = cyclic;

describe('attributes of a request', () => {
  it.each<[string, unknown, unknown]>([
    ['a text', 'text', 'text'],
    ['an empty text', '', ''],
    ['a number', 1.5, 1.5],
    ['a truth value', false, false],
    ['null', null, 'null'],
    ['a BigInt', 5n, '5n'],
    ['a symbol', Symbol('s'), 'Symbol(s)'],
    ['a function', () => 1, '[function]'],
    ['an array', [1, 'a'], '[1,"a"]'],
    ['an object', { a: 1, password: 'x' }, '{"a":1,"password":"[redacted]"}'],
    ['an object that holds itself', cyclic, '{"name":"a","self":[cycle]}'],
    ['an error', new TypeError('no'), 'TypeError: no'],
    ['a Proxy', new Proxy({}, {}), '[proxy]'],
  ])('keeps of %s what can be read', (_, value, expected) => {
    expect(kept({ value })).toEqual({ value: expected });
  });

  it('leaves out what is undefined', () => {
    expect(kept({ a: undefined, b: 1 })).toEqual({ b: 1 });
  });

  it('redacts by key, whatever the value is', () => {
    const attributes = { password: 'x', 'api-key': 5, authorization: { a: 1 }, userToken: true, cardNumber: null };
    expect(kept(attributes)).toEqual({
      password: '[redacted]',
      'api-key': '[redacted]',
      authorization: '[redacted]',
      userToken: '[redacted]',
      cardNumber: '[redacted]',
    });
  });

  it('redacts by all of a key whose end is cut', () => {
    const [key] = Object.keys(kept({ [`${'x'.repeat(150)}.password`]: 'secret' }) as object);
    expect(key).toBe(`${'x'.repeat(99)}…`);
    expect(Object.values(kept({ [`${'x'.repeat(150)}.password`]: 'secret' }) as object)).toEqual(['[redacted]']);
  });

  it('redacts what is added later', () => {
    const { tracker } = testedTracker();
    tracker.start({ operation: 'work', id: 'r' }).update({ attributes: { secret: 'x' } });
    expect(tracker.get('r')?.attributes).toEqual({ secret: '[redacted]' });
  });

  it('are 32 at most, the first ones', () => {
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`key${index}`, index]));
    expect(kept(many)).toEqual(Object.fromEntries(Object.entries(many).slice(0, 32)));
  });

  it('are 32 at most over all updates, of which a known key is replaced still', () => {
    const { tracker } = testedTracker();
    const many = Object.fromEntries(Array.from({ length: 32 }, (_, index) => [`key${index}`, index]));
    tracker.start({ operation: 'work', id: 'r', attributes: many }).update({ attributes: { more: 1, key3: 'new' } });
    expect(tracker.get('r')?.attributes).toEqual({ ...many, key3: 'new' });
  });

  it('are cut to 1024 characters', () => {
    expect(kept({ value: 'x'.repeat(1024) })).toEqual({ value: 'x'.repeat(1024) });
    expect(kept({ value: 'x'.repeat(1025) })).toEqual({ value: `${'x'.repeat(1023)}…` });
    expect(kept({ value: ['x'.repeat(5000)] })).toEqual({ value: `["${'x'.repeat(1021)}…` });
  });

  it('keep nothing of ten megabytes alive but what is shown of them', async () => {
    const { tracker } = testedTracker();
    const bytes = await heldMemory(() => {
      for (let number = 0; number < 10; number += 1) {
        const body = String(number).repeat(10_000_000);
        const attributes = { body, part: body.slice(5, 500), [body]: 1, [body.slice(0, 60)]: [body] };
        const names = {
          operation: body,
          userId: body.slice(1, 50),
          agentId: body.slice(1, 50),
          id: body,
          parentId: body,
        };
        tracker
          .start({ ...names, attributes })
          .process()
          .fail({ type: body });
      }
    });
    expect(tracker.counts()).toMatchObject({ kept: 10, failed: 10 });
    expect(bytes).toBeLessThan(3_000_000);
  });

  it('run no getter, and show none', () => {
    let reads = 0;
    const attributes = {
      a: 1,
      get b(): number {
        reads += 1;
        return 2;
      },
      c: {
        get d(): number {
          reads += 1;
          return 3;
        },
        toJSON: () => (reads += 1),
        toString: () => String((reads += 1)),
      },
    };
    expect(kept(attributes)).toEqual({ a: 1, c: '{"d":[getter],"toJSON":[function],"toString":[function]}' });
    expect(reads).toBe(0);
  });

  it.each<[string, unknown]>([
    [
      'a Proxy',
      new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error('trap');
          },
        },
      ),
    ],
    ['null', null],
    ['a text', 'abc'],
    ['a number', 7],
    ['an array', [1, 2]],
  ])('that are %s are none, and disturb nobody', (_, attributes) => {
    const { tracker } = testedTracker();
    const given = attributes as GivenAttributes;
    tracker.start({ operation: 'work', id: 'r', attributes: given }).update({ attributes: given });
    expect(tracker.get('r')?.attributes).toEqual({});
  });

  it('may be called as what every object has', () => {
    const attributes = kept(JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}') as GivenAttributes);
    expect(Object.entries(attributes as object)).toEqual([
      ['__proto__', '{"polluted":true}'],
      ['constructor', 1],
    ]);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('cannot be changed by whoever is shown them', () => {
    const { tracker } = testedTracker();
    const given = { a: 1 };
    tracker.start({ operation: 'work', id: 'r', attributes: given });
    given.a = 2;
    const shown = tracker.get('r')?.attributes as Record<string, unknown>;
    expect(() => (shown['a'] = 3)).toThrow(TypeError);
    expect(tracker.get('r')?.attributes).toEqual({ a: 1 });
  });
});

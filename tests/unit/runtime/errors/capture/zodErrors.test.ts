import { describe, expect, it } from 'vitest';
import * as v4 from 'zod';
import * as mini from 'zod/mini';
import * as v3 from 'zod/v3';
import { issuesText } from '../../../../../runtime/src/errors/capture/issuesText.ts';
import { ErrorClassifier } from '../../../../../runtime/src/errors/classification/errorClassifier.ts';
import { ErrorGrouper } from '../../../../../runtime/src/errors/grouping/errorGrouper.ts';
import { thrownBy } from '../groups/support/groupsFixture.ts';
import { accessor, factsOf, trap } from './describerFixture.ts';

const ADDRESS = {
  'zod 4': v4.object({ city: v4.string(), lines: v4.array(v4.object({ text: v4.string() })) }),
  'zod 3': v3.object({ city: v3.string(), lines: v3.array(v3.object({ text: v3.string() })) }),
  'zod mini': mini.object({ city: mini.string(), lines: mini.array(mini.object({ text: mini.string() })) }),
};
const ORDER = {
  'zod 4': v4.strictObject({ sku: v4.string() }),
  'zod 3': v3.object({ sku: v3.string() }).strict(),
  'zod mini': mini.strictObject({ sku: mini.string() }),
};
type Library = keyof typeof ADDRESS;
const LIBRARIES: readonly Library[] = ['zod 4', 'zod 3', 'zod mini'];

/** What is wrong with a value, as an error that nobody has thrown. */
function failed(schema: { safeParse(value: unknown): { error?: unknown } }, value: unknown): object {
  const { error } = schema.safeParse(value);
  if (typeof error !== 'object' || error === null) throw new Error('the value is right');
  return error;
}

/** Each throws in a function of its own. */
const parse = {
  address(library: Library, value: unknown): unknown {
    return ADDRESS[library].parse(value);
  },
  order(library: Library, value: unknown): unknown {
    return ORDER[library].parse(value);
  },
};
const parseAddress = (library: Library, value: unknown): unknown => thrownBy(() => parse.address(library, value));
const parseOrder = (library: Library, value: unknown): unknown => thrownBy(() => parse.order(library, value));

function groupOf(error: unknown): string {
  return new ErrorGrouper().fingerprintOf(factsOf(error)).id;
}

describe.each(LIBRARIES)('an error of %s', (library) => {
  it('says what zod says, without zod being asked', () => {
    const values = [{}, { city: 7, lines: [{ text: 'a' }, { text: 1n }] }, 'a text', null];
    for (const value of values) {
      const [asked, described] = [failed(ADDRESS[library], value), failed(ADDRESS[library], value)];
      expect(factsOf(described).message).toBe(Reflect.get(asked, 'message'));
      // Nor is it afterwards: the message of zod 4 is kept here once it was read.
      expect(Reflect.get(Reflect.get(described, '_zod') ?? {}, 'message')).toBeUndefined();
    }
  });

  it('is about validation', () => {
    for (const error of [failed(ORDER[library], { isAdmin: true }), parseOrder(library, {})])
      expect(
        new ErrorClassifier({}).classify({
          error: factsOf(error),
          source: 'call',
          isHandled: true,
          request: {},
          context: {},
        }).category,
      ).toBe('validation');
  });

  it('has the place that it was thrown at, and is one group there', () => {
    const facts = factsOf(parseAddress(library, {}));
    expect(facts.frames.some(({ functionName }) => functionName?.includes('address'))).toBe(true);
    const ids = [{}, { city: 7 }, 'a text'].map((value) => groupOf(parseAddress(library, value)));
    expect(new Set(ids).size).toBe(1);
    expect(groupOf(parseOrder(library, {}))).not.toBe(ids[0]);
  });
});

describe.each(['zod 4', 'zod mini'] as const)(
  'an error of %s that was returned and not thrown, without a place',
  (library) => {
    it('is the same one where the same is wrong in another item', () => {
      const wrong = (count: number) => [...Array.from({ length: count }, () => ({ text: 'a' })), { text: 7 }];
      const ids = [0, 1, 12].map((count) => groupOf(failed(ADDRESS[library], { city: 'Wien', lines: wrong(count) })));
      expect(new Set(ids).size).toBe(1);
    });

    it('is another one where something else is wrong, or in another schema', () => {
      const errors = [
        failed(ADDRESS[library], { lines: [] }),
        failed(ADDRESS[library], { city: 'Wien' }),
        failed(ORDER[library], {}),
        failed(ORDER[library], { sku: 'a', isAdmin: true }),
      ];
      expect(new Set(errors.map(groupOf)).size).toBe(errors.length);
    });
  },
);

it('counts what a message was set to, and what it was read as', () => {
  const error = failed(ORDER['zod 4'], {});
  Reflect.set(error, 'message', 'no such order');
  expect(factsOf(error).message).toBe('no such order');
});

describe('an error that only looks like one of zod', () => {
  /** An error with its message behind an accessor, and issues. */
  function pretender(issues: unknown) {
    const message = accessor('lie');
    const error = Object.defineProperties(new Error('a'), { message, issues: { value: issues } });
    return { error, message };
  }

  it('is not asked, and says what its issues say', () => {
    const { error, message } = pretender([{ code: 'custom', path: ['a', 0], message: 'wrong' }]);
    expect(factsOf(error).message).toBe(
      JSON.stringify([{ code: 'custom', path: ['a', 0], message: 'wrong' }], null, 2),
    );
    expect(message.runs()).toBe(0);
  });

  it('runs no accessor, no toJSON and no trap of a Proxy in its issues', () => {
    const hidden = accessor('lie');
    const { proxy, runs } = trap([{ code: 'custom' }]);
    const issue = Object.defineProperty({ code: 'custom', proxy, toJSON: () => expect.fail('no') }, 'path', hidden);
    expect(factsOf(pretender([issue, proxy]).error).message).toBe(
      '[\n  {\n    "code": "custom",\n    "proxy": null\n  },\n  null\n]',
    );
    expect(factsOf(pretender(proxy).error).message).toBe('');
    const nested = pretender([]);
    Object.defineProperty(nested.error, '_zod', { value: proxy });
    expect(factsOf(nested.error).message).toBe('[]');
    expect([hidden.runs(), runs(), nested.message.runs()]).toEqual([0, 0, 0]);
  });

  it.each<[string, unknown[], string]>([
    [
      'keys of prototypes',
      [JSON.parse('{"__proto__":1,"constructor":2}')],
      '[\n  {\n    "__proto__": 1,\n    "constructor": 2\n  }\n]',
    ],
    [
      'values that JSON has not',
      [undefined, Number.NaN, Symbol('a'), () => 1, 7n, 10n ** 400n],
      '[\n  null,\n  null,\n  null,\n  null,\n  "7",\n  "…"\n]',
    ],
    [
      'what is empty',
      [{}, [], { a: undefined }, new Map([[1, 2]]), Buffer.alloc(10)],
      '[\n  {},\n  [],\n  {},\n  {},\n  null\n]',
    ],
  ])('writes %s as JSON does', (_, issues, text) => {
    expect(issuesText({ issues })).toBe(text);
  });

  it.each<[string, () => unknown[]]>([
    ['a million issues', () => new Array<unknown>(1_000_000).fill({ code: 'custom' })],
    ['a text of 10 MB', () => ['x'.repeat(10_000_000)]],
    [
      'an object of a hundred thousand keys',
      () => [Object.fromEntries(Array.from({ length: 100_000 }, (_, key) => [`k${key}`, key]))],
    ],
    [
      'itself in it',
      () => {
        const issues: unknown[] = [];
        issues.push(issues, issues);
        return issues;
      },
    ],
    ['a key of 10 MB', () => [{ ['k'.repeat(10_000_000)]: 1 }]],
  ])('is described in little time and space with %s', (_, make) => {
    const { error } = pretender(make());
    const start = performance.now();
    expect(factsOf(error).message.length).toBeLessThanOrEqual(4096);
    expect(performance.now() - start).toBeLessThan(150);
  });

  it('has no secret in what it says', () => {
    expect(factsOf(pretender([{ message: 'the secret' }]).error).message).toContain('the [redacted]');
  });
});

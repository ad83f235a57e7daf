import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../../runtime/src/core/configurationError.ts';
import {
  type ErrorTrackerOptions,
  resolveErrorTrackerOptions,
} from '../../../../runtime/src/errors/errorTrackerOptions.ts';
import { TextRedactor } from '../../../../runtime/src/core/textRedactor.ts';
import { tracked } from './support/trackerFixture.ts';

describe('options of an error tracker', () => {
  it('have defaults', () => {
    expect(resolveErrorTrackerOptions({})).toMatchObject({
      release: undefined,
      uncaught: true,
      maxBreadcrumbs: 100,
      maxTimeShare: 0.2,
      categoryRules: [],
      fingerprint: undefined,
      groups: { maxGroups: 1000 },
    });
  });

  it.each<ErrorTrackerOptions>([
    { release: 'a' },
    { release: 'a'.repeat(200) },
    { uncaught: false },
    { maxBreadcrumbs: 1 },
    { maxBreadcrumbs: 1000 },
    { maxTimeShare: 0.000_1 },
    { maxTimeShare: 1 },
  ])('may be %o', (options) => {
    expect(resolveErrorTrackerOptions(options)).toMatchObject(options);
  });

  it.each<[string, unknown]>([
    ['release', ''],
    ['release', 'a'.repeat(201)],
    ['release', 7],
    ['uncaught', 'yes'],
    ['maxBreadcrumbs', 0],
    ['maxBreadcrumbs', 1001],
    ['maxBreadcrumbs', 1.5],
    ['maxTimeShare', 0],
    ['maxTimeShare', 1.01],
    ['maxTimeShare', Number.NaN],
    ['maxTimeShare', '0.5'],
    ['categoryRules', [{ name: 'a' }]],
    ['fingerprint', ['a']],
    ['maxGroups', 0],
  ])('are refused where %s is %o', (option, value) => {
    const options: object = { [option]: value };
    expect(() => resolveErrorTrackerOptions(options)).toThrow(ConfigurationError);
    expect(() => resolveErrorTrackerOptions(options)).toThrow(option);
  });

  it('are those of groups, too', () => {
    expect(resolveErrorTrackerOptions({ maxGroups: 7 }).groups.maxGroups).toBe(7);
  });

  it('are not changed by what becomes of the lists that were given', () => {
    const categoryRules = [{ name: 'stock', category: 'business_logic', type: 'StockError' } as const];
    const config = resolveErrorTrackerOptions({ categoryRules });
    categoryRules.pop();
    expect(config.categoryRules).toHaveLength(1);
  });
});

describe('an error tracker', () => {
  it('takes out of texts what the redactor finds that it is handed', () => {
    const pattern = /order-\d+/g;
    const textRedactor = new TextRedactor({ rules: [{ name: 'order', pattern }] });
    const { tracker, newest } = tracked({}, { textRedactor });
    tracker.addBreadcrumb('http', 'order-8');
    tracker.capture(new Error('no stock for order-7'), {
      context: { of: 'order-9' },
      request: { operation: 'order-6' },
    });
    expect(newest()?.message).toBe('no stock for [redacted]');
    expect(JSON.stringify(newest())).not.toMatch(pattern);
  });

  it("asks the application's rules what errors are about, and tells what goes wrong in one", () => {
    const matches = (): never => {
      throw new Error('a broken rule');
    };
    const { tracker, problems } = tracked({
      categoryRules: [
        { name: 'broken', category: 'network', matches },
        { name: 'stock', category: 'business_logic', message: 'no stock' },
      ],
    });
    expect(tracker.capture(new TypeError('no stock'))?.category).toBe('business_logic');
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('a broken rule');
  });

  it('keeps as many breadcrumbs as it was told to', () => {
    const { tracker, event } = tracked({ maxBreadcrumbs: 2 });
    for (const message of ['a', 'b', 'c']) tracker.addBreadcrumb('log', message);
    tracker.capture(new Error('sold out'));
    expect(event()?.breadcrumbs.map(({ message }) => message)).toEqual(['b', 'c']);
  });

  it('gives its groups the limits that they have, and gets what goes wrong in listeners', () => {
    const { tracker, problems } = tracked({ maxGroups: 1 });
    const end = tracker.listen({
      appeared: () => {
        throw new Error('a broken listener');
      },
    });
    tracker.capture(new Error('a'), { fingerprint: ['a'] });
    end();
    tracker.capture(new Error('b'), { fingerprint: ['b'] });
    expect(tracker.groups.counts()).toMatchObject({ errors: 2, groups: 1 });
    expect(problems).toEqual(['a broken listener']);
  });

  it('goes by the fingerprint that a call says, before that of its options', () => {
    const { tracker } = tracked({ fingerprint: () => ['of the options'] });
    const ids = [['told'], ['of the options'], undefined].map(
      (fingerprint) => tracker.capture(new Error('a'), { ...(fingerprint && { fingerprint }) })?.groupId,
    );
    expect(ids[1]).toBe(ids[2]);
    expect(ids[0]).not.toBe(ids[1]);
  });

  it('is stopped at the end of its block', async () => {
    const { host, tracker } = tracked();
    await tracker[Symbol.asyncDispose]();
    host.throwUncaught(new Error('late'));
    expect([host.timerCount, tracker.groups.counts().errors]).toEqual([0, 0]);
  });
});

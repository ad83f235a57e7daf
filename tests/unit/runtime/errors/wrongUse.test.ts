import { describe, expect, it } from 'vitest';
import type { CaptureOptions } from '../../../../runtime/src/errors/captureOptions.ts';
import type { ErrorTrackerOptions } from '../../../../runtime/src/errors/errorTrackerOptions.ts';
import { tracked } from './support/trackerFixture.ts';

const later = (): Promise<never> => Promise.reject(new Error('later'));

describe('an error is captured, and what is wrong is told, where the application', () => {
  it.each<[string, ErrorTrackerOptions, string]>([
    [
      'has a fingerprint that is a promise',
      { fingerprint: later as never },
      'it returns a promise; it has to answer at once',
    ],
    [
      'has a fingerprint that is a text',
      { fingerprint: () => 'orders' as never },
      'a fingerprint has to be an array of texts; the error is grouped without it',
    ],
    [
      'has a rule of severity that is a promise',
      { severityRules: [{ severity: 'low', when: later as never }] },
      'it returns a promise; it has to answer at once',
    ],
  ])('%s', async (_, options, problem) => {
    const { tracker, problems, newest } = tracked(options);
    expect(tracker.capture(new TypeError('sold out'))).toMatchObject({ category: 'system' });
    await new Promise(setImmediate);
    expect(newest()).toMatchObject({ count: 1, severity: 'high' });
    expect(problems).toEqual([problem]);
  });

  it.each<[string, unknown, RegExp]>([
    ['a category that is none', { category: 'databse' }, /^category is "databse"; allowed: system, database/],
    ['a fingerprint that is none', { fingerprint: 'orders' }, /^a fingerprint has to be an array of texts/],
  ])('says %s', (_, options, problem) => {
    const { tracker, problems } = tracked();
    const error = new TypeError('sold out');
    expect(tracker.capture(error, options as CaptureOptions)).toMatchObject({ category: 'system' });
    expect(problems).toEqual([expect.stringMatching(problem)]);
    expect(tracker.groups.counts()).toMatchObject({ errors: 1, inGroups: 1 });
    expect(tracker.totals()).toMatchObject([{ category: 'system', errors: 1 }]);
    expect(tracker.groups.statistics.over('1h').errors).toBe(1);
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['a text', 'basket 3'],
    ['a list', [3]],
    ['a buffer', new Uint8Array(20_000_000)],
  ])('gives %s as context, which there is none of then', (_, context) => {
    const { tracker, problems, event } = tracked();
    expect(tracker.capture(new TypeError('sold out'), { context } as CaptureOptions)).toBeDefined();
    expect([event()?.context, problems]).toEqual([{}, []]);
  });

  it('gives options that throw: nothing is captured, and nothing thrown', () => {
    const { tracker, problems } = tracked();
    const options = {
      get context(): object {
        throw new Error('an option that throws');
      },
    };
    expect(tracker.capture(new Error('sold out'), options)).toBeUndefined();
    expect(problems).toEqual(['an option that throws']);
  });
});

describe('in a flood', () => {
  it.each<[string, unknown, string]>([
    ['a name that is none of a class', Object.assign(new Error('x'), { name: 'ada@example.com' }), 'Error'],
    ['an object that is no error', { name: 'Grace Hopper 4111111111111111' }, 'object'],
    ['a class of the application', new (class StockError extends Error {})('x'), 'StockError'],
  ])('%s is counted as what is safe to keep', (_, thrown, type) => {
    const { host, tracker } = tracked({ maxTimeShare: 0.001, fingerprint: () => (host.advance(100), []) });
    tracker.capture(new Error('slow'));
    tracker.capture(thrown);
    expect(tracker.groups.counts().ungroupedBy).toEqual([{ type, count: 1 }]);
  });

  it('one look that was held up for a minute costs no more than a second', () => {
    const { host, tracker } = tracked({ maxTimeShare: 0.2, fingerprint: () => (host.advance(60_000), []) });
    tracker.capture(new Error('held up'));
    expect(tracker.capture(new Error('too soon'))).toBeUndefined();
    host.advance(2999);
    expect(tracker.capture(new Error('too soon'))).toBeUndefined();
    host.advance(2);
    expect(tracker.capture(new Error('in time'))).toBeDefined();
  });
});

it('keeps no more of a request than it shows', () => {
  const { tracker, event } = tracked();
  const userId = 'u'.repeat(1_000_000);
  tracker.capture(new Error('sold out'), { request: { userId, id: userId, agentId: userId, operation: userId } });
  expect(Object.values(event()?.request ?? {}).map((text) => String(text).length)).toEqual([200, 200, 200, 200]);
});

import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../../runtime/src/core/configurationError.ts';
import { RequestTracker } from '../../../../runtime/src/requests/requestTracker.ts';
import type { RequestTrackerOptions } from '../../../../runtime/src/requests/requestTrackerOptions.ts';
import { FakeHost } from '../../../support/fakeHost.ts';
import { testedTracker } from './support/trackerFixture.ts';

const RANGES = {
  maxRequests: [1, 10_000_000],
  maxBytes: [1_000_000, 2_000_000_000],
  maxAgeMillis: [1000, 604_800_000],
  maxDurationMillis: [1000, 604_800_000],
  stuckAfterMillis: [1, 604_800_000],
  sweepIntervalMillis: [100, 3_600_000],
  maxOperations: [1, 10_000],
  maxUsers: [1, 100_000],
  maxAgents: [1, 100_000],
  apdexMillis: [1, 3_600_000],
  samplesPerBand: [1, 100],
  slowestKept: [1, 100],
} as const;

/** What is said of options that are refused; no timer is left behind. */
function refusalOf(options: unknown): ConfigurationError {
  const host = new FakeHost();
  try {
    new RequestTracker(options as RequestTrackerOptions, { host });
  } catch (error) {
    if (error instanceof ConfigurationError) {
      expect(host.timerCount).toBe(0);
      return error;
    }
    throw error;
  }
  throw new Error('the options were not refused');
}

describe('the options of a tracker', () => {
  it('are whole', () => {
    expect(testedTracker().tracker.config).toEqual({
      maxRequests: 100_000,
      maxBytes: 50_000_000,
      maxAgeMillis: 3_600_000,
      maxDurationMillis: 3_600_000,
      stuckAfterMillis: 30_000,
      sweepIntervalMillis: 10_000,
      maxOperations: 200,
      maxUsers: 1000,
      maxAgents: 1000,
      apdexMillis: 500,
      apdexMillisByOperation: {},
      latencyBandsMillis: [10, 100, 1000, 10_000],
      samplesPerBand: 5,
      slowestKept: 10,
    });
  });

  it.each(Object.entries(RANGES))('take %s from %j only', (option, [least, most]) => {
    for (const value of [least, most])
      expect(testedTracker({ [option]: value }).tracker.config).toMatchObject({ [option]: value });
    for (const value of [least - 1, most + 1, least + 0.5, Number.NaN, Number.POSITIVE_INFINITY, String(least), null])
      expect(refusalOf({ [option]: value }).message).toBe(
        `The request tracking configuration has 1 problem:\n  ${option}: ${value} (options); ` +
          `allowed: a whole number from ${least} to ${most}`,
      );
  });

  it('are refused all at once', () => {
    const options = { maxRequests: 0, latencyBandsMillis: [], apdexMillisByOperation: { a: 0 }, maxRequest: 5 };
    const { problems, message } = refusalOf(options);
    expect(problems.map(({ option }) => option)).toEqual([
      'maxRequest',
      'maxRequests',
      'apdexMillisByOperation.a',
      'latencyBandsMillis',
    ]);
    expect(message).toContain('The request tracking configuration has 4 problems:\n');
  });

  it('that are unknown are named, with those that are known, and without secrets', () => {
    const { message } = refusalOf({ apiToken: 'hunter2' });
    expect(message).toContain('  apiToken: *** (options); allowed: maxRequests, maxBytes, ');
    expect(message).not.toContain('hunter2');
  });

  it.each<[unknown]>([
    [[]],
    [[0]],
    [[-1, 5]],
    [[5, 5]],
    [[5, 4]],
    [[1, Number.NaN]],
    [[1, Infinity]],
    ['1'],
    [null],
    [5],
    [true],
    [{ length: 1, 0: 5 }],
    [['1']],
    [Array.from({ length: 21 }, (_, index) => index + 1)],
  ])('take no latency bands like %j', (latencyBandsMillis) => {
    const { problems } = refusalOf({ latencyBandsMillis, slowestKept: 0 });
    expect(problems.map(({ option }) => option)).toEqual(['latencyBandsMillis', 'slowestKept']);
    expect(problems[0]?.allowed).toBe('1 to 20 finite numbers above 0, each above the one before');
  });

  it.each<[unknown]>([[null], [5], ['a'], [[500]]])('take no thresholds like %j', (apdexMillisByOperation) => {
    expect(refusalOf({ apdexMillisByOperation }).problems[0]?.option).toBe('apdexMillisByOperation');
  });

  it.each<[unknown]>([[null], [5], ['a'], [[]]])('are an object, not %j', (options) => {
    expect(refusalOf(options).problems[0]).toMatchObject({
      option: 'options',
      allowed: expect.stringContaining('an object with maxRequests, maxBytes, ') as string,
    });
  });

  it('are copies: what is changed in them later has no effect', () => {
    const [bands, thresholds] = [[5], { a: 5 }];
    const { config } = testedTracker({ latencyBandsMillis: bands, apdexMillisByOperation: thresholds }).tracker;
    bands.push(6);
    thresholds.a = 6;
    expect(config).toMatchObject({ latencyBandsMillis: [5], apdexMillisByOperation: { a: 5 } });
  });
});

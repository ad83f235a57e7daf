import { describe, expect, it } from 'vitest';
import { PerOperationSampler } from '../../../../../runtime/src/tracing/sampling/perOperationSampler.ts';
import type { PerOperationStrategy } from '../../../../../runtime/src/tracing/sampling/samplingStrategy.ts';
import { FakeHost } from '../../../../support/fakeHost.ts';
import { HIGHEST_ID, LOWEST_ID } from '../../../../support/extremeTraceIds.ts';
import { tags, tagsOf } from './samplingFixtures.ts';

/** Half of all traces, all that begin with a payment, no health check. */
const strategy: PerOperationStrategy = {
  type: 'peroperation',
  fallback: { type: 'probabilistic', ratio: 0.5 },
  lowerBoundTracesPerSecond: 0,
  ratios: new Map([
    ['POST /payments', 1],
    ['GET /health', 0],
  ]),
};
const bounded: PerOperationStrategy = {
  ...strategy,
  fallback: { type: 'probabilistic', ratio: 0 },
  lowerBoundTracesPerSecond: 0.1,
};

function start(initial: PerOperationStrategy) {
  const host = new FakeHost();
  const sampler = new PerOperationSampler(initial, host.monotonicMillis);
  /** How many of these operations have a trace sampled that no share samples. */
  const sampledByBound = (names: readonly string[]): number =>
    names.filter((name) => tagsOf(sampler, HIGHEST_ID, name) !== undefined).length;
  return { host, sampler, sampledByBound };
}

const names = (count: number, from = 0): string[] => Array.from({ length: count }, (_, n) => `GET /orders/${from + n}`);

describe('PerOperationSampler', () => {
  it.each([
    ['POST /payments', tags.probabilistic(1), tags.probabilistic(1)],
    ['GET /health', undefined, undefined],
    ['GET /', tags.probabilistic(0.5), undefined],
    ['', tags.probabilistic(0.5), undefined],
    ['__proto__', tags.probabilistic(0.5), undefined],
    ['constructor', tags.probabilistic(0.5), undefined],
  ])('samples %j by what is said of it', (name, lowest, highest) => {
    const { sampler } = start(strategy);
    expect(tagsOf(sampler, LOWEST_ID, name)).toEqual(lowest);
    expect(tagsOf(sampler, HIGHEST_ID, name)).toEqual(highest);
  });

  it('limits the rate of all operations together that are not listed, where that is said', () => {
    const { host, sampler } = start({ ...strategy, fallback: { type: 'ratelimiting', maxTracesPerSecond: 2 } });
    const ask = (name: string) => tagsOf(sampler, HIGHEST_ID, name);
    expect([ask('a'), ask('b'), ask('c')]).toEqual([tags.rateLimiting(2), tags.rateLimiting(2), undefined]);
    expect([ask('POST /payments'), ask('GET /health')]).toEqual([tags.probabilistic(1), undefined]);
    host.advance(500);
    expect([ask('a'), ask('b')]).toEqual([tags.rateLimiting(2), undefined]);
  });

  it('guarantees every operation its lower bound, listed or not', () => {
    const { host, sampler, sampledByBound } = start(bounded);
    expect(tagsOf(sampler, HIGHEST_ID, 'GET /health')).toEqual(tags.lowerBound(0));
    expect(tagsOf(sampler, HIGHEST_ID, 'GET /')).toEqual(tags.lowerBound(0));
    expect(sampledByBound(['GET /health', 'GET /', 'other'])).toBe(1);
    host.advance(10_000);
    expect(sampledByBound(['GET /health', 'GET /', 'other'])).toBe(3);
  });

  it('gives 2000 operations a bound of their own, and the rest the share alone', () => {
    const { sampler, sampledByBound } = start(bounded);
    expect(sampledByBound(names(10_000))).toBe(1998);
    expect(sampledByBound(['GET /health'])).toBe(1);
    expect(sampler.toString()).toBe('PerOperationSampler{ProbabilisticSampler{0}, 2000 operations}');
  });

  it('remembers no operation where there is no bound', () => {
    const { sampler, sampledByBound } = start(strategy);
    expect(sampledByBound(names(10_000))).toBe(0);
    expect(sampler.toString()).toBe('PerOperationSampler{ProbabilisticSampler{0.5}, 2 operations}');
  });

  it('remembers no name of more than a thousand characters', () => {
    const { sampledByBound } = start(bounded);
    expect(sampledByBound(['x'.repeat(1000), 'x'.repeat(1001)])).toBe(1);
  });

  it('knows every listed operation, however many there are', () => {
    const listed = names(5000);
    const { sampler, sampledByBound } = start({ ...bounded, ratios: new Map(listed.map((name) => [name, 1])) });
    expect(sampledByBound(listed)).toBe(5000);
    expect(sampledByBound(['another'])).toBe(0);
    expect(sampler.toString()).toBe('PerOperationSampler{ProbabilisticSampler{0}, 5000 operations}');
  });

  it('keeps on an update what operations used of their bound, whether listed before, listed now or never', () => {
    const { host, sampler, sampledByBound } = start(bounded);
    const used = ['GET /health', 'GET /', 'GET /cart'];
    expect(sampledByBound(used)).toBe(3);
    host.advance(5000);
    sampler.update({ ...bounded, ratios: new Map([['GET /cart', 0]]) });
    expect(sampledByBound(used)).toBe(0);
    host.advance(5000);
    expect(sampledByBound(used)).toBe(3);
  });

  it('gives operations that are not listed any more the share of the others', () => {
    const { sampler } = start({ ...bounded, ratios: new Map([['GET /', 1]]) });
    tagsOf(sampler, LOWEST_ID, 'GET /');
    sampler.update({ ...bounded, fallback: { type: 'probabilistic', ratio: 0.25 }, ratios: new Map() });
    expect(tagsOf(sampler, LOWEST_ID, 'GET /')).toEqual(tags.probabilistic(0.25));
    expect(tagsOf(sampler, HIGHEST_ID, 'GET /')).toBeUndefined();
  });

  it('makes room on an update by forgetting operations that are as good as new', () => {
    const { host, sampler, sampledByBound } = start(bounded);
    expect(sampledByBound(names(1998))).toBe(1998);
    host.advance(10_000);
    expect(sampledByBound(names(1))).toBe(1);
    sampler.update(bounded);
    expect(sampledByBound(names(1))).toBe(0);
    expect(sampledByBound(names(5000, 1998))).toBe(1997);
  });

  it('forgets what it learned when there is no bound any more', () => {
    const { sampler, sampledByBound } = start(bounded);
    sampledByBound(names(10));
    sampler.update(strategy);
    expect(sampledByBound([...names(10), 'GET /health'])).toBe(0);
    expect(sampler.toString()).toBe('PerOperationSampler{ProbabilisticSampler{0.5}, 2 operations}');
  });

  it('keeps the balance of a rate limit that an update does not change', () => {
    const limited: PerOperationStrategy = { ...strategy, fallback: { type: 'ratelimiting', maxTracesPerSecond: 1 } };
    const { sampler, sampledByBound } = start(limited);
    expect(sampledByBound(['a', 'b'])).toBe(1);
    sampler.update({ ...limited, ratios: new Map() });
    expect(sampledByBound(['a', 'GET /health'])).toBe(0);
  });
});

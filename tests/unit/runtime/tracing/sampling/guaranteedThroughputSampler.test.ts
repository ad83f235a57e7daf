import { describe, expect, it } from 'vitest';
import { GuaranteedThroughputSampler } from '../../../../../runtime/src/tracing/sampling/guaranteedThroughputSampler.ts';
import { FakeHost } from '../../../../support/fakeHost.ts';
import { HIGHEST_ID, LOWEST_ID } from '../../../../support/extremeTraceIds.ts';
import { countSampled, tags, tagsOf } from './samplingFixtures.ts';

function samplerOf(ratio: number, lowerBoundTracesPerSecond: number) {
  const host = new FakeHost();
  const sampler = new GuaranteedThroughputSampler({ ratio, lowerBoundTracesPerSecond }, host.monotonicMillis);
  return { host, sampler };
}

const many = (traceId: string): string[] => Array.from({ length: 100 }, () => traceId);

describe('GuaranteedThroughputSampler', () => {
  it('samples what the share does not, up to the lower bound, and says so', () => {
    const { host, sampler } = samplerOf(0.5, 2);
    expect(tagsOf(sampler, HIGHEST_ID)).toEqual(tags.lowerBound(0.5));
    expect(tagsOf(sampler, HIGHEST_ID)).toEqual(tags.lowerBound(0.5));
    expect(tagsOf(sampler, HIGHEST_ID)).toBeUndefined();
    host.advance(500);
    expect(countSampled(sampler, many(HIGHEST_ID))).toBe(1);
  });

  it('counts what the share samples towards the bound, and samples it beyond', () => {
    const { sampler } = samplerOf(0.5, 2);
    expect(tagsOf(sampler, LOWEST_ID)).toEqual(tags.probabilistic(0.5));
    expect(tagsOf(sampler, LOWEST_ID)).toEqual(tags.probabilistic(0.5));
    expect(tagsOf(sampler, HIGHEST_ID)).toBeUndefined();
    expect(countSampled(sampler, many(LOWEST_ID))).toBe(100);
  });

  it('samples one trace in ten minutes of an operation with a share of 0', () => {
    const { host, sampler } = samplerOf(0, 1 / 600);
    expect(countSampled(sampler, many(LOWEST_ID))).toBe(1);
    host.advance(599_999);
    expect(countSampled(sampler, many(LOWEST_ID))).toBe(0);
    host.advance(2);
    expect(countSampled(sampler, many(LOWEST_ID))).toBe(1);
  });

  it('guarantees nothing with a bound of 0', () => {
    const { sampler } = samplerOf(0, 0);
    expect(countSampled(sampler, many(HIGHEST_ID))).toBe(0);
  });

  it('changes its share and keeps what it used of the bound', () => {
    const { sampler } = samplerOf(0, 4);
    countSampled(sampler, many(HIGHEST_ID));
    sampler.update({ ratio: 0.25, lowerBoundTracesPerSecond: 4 });
    expect(tagsOf(sampler, HIGHEST_ID)).toBeUndefined();
    expect(tagsOf(sampler, LOWEST_ID)).toEqual(tags.probabilistic(0.25));
  });

  it('changes its bound by the share of it that is left', () => {
    const { sampler } = samplerOf(0, 4);
    expect(countSampled(sampler, many(HIGHEST_ID).slice(0, 2))).toBe(2);
    sampler.update({ ratio: 0.5, lowerBoundTracesPerSecond: 40 });
    expect(tagsOf(sampler, HIGHEST_ID)).toEqual(tags.lowerBound(0.5));
    expect(countSampled(sampler, many(HIGHEST_ID))).toBe(19);
  });

  it('is idle until it samples, and when the bound has come in again', () => {
    const { host, sampler } = samplerOf(1, 0.5);
    expect(sampler.isIdle()).toBe(true);
    tagsOf(sampler, LOWEST_ID);
    expect(sampler.isIdle()).toBe(false);
    host.advance(2000);
    expect(sampler.isIdle()).toBe(true);
  });

  it('says what it is', () => {
    expect(samplerOf(0.5, 2).sampler.toString()).toBe('GuaranteedThroughputSampler{0.5, 2/s}');
  });
});

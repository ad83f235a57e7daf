import { ROOT_CONTEXT } from '@opentelemetry/api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProbabilisticSampler } from '../../../../../runtime/src/tracing/sampling/probabilisticSampler.ts';
import { randomTraceIds } from '../../../../support/randomTraceIds.ts';
import { HIGHEST_ID, LOWEST_ID } from '../../../../support/extremeTraceIds.ts';
import { countSampled, tags, tagsOf } from './samplingFixtures.ts';

const traceId = fc.stringMatching(/^[0-9a-f]{32}$/);
const ratio = fc.oneof(fc.constantFrom(0, 1, 1e-9, 1e-15, 0.5, 1 / 3), fc.double({ min: 0, max: 1, noNaN: true }));

/** What jaeger-client-go decides, in integers. */
function jaegerSamples(id: string, share: number): boolean {
  const lower63Bits = BigInt(`0x${id.slice(16)}`) & (2n ** 63n - 1n);
  return lower63Bits <= BigInt(Math.floor(2 ** 63 * share));
}

describe('ProbabilisticSampler', () => {
  it("decides every trace as Jaeger's client for Go does", () => {
    fc.assert(
      fc.property(
        traceId,
        ratio.filter((share) => share > 0),
        (id, share) => {
          expect(tagsOf(new ProbabilisticSampler(share), id) !== undefined).toBe(jaegerSamples(id, share));
        },
      ),
    );
  });

  it.each([
    ['0123456789abcdef4000000000000000', true],
    ['0123456789abcdef4000000000000001', false],
    ['0123456789abcdefc000000000000000', true],
    ['0123456789ABCDEFC000000000000001', false],
    ['0123456789abcdef3fffffffffffffff', true],
    ['ffffffffffffffff0000000000000000', true],
  ])('of a share of one half samples %s: %s', (id, isSampled) => {
    expect(tagsOf(new ProbabilisticSampler(0.5), id)).toEqual(isSampled ? tags.probabilistic(0.5) : undefined);
  });

  it('draws the line within the lower 32 bits of shares below 2^-31', () => {
    const sampler = new ProbabilisticSampler(2 ** -40);
    expect(tagsOf(sampler, `${'f'.repeat(16)}0000000000800000`)).toEqual(tags.probabilistic(2 ** -40));
    expect(tagsOf(sampler, `${'f'.repeat(16)}0000000000800001`)).toBeUndefined();
    expect(tagsOf(sampler, `${'f'.repeat(16)}0000000080000000`)).toBeUndefined();
    expect(tagsOf(sampler, `${'f'.repeat(16)}0000000100000000`)).toBeUndefined();
  });

  it('samples none of a share of 0 and all of a share of 1', () => {
    fc.assert(
      fc.property(traceId, (id) => {
        expect(tagsOf(new ProbabilisticSampler(0), id)).toBeUndefined();
        expect(tagsOf(new ProbabilisticSampler(1), id)).toEqual(tags.probabilistic(1));
      }),
    );
    expect(tagsOf(new ProbabilisticSampler(0), '0'.repeat(32))).toBeUndefined();
    expect(tagsOf(new ProbabilisticSampler(1), 'f'.repeat(32))).toEqual(tags.probabilistic(1));
  });

  it.each([0.001, 0.1, 0.5, 0.9, 0.999])('samples a share of %d of random traces', (share) => {
    const count = 100_000;
    const sixDeviations = 6 * Math.sqrt(count * share * (1 - share));
    const sampled = countSampled(new ProbabilisticSampler(share), randomTraceIds(count));
    expect(Math.abs(sampled - count * share)).toBeLessThan(sixDeviations);
  });

  it('samples with a larger share whatever a smaller one samples', () => {
    fc.assert(
      fc.property(traceId, ratio, ratio, (id, one, other) => {
        const [smaller, larger] = [Math.min(one, other), Math.max(one, other)];
        if (tagsOf(new ProbabilisticSampler(smaller), id) === undefined) return;
        expect(tagsOf(new ProbabilisticSampler(larger), id)).toEqual(tags.probabilistic(larger));
      }),
    );
  });

  it('gives the same frozen results again and again', () => {
    const sampler = new ProbabilisticSampler(0.5);
    for (const id of [LOWEST_ID, HIGHEST_ID]) {
      const result = sampler.shouldSample(ROOT_CONTEXT, id);
      expect(sampler.shouldSample(ROOT_CONTEXT, id)).toBe(result);
      expect(Object.isFrozen(result)).toBe(true);
      expect(Object.isFrozen(result.attributes)).toBe(true);
    }
  });

  it('says what it is', () => {
    expect(new ProbabilisticSampler(1e-9).toString()).toBe('ProbabilisticSampler{1e-9}');
  });
});

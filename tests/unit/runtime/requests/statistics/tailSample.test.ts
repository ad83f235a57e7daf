import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TraceContext } from '../../../../../runtime/src/core/currentTraceContext.ts';
import type { OfferedRequest } from '../../../../../runtime/src/requests/statistics/tailSample.ts';
import { sampleRank, TailSample } from '../../../../../runtime/src/requests/statistics/tailSample.ts';
import { FakeHost } from '../../../../support/fakeHost.ts';
import { endAfter, HOUR, MINUTE, testedTracker } from '../support/trackerFixture.ts';

const limits = { bandMillis: [10, 100], perBand: 3, slowest: 4 };

interface Given {
  readonly request: OfferedRequest;
  readonly durationMillis: number;
}

/** Requests of which some share a trace, and many a duration. */
const requests: fc.Arbitrary<Given[]> = fc.uniqueArray(
  fc.record({
    request: fc.record({
      id: fc.string({ minLength: 1, maxLength: 4 }),
      operation: fc.constant('a'),
      state: fc.constantFrom('completed', 'failed'),
      startedWallMillis: fc.constant(0),
      trace: fc.option(
        fc.record({
          traceId: fc.nat(20).map((number) => number.toString(16).padStart(32, 'a')),
          spanId: fc.constant('b'.repeat(16)),
          sampled: fc.boolean(),
        }),
        { nil: undefined },
      ),
    }),
    durationMillis: fc.constantFrom(0, 5, 10, 11, 100, 101, 5000),
  }),
  { selector: ({ request: { id } }) => id, maxLength: 60, size: 'max' },
);

function sampleOf(given: readonly Given[]): TailSample {
  const sample = new TailSample(limits);
  for (const { request, durationMillis } of given) sample.offer(request, durationMillis, 0);
  return sample;
}

/** What decides between requests of one trace: the rank that each would have without it. */
const tieOf = ({ request: { id } }: Given): number => sampleRank({ id, trace: undefined });

function firstOfEachTrace(given: readonly Given[]): Given[] {
  const traceIds = given.map(({ request }) => request.trace?.traceId);
  return given.filter((_, index) => traceIds[index] === undefined || traceIds.indexOf(traceIds[index]) === index);
}

const contentOf = ({ bands, slowest }: TailSample) => ({ bands, slowest });

describe('a tail sample', () => {
  it('is the same in whatever order requests end', () => {
    const orders = requests.chain((given) =>
      fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length })),
    );
    fc.assert(
      fc.property(orders, ([given, shuffled]) => {
        expect(contentOf(sampleOf(shuffled))).toEqual(contentOf(sampleOf(given)));
      }),
    );
  });

  it('is of each band the requests of the lowest ranks, one of each trace, and of all the longest, the longest first', () => {
    fc.assert(
      fc.property(requests, (given) => {
        const { bands, slowest } = sampleOf(given);
        const byRank = given.toSorted(
          (a, b) =>
            sampleRank(a.request) - sampleRank(b.request) ||
            tieOf(a) - tieOf(b) ||
            (a.request.id < b.request.id ? -1 : 1),
        );
        const within = (above: number, upTo: number) =>
          firstOfEachTrace(byRank.filter(({ durationMillis: it }) => it > above && it <= upTo)).slice(0, 3);
        const expected = [within(-1, 10), within(10, 100), within(100, Infinity)];
        expect(bands.map((band) => band.map(({ requestId }) => requestId))).toEqual(
          expected.map((band) => band.map(({ request: { id } }) => id)),
        );
        const longest = given.map(({ durationMillis }) => durationMillis).sort((a, b) => b - a);
        expect(slowest.map(({ durationMillis }) => durationMillis)).toEqual(longest.slice(0, 4));
      }),
    );
  });

  it('is, merged of parts, the same as of all', () => {
    fc.assert(
      fc.property(requests, fc.nat(60), (given, cut) => {
        const merged = sampleOf(given.slice(0, cut));
        merged.merge(sampleOf(given.slice(cut)), 0);
        expect(contentOf(merged)).toEqual(contentOf(sampleOf(given)));
      }),
    );
  });

  describe('by the wall clock', () => {
    const sampleWith = (...ends: readonly (readonly [id: string, wallMillis: number])[]): TailSample => {
      const sample = new TailSample(limits);
      for (const [id, wallMillis] of ends) {
        const request = { id, operation: 'a', state: 'completed', startedWallMillis: 0, trace: undefined } as const;
        sample.offer(request, 50, wallMillis);
      }
      return sample;
    };
    const idsAt = (sample: TailSample, wallMillis: number): readonly string[] => {
      sample.turn(wallMillis);
      const ids = sample.slowest.map(({ requestId }) => requestId).sort();
      const sampled = sample.bands.flat().map(({ requestId }) => requestId);
      expect(sampled.sort()).toEqual(ids);
      return ids;
    };

    it('is of this hour and the last', () => {
      const sample = sampleWith(['first', HOUR - 1]);
      expect(idsAt(sample, HOUR - 1)).toEqual(['first']);
      expect(idsAt(sample, 2 * HOUR - 1)).toEqual(['first']);
      expect(idsAt(sample, 2 * HOUR)).toEqual([]);
      const other = sampleWith(['first', HOUR - 1], ['second', HOUR]);
      expect(idsAt(other, 2 * HOUR - 1)).toEqual(['first', 'second']);
      expect(idsAt(other, 2 * HOUR)).toEqual(['second']);
      expect(idsAt(other, 3 * HOUR)).toEqual([]);
      const third = sampleWith(['third', 3 * HOUR]);
      expect(idsAt(third, 9 * HOUR)).toEqual([]);
      expect(third.bytes).toBe(0);
    });

    it('adds to the last hour while the clock is set back into it, and loses nothing then', () => {
      const sample = sampleWith(['last', 5 * HOUR - 1], ['this', 5 * HOUR], ['set back', 5 * HOUR - 2]);
      expect(idsAt(sample, 5 * HOUR - 1)).toEqual(['last', 'set back', 'this']);
      expect(idsAt(sample, 6 * HOUR - 1)).toEqual(['last', 'set back', 'this']);
      expect(idsAt(sample, 6 * HOUR)).toEqual(['this']);
    });

    it('keeps what it has for one hour more where the clock is set back by more', () => {
      const sample = sampleWith(['last', 500 * HOUR - 1], ['this', 500 * HOUR], ['set back', 3 * HOUR]);
      expect(idsAt(sample, 4 * HOUR - 1)).toEqual(['last', 'set back', 'this']);
      expect(idsAt(sample, 4 * HOUR)).toEqual(['set back']);
      expect(idsAt(sample, 5 * HOUR)).toEqual([]);
    });

    it.each([Number.NaN, 1e300, -1e300])(
      'does not throw, and takes requests, while the clock says %d',
      (wallMillis) => {
        expect(idsAt(sampleWith(['odd', wallMillis], ['same', wallMillis]), wallMillis)).toEqual(['odd', 'same']);
      },
    );

    it('is, merged of one that was turned before the clock was set back and one after, of all', () => {
      const before = sampleWith(['last', 5 * HOUR - 1], ['this', 5 * HOUR]);
      const after = sampleWith(['older', 4 * HOUR - 1], ['set back', 5 * HOUR - 2]);
      const all = ['last', 'older', 'set back', 'this'];
      before.merge(after, 5 * HOUR - 1);
      expect(idsAt(before, 6 * HOUR - 1)).toEqual(all);
      expect(idsAt(before, 6 * HOUR)).toEqual(['this']);
      const turned = sampleWith(['older', 4 * HOUR - 1], ['set back', 5 * HOUR - 2]);
      turned.merge(sampleWith(['last', 5 * HOUR - 1], ['this', 5 * HOUR]), 5 * HOUR - 1);
      expect(idsAt(turned, 5 * HOUR - 1)).toEqual(all);
    });
  });
});

describe('the rank of a request', () => {
  const rankOf = (id: string, traceId?: string, sampled = true): number =>
    sampleRank({ id, trace: traceId === undefined ? undefined : { traceId, spanId: '1'.repeat(16), sampled } });

  it('is the end of its trace ID, which any process that sees the trace finds the same', () => {
    expect(rankOf('any', `${'f'.repeat(24)}0000002a`)).toBe(42);
    expect(rankOf('other', `${'0'.repeat(24)}0000002a`)).toBe(42);
  });

  it('is beyond those of all recorded traces where the trace is not recorded, or there is none', () => {
    expect(rankOf('any', 'f'.repeat(32))).toBe(2 ** 32 - 1);
    expect(rankOf('any', `${'f'.repeat(24)}00000000`, false)).toBe(2 ** 32);
    expect(rankOf('any', `${'f'.repeat(24)}0000002a`, false)).toBe(2 ** 32 + 42);
    expect(rankOf('any')).toBeGreaterThanOrEqual(2 ** 32);
  });

  it('is made of the ID where there is no trace, or none that can be read', () => {
    expect(rankOf('r', 'z'.repeat(32), false)).toBe(rankOf('r'));
    expect(rankOf('r', 'z'.repeat(32))).toBe(rankOf('r') - 2 ** 32);
    expect(rankOf('r')).not.toBe(rankOf('s'));
  });

  it('is spread evenly over IDs that are counted', () => {
    const tenths = Array.from({ length: 10 }, () => 0);
    for (let number = 0; number < 10_000; number += 1) {
      const tenth = Math.floor((rankOf(`5f3k2l1a-${number.toString(36)}`) / 2 ** 32 - 1) * 10);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    for (const count of tenths) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});

describe('exemplars of a tracker', () => {
  const trace = (sampled: boolean): TraceContext => ({ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), sampled });

  it('tell all of a request, and where its trace can be looked at', () => {
    const traceUrl = (traceId: string): string => `https://jaeger/trace/${traceId}`;
    const tested = testedTracker({}, { currentTrace: () => trace(true), traceUrl });
    endAfter(tested, { operation: 'a', id: 'r' }, { millis: 70, failed: true });
    const exemplar = {
      requestId: 'r',
      operation: 'a',
      state: 'failed',
      durationMillis: 70,
      startedAt: '2026-11-27T00:00:00.000Z',
      ...trace(true),
      traceUrl: `https://jaeger/trace/${'a'.repeat(32)}`,
    };
    expect(tested.tracker.statistics.slowest()).toEqual([exemplar]);
    expect(tested.tracker.statistics.sample()).toEqual([
      { aboveMillis: 0, upToMillis: 10, requests: [] },
      { aboveMillis: 10, upToMillis: 100, requests: [exemplar] },
      { aboveMillis: 100, upToMillis: 1000, requests: [] },
      { aboveMillis: 1000, upToMillis: 10_000, requests: [] },
      { aboveMillis: 10_000, upToMillis: Number.POSITIVE_INFINITY, requests: [] },
    ]);
  });

  it.each([trace(false), undefined])('have no address where no trace is recorded: %j', (current) => {
    const tested = testedTracker({}, { currentTrace: () => current, traceUrl: () => 'https://jaeger' });
    endAfter(tested, { operation: 'a' });
    expect(tested.tracker.statistics.slowest()[0]).not.toHaveProperty('traceUrl');
  });

  it('are, where one trace of a hundred is recorded, still of traces that can be looked at', () => {
    const current = { trace: trace(true) };
    const tested = testedTracker({}, { currentTrace: () => current.trace, traceUrl: (traceId) => traceId });
    for (let number = 0; number < 1000; number += 1) {
      const traceId = ((number * 0x9e3779b1) >>> 0).toString(16).padStart(32, 'a');
      current.trace = { ...trace(number % 100 === 0), traceId };
      endAfter(tested, { operation: 'a' }, { millis: 5 });
    }
    const [quick] = tested.tracker.statistics.sample();
    expect(quick?.requests).toHaveLength(5);
    expect(quick?.requests.filter(({ traceUrl }) => traceUrl === undefined)).toEqual([]);
  });

  it('are of as many traces as there is room for, though one has most of the requests', () => {
    const current = { trace: trace(true) };
    const tested = testedTracker({}, { currentTrace: () => current.trace });
    for (let number = 0; number < 300; number += 1) {
      // The calls of the trace whose rank is the lowest of all.
      const digits = number % 50 === 7 ? number.toString(16) : '0';
      current.trace = { ...trace(true), traceId: digits.padStart(32, '0') };
      if (number === 150) tested.host.advance(HOUR);
      endAfter(tested, { operation: 'a' }, { millis: 5 });
    }
    const [quick] = tested.tracker.statistics.sample();
    expect(quick?.requests.map(({ traceId }) => Number.parseInt(traceId ?? '', 16))).toEqual([
      0, 7, 57, 107, 157, 207, 257,
    ]);
  });

  it('are of the same traces in processes that started at different times', () => {
    const processes = [0, 30 * MINUTE].map((startedBefore) => {
      const current = { trace: trace(true) };
      const host = new FakeHost();
      // The clock that never goes back begins with each process.
      host.advance(startedBefore);
      host.wallShiftMillis = -startedBefore;
      return { ...testedTracker({}, { host, currentTrace: () => current.trace }), host, current };
    });
    for (let number = 0; number < 200; number += 1) {
      const traceId = ((number * 0x9e3779b1) >>> 0).toString(16).padStart(32, 'a');
      for (const tested of processes) {
        tested.current.trace = { ...trace(true), traceId };
        endAfter(tested, { operation: 'a' }, { millis: 5 });
        tested.host.advance(MINUTE - 5);
      }
    }
    const [one, other] = processes.map(({ tracker }) =>
      tracker.statistics.sample()[0]?.requests.map(({ traceId }) => traceId),
    );
    expect(one).toHaveLength(10);
    expect(other).toEqual(one);
  });

  it('are not lost when the wall clock is set back while nothing starts', () => {
    const tested = testedTracker();
    const late = tested.tracker.start({ operation: 'a', id: 'late' }).process();
    endAfter(tested, { operation: 'a', id: 'before' });
    tested.host.wallShiftMillis = -400 * HOUR;
    late.complete();
    const idsNow = (): readonly string[] => tested.tracker.statistics.slowest().map(({ requestId }) => requestId);
    expect(idsNow()).toEqual(['before', 'late']);
    endAfter(tested, { operation: 'a', id: 'after' });
    expect(idsNow()).toEqual(['after', 'before', 'late']);
    tested.host.advance(HOUR);
    expect(idsNow()).toEqual(['after']);
  });

  it('are gone when the wall clock was set forward by hours, though nothing has started since', () => {
    const tested = testedTracker();
    endAfter(tested, { operation: 'a' });
    tested.host.wallShiftMillis = 2 * HOUR;
    expect(tested.tracker.statistics.slowest()).toEqual([]);
  });

  it('stay when their requests are let go of, for two hours at most', () => {
    const tested = testedTracker({ maxRequests: 1, maxAgeMillis: 1000 });
    endAfter(tested, { operation: 'a', id: 'r' });
    tested.host.advance(59 * MINUTE);
    expect(tested.tracker.get('r')).toBeUndefined();
    expect(tested.tracker.statistics.slowest()).toHaveLength(1);
    tested.host.advance(62 * MINUTE);
    expect(tested.tracker.statistics.slowest()).toEqual([]);
  });

  it('of all operations are sorted together, and cut to the limit', () => {
    const tested = testedTracker();
    for (const [operation, millis] of [
      ['a', 5],
      ['b', 30],
      ['a', 20],
      ['b', 10],
    ] as const)
      endAfter(tested, { operation }, { millis });
    const { statistics } = tested.tracker;
    expect(statistics.slowest({ limit: 3 }).map(({ durationMillis }) => durationMillis)).toEqual([30, 20, 10]);
    expect(statistics.slowest({ operation: 'a' }).map(({ durationMillis }) => durationMillis)).toEqual([20, 5]);
    expect(statistics.sample({ operation: 'b' })[0]?.requests.map(({ durationMillis }) => durationMillis)).toEqual([
      10,
    ]);
  });

  it('are as many as the options say', () => {
    const tested = testedTracker({ slowestKept: 2, samplesPerBand: 1, latencyBandsMillis: [1] });
    for (let number = 0; number < 20; number += 1) endAfter(tested, { operation: 'a' }, { millis: number % 4 });
    expect(tested.tracker.statistics.slowest()).toHaveLength(2);
    expect(tested.tracker.statistics.sample().map(({ requests: sampled }) => sampled.length)).toEqual([1, 1]);
  });
});

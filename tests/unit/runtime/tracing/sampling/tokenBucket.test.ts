import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TokenBucket } from '../../../../../runtime/src/tracing/sampling/tokenBucket.ts';
import { FakeHost } from '../../../../support/fakeHost.ts';

/** How many of `attempts` are let through at this moment. */
function takeAll(bucket: TokenBucket, attempts = 1000): number {
  let taken = 0;
  for (let attempt = 0; attempt < attempts; attempt += 1) if (bucket.take()) taken += 1;
  return taken;
}

describe('TokenBucket', () => {
  it('lets a second of its rate through at once, and then the rate', () => {
    const host = new FakeHost();
    const bucket = new TokenBucket(10, host.monotonicMillis);
    expect(takeAll(bucket)).toBe(10);
    host.advance(99);
    expect(bucket.take()).toBe(false);
    host.advance(1);
    expect(takeAll(bucket)).toBe(1);
    host.advance(500);
    expect(takeAll(bucket)).toBe(5);
    host.advance(3_600_000);
    expect(takeAll(bucket)).toBe(10);
  });

  it('of a rate below 1 lets one through every so many seconds', () => {
    const host = new FakeHost();
    const bucket = new TokenBucket(0.1, host.monotonicMillis);
    expect(takeAll(bucket)).toBe(1);
    host.advance(9999);
    expect(bucket.take()).toBe(false);
    host.advance(1);
    expect(takeAll(bucket)).toBe(1);
  });

  it('of a rate of 0 lets nothing through', () => {
    const host = new FakeHost();
    const bucket = new TokenBucket(0, host.monotonicMillis);
    expect(bucket.take()).toBe(false);
    host.advance(1e12);
    expect(bucket.take()).toBe(false);
  });

  it('keeps its share when the rate changes, and everything when it does not', () => {
    const host = new FakeHost();
    const bucket = new TokenBucket(10, host.monotonicMillis);
    expect(takeAll(bucket, 6)).toBe(6);
    bucket.setRate(10);
    bucket.setRate(100);
    expect(takeAll(bucket)).toBe(40);
    host.advance(100);
    expect(takeAll(bucket)).toBe(10);
  });

  it('counts what came in at the old rate before it changes', () => {
    const host = new FakeHost();
    const bucket = new TokenBucket(10, host.monotonicMillis);
    takeAll(bucket);
    host.advance(500);
    bucket.setRate(2);
    expect(takeAll(bucket)).toBe(1);
  });

  it('is full until something is taken, and again when that has come in', () => {
    const host = new FakeHost();
    const bucket = new TokenBucket(0.5, host.monotonicMillis);
    expect(bucket.isFull()).toBe(true);
    bucket.take();
    host.advance(1999);
    expect(bucket.isFull()).toBe(false);
    host.advance(1);
    expect(bucket.isFull()).toBe(true);
  });

  it('goes on from there when the clock steps back', () => {
    let now = 1_000_000;
    const bucket = new TokenBucket(10, () => now);
    expect(takeAll(bucket)).toBe(10);
    now = 0;
    expect(bucket.take()).toBe(false);
    now = 100;
    expect(takeAll(bucket)).toBe(1);
  });

  it('keeps what it holds when the clock steps back', () => {
    let now = 1_000_000;
    const bucket = new TokenBucket(10, () => now);
    takeAll(bucket, 4);
    now = 0;
    expect(takeAll(bucket)).toBe(6);
  });

  const rate = fc.oneof(fc.constantFrom(0.001, 0.5, 1, 7, 32_767), fc.double({ min: 1e-3, max: 1e4, noNaN: true }));
  const waits = fc.array(fc.oneof(fc.nat(5), fc.nat(5000), fc.double({ min: 0, max: 100, noNaN: true })), {
    minLength: 1,
    maxLength: 100,
  });

  it('never lets more through in any time than its rate and one full bucket', () => {
    fc.assert(
      fc.property(rate, waits, (perSecond, delays) => {
        let now = 0;
        const bucket = new TokenBucket(perSecond, () => now);
        const takenAt = delays.flatMap((delay) => {
          now += delay;
          return Array.from({ length: takeAll(bucket, 50) }, () => now);
        });
        const excesses = takenAt.flatMap((from, first) =>
          takenAt.slice(first).map((to, further) => {
            const allowed = Math.max(1, perSecond) + ((to - from) / 1000) * perSecond;
            return (further + 1) / allowed - 1;
          }),
        );
        expect(excesses.filter((excess) => excess > 1e-9)).toEqual([]);
      }),
    );
  });

  it('makes nobody wait for longer than its interval, however often they ask', () => {
    fc.assert(
      fc.property(rate, fc.double({ min: 0.001, max: 0.999, noNaN: true }), (perSecond, step) => {
        let now = 1e9;
        const bucket = new TokenBucket(perSecond, () => now);
        takeAll(bucket, 40_000);
        const interval = 1000 / perSecond;
        const waited: number[] = [];
        let last = now;
        for (let asked = 0; asked * step < 5; asked += 1) {
          now += step * interval;
          if (!bucket.take()) continue;
          waited.push((now - last) / interval);
          last = now;
        }
        expect(waited.length).toBeGreaterThanOrEqual(2);
        expect(Math.max(...waited)).toBeLessThan(1 + step + 1e-4);
      }),
    );
  });

  it('comes to no harm by a clock that steps back and forth', () => {
    fc.assert(
      fc.property(
        rate,
        fc.array(fc.integer({ min: -100_000, max: 100_000 }), { maxLength: 50 }),
        (perSecond, steps) => {
          let now = 0;
          const bucket = new TokenBucket(perSecond, () => now);
          for (const step of steps) {
            now += step;
            expect(takeAll(bucket, 50)).toBeLessThanOrEqual(Math.max(1, perSecond));
          }
          now += Math.ceil(1000 / perSecond) + 1;
          expect(bucket.take()).toBe(true);
        },
      ),
    );
  });
});

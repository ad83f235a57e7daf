import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MinuteCounts } from '../../../../../../runtime/src/errors/groups/statistics/minuteCounts.ts';
import { MINUTE } from '../support/groupsFixture.ts';

describe('MinuteCounts', () => {
  it('tells the counts before the last whole minute, but that of the minute in which it began', () => {
    const counts = new MinuteCounts(0);
    for (const [minute, count] of [3, 0, 2, 7, 1].entries())
      for (let time = 0; time < count; time += 1) counts.add(minute * MINUTE + time);
    const now = 4 * MINUTE + 10;
    expect(counts.of(3, now)).toBe(7);
    expect(counts.before(3, now)).toEqual([2, 0]);
    expect(counts.highest(now)).toBe(7);
    expect([counts.of(2, now), counts.before(2, now), counts.before(1, now)]).toEqual([2, [0], []]);
    expect(counts.highest(6 * MINUTE)).toBe(0);
    expect([counts.of(3, 64 * MINUTE), counts.of(3, 65 * MINUTE)]).toEqual([7, 0]);
  });

  it('is as one that forgets nothing, for the last hour', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 5000 }),
        fc.array(fc.oneof(fc.nat({ max: 2 }), fc.nat({ max: 200 })), { minLength: 1, maxLength: 100 }),
        (begin, steps) => {
          const counts = new MinuteCounts(begin * MINUTE);
          const all = new Map<number, number>();
          const at = (minute: number) => all.get(minute) ?? 0;
          let minute = begin;
          for (const step of steps) {
            minute += step;
            counts.add(minute * MINUTE + 59_999);
            all.set(minute, at(minute) + 1);
            expect(counts.highest(minute * MINUTE)).toBe(Math.max(at(minute), at(minute - 1)));
            for (const back of [1, 2, 30, 61]) {
              const oldest = Math.max(begin + 1, minute - 61);
              const length = Math.max(0, Math.min(60, minute - back - oldest));
              expect(counts.of(minute - back, minute * MINUTE)).toBe(at(minute - back));
              expect(counts.before(minute - back, minute * MINUTE)).toEqual(
                Array.from({ length }, (_, before) => at(minute - back - 1 - before)),
              );
            }
          }
        },
      ),
    );
  });
});

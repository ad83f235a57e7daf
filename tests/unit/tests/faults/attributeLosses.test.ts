import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attributeLosses, type Credit } from '../../../faults/accounting/attributeLosses.ts';

const credit: Credit = { component: 'agent', cause: 'dropped', isCounted: true, from: 100, to: 200, capacity: 2 };

test('a lost span goes to the credit that was open when it was made', () => {
  expect(attributeLosses([150], [credit])).toEqual({
    attributions: [{ component: 'agent', cause: 'dropped', lost: 1, bound: 2, window: [150, 150] }],
    unattributed: [],
  });
});

test('what was lost beyond the bound is unattributed', () => {
  const { attributions, unattributed } = attributeLosses([150, 151, 152], [credit]);
  expect([attributions[0]?.lost, unattributed]).toEqual([2, [152]]);
});

test.each([[99], [201]])('a span that was made outside of the window, at %d, is unattributed', (madeAt) => {
  expect(attributeLosses([madeAt], [credit])).toEqual({ attributions: [], unattributed: [madeAt] });
});

test('a credit that is open for long is left for those that no other explains', () => {
  const long = { ...credit, component: 'collector', from: 0, to: 1000, capacity: 1 };
  const { attributions, unattributed } = attributeLosses([150, 160, 900], [long, credit]);
  expect(unattributed).toEqual([]);
  expect(attributions.map(({ component, lost }) => [component, lost])).toEqual([
    ['agent', 2],
    ['collector', 1],
  ]);
});

test('credits of one cause are shown as one, with the sum of their bounds', () => {
  const later = { ...credit, from: 300, to: 400, capacity: 5 };
  expect(attributeLosses([110, 310], [credit, later]).attributions).toEqual([
    { component: 'agent', cause: 'dropped', lost: 2, bound: 7, window: [110, 310] },
  ]);
});

test('what was counted is used before what somebody may have held', () => {
  const held = { ...credit, cause: 'held', isCounted: false, to: 160, capacity: 50 };
  const { attributions, unattributed } = attributeLosses([150, 151, 152], [held, credit]);
  expect([attributions.map(({ cause, lost }) => [cause, lost]), unattributed]).toEqual([
    [
      ['dropped', 2],
      ['held', 1],
    ],
    [],
  ]);
});

test('it is not where that would leave a loss unexplained', () => {
  const held = { ...credit, cause: 'held', isCounted: false, to: 150, capacity: 1 };
  expect(attributeLosses([150, 190], [held, { ...credit, capacity: 1 }]).unattributed).toEqual([]);
});

test('a credit of nothing explains nothing', () => {
  expect(attributeLosses([150], [{ ...credit, capacity: 0 }]).unattributed).toEqual([150]);
});

test('no other way to use the credits explains more', () => {
  const credits = fc.array(
    fc
      .record({ from: fc.nat(12), length: fc.nat(6), capacity: fc.nat(2), isCounted: fc.boolean() })
      .map(({ from, length, capacity, isCounted }) => ({
        component: 'any',
        cause: 'any',
        isCounted,
        from,
        to: from + length,
        capacity,
      })),
    { maxLength: 4 },
  );
  fc.assert(
    fc.property(fc.array(fc.nat(18), { maxLength: 6 }), credits, (lost, given) => {
      const explained = lost.length - attributeLosses(lost, given).unattributed.length;
      expect(explained).toBe(mostExplained(lost, given));
    }),
  );
});

/** Every way is tried. */
function mostExplained([madeAt, ...others]: readonly number[], credits: readonly Credit[]): number {
  if (madeAt === undefined) return 0;
  const without = mostExplained(others, credits);
  const ways = credits.map((one, index) => {
    if (one.capacity < 1 || madeAt < one.from || madeAt > one.to) return 0;
    return 1 + mostExplained(others, credits.with(index, { ...one, capacity: one.capacity - 1 }));
  });
  return Math.max(without, ...ways);
}

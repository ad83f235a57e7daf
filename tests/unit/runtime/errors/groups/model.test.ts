import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ResolutionState } from '../../../../../runtime/src/errors/errorGroupSnapshot.ts';
import { IllegalResolutionError } from '../../../../../runtime/src/errors/groups/resolution/illegalResolutionError.ts';
import { UnknownErrorGroupError } from '../../../../../runtime/src/errors/groups/unknownErrorGroupError.ts';
import { groupId, HOUR, MINUTE, testedGroups } from './support/groupsFixture.ts';

const OPTIONS = {
  maxGroups: 4,
  replacedGroupsPerMinute: 3,
  maxEvents: 6,
  maxEventsPerGroup: 3,
  eventsPerMinutePerGroup: 4,
  eventsPerMinute: 12,
  maxBytes: 4_000_000,
  maxUsersPerGroup: 3,
  resolvedKeptMillis: HOUR,
};

const LEGAL: Readonly<Record<ResolutionState, readonly ResolutionState[]>> = {
  open: ['acknowledged', 'resolved', 'ignored'],
  acknowledged: ['open', 'resolved', 'ignored'],
  resolved: ['open'],
  ignored: ['open', 'resolved'],
};
const GOALS = { acknowledge: 'acknowledged', resolve: 'resolved', ignore: 'ignored', reopen: 'open' } as const;

const name = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g');
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('add' as const),
      name,
      times: fc.integer({ min: 1, max: 9 }),
      user: fc.constantFrom('s', 't', 'u', 'v', 'w'),
      release: fc.constantFrom('1', '2', '3'),
      trace: fc.constantFrom('7'.repeat(32), '8'.repeat(32), undefined),
      length: fc.constantFrom(0, 0, 200_000, 240_000, 1_000_000),
      isHandled: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constantFrom('acknowledge' as const, 'resolve' as const, 'ignore' as const, 'reopen' as const),
      name,
      release: fc.constantFrom('1', '2', '3'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constant('wait' as const), millis: fc.integer({ max: HOUR, min: 0 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constant('set' as const), millis: fc.integer({ max: HOUR, min: -HOUR }) }),
  },
);

const sum = (counts: object): number => Object.values(counts).reduce((total: number, each) => total + Number(each), 0);

describe('ErrorGroups, whatever is done', () => {
  it('counts exactly, stays within its limits, and changes states only as is allowed', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { groups, add, host } = testedGroups(OPTIONS);
        const counts = new Map<string, number>();
        let total = 0;
        for (const each of steps) {
          if (each.does === 'add') {
            const { user, release, trace, length, isHandled } = each;
            for (let time = 0; time < each.times; time += 1) {
              const { change } = add(each.name, {
                request: { userId: user },
                release,
                context: { text: 'x'.repeat(length) },
                isHandled,
                ...(trace !== undefined && { traceId: trace }),
              });
              total += 1;
              if (change !== 'ungrouped')
                counts.set(each.name, change === 'new' ? 1 : (counts.get(each.name) ?? 0) + 1);
            }
          } else if (each.does === 'wait') host.advance(each.millis);
          else if (each.does === 'set') host.wallShiftMillis = each.millis;
          else {
            const id = groupId(each.name);
            const before = groups.snapshot(id)?.state;
            const options = { resolve: { release: each.release }, ignore: { forMillis: MINUTE, forCount: 5 } };
            const act = () =>
              groups[each.does](id, each.does === 'resolve' || each.does === 'ignore' ? options[each.does] : {});
            const goal = GOALS[each.does];
            if (before === undefined) expect(act).toThrow(UnknownErrorGroupError);
            else if (!LEGAL[before].includes(goal)) expect(act).toThrow(IllegalResolutionError);
            else expect(act().state).toBe(goal);
          }
          const { errors, inGroups, ungrouped, ungroupedBy, events, eventsLeftOut, bytes } = groups.counts();
          expect([errors, inGroups + sum(ungrouped)]).toEqual([total, total]);
          expect(ungroupedBy.reduce((all, { count }) => all + count, 0)).toBe(sum(ungrouped));
          expect(events + sum(eventsLeftOut) + ungrouped.refused).toBe(total);
          expect(bytes).toBeLessThanOrEqual(OPTIONS.maxBytes);
          const kept = groups.query().groups;
          expect(kept.length).toBeLessThanOrEqual(OPTIONS.maxGroups);
          expect(events).toBeLessThanOrEqual(kept.length + OPTIONS.maxEvents);
          let keptEvents = 0;
          for (const group of kept) {
            expect(group.count).toBe(counts.get(group.id.replace(/^0+/, '')));
            expect(group.events.length).toBeLessThanOrEqual(1 + OPTIONS.maxEventsPerGroup);
            keptEvents += group.events.length;
            for (const { from, to } of group.history) expect(LEGAL[from]).toContain(to);
            expect(group.history.at(-1)?.to ?? 'open').toBe(group.state);
            expect(group.releases.reduce((all, { count }) => all + count, 0)).toBe(group.count);
          }
          expect(keptEvents).toBe(events);
          const { errors: inWindow, byCategory, bySeverity } = groups.statistics.over('7d');
          expect(inWindow).toBe(total);
          for (const rows of [byCategory, bySeverity])
            expect(Object.values(rows).reduce((all, row) => all + row.errors, 0)).toBe(total);
        }
      }),
      { numRuns: 60 },
    );
  });
});

import { expect, it } from 'vitest';
import type { CapturedError } from '../../../../../runtime/src/errors/capturedError.ts';
import { groupId, testedGroups } from './support/groupsFixture.ts';

it('what is learnt of an error is left out where it would make the event too large, which is counted', () => {
  const { groups, add, group } = testedGroups({ maxBytes: 4_000_000 });
  const { number } = add('a', { context: { basket: 3 } });
  const [event] = group('a').events;
  if (event === undefined) throw new Error('no event is kept');
  const learn = (length: number): void => {
    const captured: CapturedError = { ...event, context: { note: 'x'.repeat(length) } };
    groups.amend({ id: groupId('a'), number, captured, wasHandled: true, category: undefined, isWrapper: false });
  };
  learn(500_000);
  expect(group('a').events).toEqual([event]);
  expect(groups.counts()).toMatchObject({ events: 1, eventsLeftOut: { size: 1 } });
  learn(100_000);
  expect(group('a').events[0]?.context).toEqual({ basket: 3, note: 'x'.repeat(100_000) });
  expect(groups.counts()).toMatchObject({ events: 1, eventsLeftOut: { size: 1 } });
});

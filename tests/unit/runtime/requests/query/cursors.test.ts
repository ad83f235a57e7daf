import { describe, expect, it } from 'vitest';
import { InvalidCursorError } from '../../../../../runtime/src/core/query/invalidCursorError.ts';
import { testedTracker } from '../support/trackerFixture.ts';

/** A tracker in which five requests have ended. */
function fiveEnded(random = 0) {
  const { tracker } = testedTracker({}, { random: () => random });
  for (let number = 0; number < 5; number += 1) tracker.start({ operation: 'a' }).process().complete();
  return tracker;
}

const REMEDY =
  'they are not valid after a restart of the process, nor for another kind of query; begin without a cursor';

describe('a cursor', () => {
  it('of another tracker is refused', () => {
    const [tracker, other] = [fiveEnded(0), fiveEnded(0.5)];
    const { nextCursor: start = '' } = other.find({}, { limit: 1 });
    const { cursor: end } = other.readFinished({ limit: 1 });
    expect(() => tracker.find({}, { cursor: start })).toThrow(InvalidCursorError);
    expect(() => tracker.find({}, { cursor: start })).toThrow(
      `"i0000000.start.5" is no cursor of this tracker: ${REMEDY}`,
    );
    expect(() => tracker.readFinished({ cursor: end })).toThrow(
      `"i0000000.end.1" is no cursor of this tracker: ${REMEDY}`,
    );
  });

  it('of another kind of query is refused', () => {
    const tracker = fiveEnded();
    const { nextCursor: start = '' } = tracker.find({}, { limit: 1 });
    const { cursor: end } = tracker.readFinished({ limit: 1 });
    expect(() => tracker.readFinished({ cursor: start })).toThrow(InvalidCursorError);
    expect(() => tracker.find({}, { cursor: end })).toThrow(InvalidCursorError);
  });

  it.each<unknown>([
    '',
    '5',
    '00000000.start.',
    '00000000.start.-1',
    '00000000.start.1e3',
    '00000000.start.5 ',
    '00000000.start.5\n',
    '00000000.start.0x1',
    '00000000.start.9999999999999999',
    '00000000.start.6',
    'x00000000.start.5',
    7,
    {},
    null,
  ])('that was never one is refused: %j', (cursor) => {
    expect(() => fiveEnded().find({}, { cursor: cursor as string })).toThrow(InvalidCursorError);
  });

  it('beyond all that has ended is refused: what ends until then would be missed', () => {
    const tracker = fiveEnded();
    expect(tracker.readFinished({ cursor: '00000000.end.5' })).toMatchObject({ requests: [], done: true });
    expect(() => tracker.readFinished({ cursor: '00000000.end.6' })).toThrow(InvalidCursorError);
  });

  it('that is refused is shown at 200 characters at most', () => {
    expect(() => fiveEnded().find({}, { cursor: 'x'.repeat(10_000) })).toThrow(`"${'x'.repeat(199)}…" is no cursor`);
  });

  it('that is refused is shown on one line', () => {
    expect(() => fiveEnded().find({}, { cursor: 'x\nroot logged in' })).toThrow('"x\\nroot logged in" is no cursor');
  });
});

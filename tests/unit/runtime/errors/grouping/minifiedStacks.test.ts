import { expect, test, vi } from 'vitest';
import type { StackFrame } from '../../../../../runtime/src/errors/errorFacts.ts';
import { ErrorGrouper } from '../../../../../runtime/src/errors/grouping/errorGrouper.ts';
import { errorFacts, frame } from './support/errorFixture.ts';

const SOURCE = [frame('total src/orders.ts:12:5'), frame('checkout src/checkout.ts:40:9')];
const bundled = () => errorFacts({ frames: [frame('a dist/main.js:1:18231'), frame('b dist/main.js:1:911')] });
const source = new ErrorGrouper().fingerprintOf(errorFacts({ frames: SOURCE }));

test('an error of a minified file is in the group of its source', () => {
  const grouper = new ErrorGrouper({ originalFrames: () => SOURCE });

  expect(grouper.fingerprintOf(bundled())).toEqual({ id: source.id, culprit: 'src/orders.ts:12 total' });
});

test('originals are asked for once for each stack, and not for files that people write', () => {
  const originalFrames = vi.fn(() => SOURCE);
  const grouper = new ErrorGrouper({ originalFrames });
  const { frames } = bundled();

  grouper.fingerprintOf(errorFacts({ frames }));
  grouper.fingerprintOf(errorFacts({ frames, message: 'another' }));
  grouper.fingerprintOf(errorFacts());

  expect(originalFrames).toHaveBeenCalledExactlyOnceWith(frames);
});

test('a group does not change when a map is read after its first error', () => {
  const read: StackFrame[][] = [];
  const grouper = new ErrorGrouper({ originalFrames: () => read[0] });
  const before = grouper.fingerprintOf(bundled());
  read.push([...SOURCE]);

  expect(grouper.fingerprintOf(bundled())).toEqual(before);
  expect(before.id).not.toBe(source.id);
});

test('whatever goes wrong with originals, there is a group', () => {
  const grouper = new ErrorGrouper({
    originalFrames: () => {
      throw new Error('no map');
    },
  });

  expect(grouper.fingerprintOf(bundled())).toEqual(new ErrorGrouper().fingerprintOf(bundled()));
});

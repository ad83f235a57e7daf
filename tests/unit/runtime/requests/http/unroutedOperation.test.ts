import { describe, expect, it } from 'vitest';
import { unroutedOperation } from '../../../../../runtime/src/requests/http/unroutedOperation.ts';
import { endAfter, testedTracker } from '../support/trackerFixture.ts';

describe('unroutedOperation', () => {
  it.each([
    ['GET', 'GET (no route)'],
    ['PATCH', 'PATCH (no route)'],
    ['PROPFIND', 'OTHER (no route)'],
    [undefined, 'OTHER (no route)'],
  ])('of %s is %s', (method, operation) => {
    expect(unroutedOperation(method)).toBe(operation);
  });

  it('takes no series of another operation, and has its own when there is none left', () => {
    const tested = testedTracker({ maxOperations: 2 });
    const { tracker } = tested;
    for (const method of ['GET', 'POST', 'PUT', 'other'])
      expect(tracker.start({ operation: unroutedOperation(method) }).operation).toMatch(/^[A-Z]+ \(no route\)$/);
    for (const operation of ['a', 'b', 'c', 'DELETE (no route)', 'X (no route)', 'c']) endAfter(tested, { operation });
    expect(tracker.statistics.by('operation').map(({ key, statistics }) => [key, statistics.count])).toEqual([
      ['(other)', 3],
      ['DELETE (no route)', 1],
      ['a', 1],
      ['b', 1],
    ]);
  });
});

import { RequestTracker } from '../../../../runtime/src/requests/requestTracker.ts';
import type { StartRequest } from '../../../../runtime/src/requests/startRequest.ts';
import { FakeHost } from '../../../support/fakeHost.ts';

/** A tracker on a clock of the test's, without a trace. */
export function trackerOf(host: FakeHost, maxRequests = 100_000): RequestTracker {
  return new RequestTracker({ maxRequests }, { host, random: () => 0, currentTrace: () => undefined });
}

/** Starts a request and ends it: failed where a type is given. */
export function endOne(tracker: RequestTracker, request: StartRequest, failureType?: string): void {
  const started = tracker.start(request).process();
  if (failureType === undefined) started.complete();
  else started.fail({ type: failureType });
}

/** A tracker in which so many requests have ended: `request-1` and so on. */
export function trackerWith(count: number, maxRequests?: number): RequestTracker {
  const tracker = trackerOf(new FakeHost(), maxRequests);
  for (let number = 1; number <= count; number += 1) endOne(tracker, { operation: 'work', id: `request-${number}` });
  return tracker;
}

/** The IDs from `request-first` to `request-last`. */
export function ids(first: number, last: number): readonly string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => `request-${first + index}`);
}

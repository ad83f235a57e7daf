import type { RequestSnapshot } from '../../../../../runtime/src/requests/requestSnapshot.ts';
import { RequestTracker } from '../../../../../runtime/src/requests/requestTracker.ts';
import type { RequestTrackerOptions } from '../../../../../runtime/src/requests/requestTrackerOptions.ts';
import type { StartRequest } from '../../../../../runtime/src/requests/startRequest.ts';
import type { RequestTrackerPorts } from '../../../../../runtime/src/requests/trackerPorts.ts';
import { FakeHost } from '../../../../support/fakeHost.ts';

/** What the wall clock of a `FakeHost` says at first. */
export const WALL_START = Date.parse('2026-11-27T00:00:00Z');

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A tracker on clocks of the test's, with no trace, and what it told to `onError`. */
export function testedTracker(options: RequestTrackerOptions = {}, ports: Partial<RequestTrackerPorts> = {}) {
  const host = new FakeHost();
  const errors: Error[] = [];
  const onError = (error: Error): void => void errors.push(error);
  const tracker = new RequestTracker(options, {
    host,
    random: () => 0,
    currentTrace: () => undefined,
    onError,
    ...ports,
  });
  return { tracker, host, errors };
}

/** What a test does with a tracker and its clocks. */
export type TestedTracker = ReturnType<typeof testedTracker>;

/** Starts a request, lets it take so long, and ends it: failed where that is said. */
export function endAfter(
  { tracker, host }: TestedTracker,
  request: StartRequest,
  { millis = 0, failed = false }: { readonly millis?: number; readonly failed?: boolean } = {},
): void {
  const started = tracker.start(request).process();
  host.advance(millis);
  if (failed) started.fail();
  else started.complete();
}

/** The IDs of requests. */
export function idsOf(requests: readonly Pick<RequestSnapshot, 'id'>[]): readonly string[] {
  return requests.map(({ id }) => id);
}

import { type Meter, ValueType } from '@opentelemetry/api';
import { DURATION_BOUNDARIES_SECONDS } from '../core/durationBoundariesSeconds.ts';
import type { Dispose } from '../core/hostProcess.ts';
import type { FailureTypes } from './failureTypes.ts';
import type { RequestSnapshot } from './requestSnapshot.ts';
import type { RequestTracker } from './requestTracker.ts';
import { TrackersOnMeter } from './trackersOnMeter.ts';

/** By the meter, which is the application's: nothing else of several trackers in a process is the same. */
const TRACKERS = new WeakMap<Meter, TrackersOnMeter>();

/**
 * Shows rate, errors and durations of a tracker's requests as OpenTelemetry instruments, together with those of all trackers
 * that are shown on the same meter:
 *
 * - `tracewright.requests.duration`: a histogram in seconds of requests that ended, with the attributes
 *   `tracewright.request.operation`, `tracewright.request.state` and, of failed ones, `error.type`: of an operation
 *   20 types are told apart and of all 500, the others are `(other)`. Its count is the rate.
 * - `tracewright.requests.unfinished`: an up-down counter of requests with `tracewright.request.state`;
 * - `tracewright.requests.evicted`: a counter of requests that are no longer kept, with `reason`.
 *
 * @returns ends the observation
 */
export function observeRequests(tracker: RequestTracker, meter: Meter): Dispose {
  const duration = meter.createHistogram('tracewright.requests.duration', {
    description: 'From the start of requests to their end.',
    unit: 's',
    valueType: ValueType.DOUBLE,
    advice: { explicitBucketBoundaries: [...DURATION_BOUNDARIES_SECONDS] },
  });
  const trackers = TRACKERS.get(meter) ?? new TrackersOnMeter(meter);
  TRACKERS.set(meter, trackers);
  trackers.add(tracker);
  const stopListening = tracker.listen({
    finished: (request) => duration.record(request.durationMillis / 1000, attributesOf(request, trackers.failureTypes)),
  });
  return () => {
    stopListening();
    trackers.remove(tracker);
  };
}

function attributesOf({ operation, state, failure }: RequestSnapshot, types: FailureTypes): Record<string, string> {
  const type = failure?.type === undefined ? failure?.reason : types.labelOf(operation, failure.type);
  return {
    'tracewright.request.operation': operation,
    'tracewright.request.state': state,
    ...(type !== undefined && { 'error.type': type }),
  };
}

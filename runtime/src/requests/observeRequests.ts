import { type BatchObservableResult, type Meter, ValueType } from '@opentelemetry/api';
import type { Dispose } from '../core/hostProcess.ts';
import type { RequestSnapshot } from './requestSnapshot.ts';
import type { RequestTracker } from './requestTracker.ts';

/** Boundaries in seconds: those that OpenTelemetry's conventions advise for the durations of HTTP requests. */
const BOUNDARIES = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/**
 * Shows rate, errors and durations of a tracker's requests as OpenTelemetry instruments:
 *
 * - `tracewright.requests.duration`: a histogram in seconds of requests that ended, with the attributes
 *   `tracewright.request.operation`, `tracewright.request.state` and, of failed ones, `error.type`. Its count is the rate.
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
    advice: { explicitBucketBoundaries: BOUNDARIES },
  });
  const unfinished = meter.createObservableUpDownCounter('tracewright.requests.unfinished', {
    description: 'Requests that have not ended.',
    unit: '{request}',
    valueType: ValueType.INT,
  });
  const evicted = meter.createObservableCounter('tracewright.requests.evicted', {
    description: 'Requests that are no longer kept, by reason.',
    unit: '{request}',
    valueType: ValueType.INT,
  });
  const observe = (result: BatchObservableResult): void => {
    for (const state of ['pending', 'processing'] as const)
      result.observe(unfinished, tracker.statistics.unfinished(state).count, { 'tracewright.request.state': state });
    for (const [reason, count] of Object.entries(tracker.counts().evicted)) result.observe(evicted, count, { reason });
  };
  meter.addBatchObservableCallback(observe, [unfinished, evicted]);
  const stopListening = tracker.listen({
    finished: (request) => duration.record(request.durationMillis / 1000, attributesOf(request)),
  });
  return () => {
    stopListening();
    meter.removeBatchObservableCallback(observe, [unfinished, evicted]);
  };
}

function attributesOf({ operation, state, failure }: RequestSnapshot): Record<string, string> {
  return {
    'tracewright.request.operation': operation,
    'tracewright.request.state': state,
    ...(failure && { 'error.type': failure.type ?? failure.reason }),
  };
}

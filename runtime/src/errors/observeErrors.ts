import type { BatchObservableResult, Meter } from '@opentelemetry/api';
import type { Dispose } from '../core/hostProcess.ts';
import type { ErrorTracker } from './errorTracker.ts';

/**
 * Shows a tracker's errors as OpenTelemetry instruments:
 *
 * - `tracewright.errors.captured`: a counter of all errors, those too that there was no time to look at, with `tracewright.error.category`, `tracewright.error.severity` (of
 *   the group) and `tracewright.error.handled`, all three as they were when the error was captured: one that later ends the
 *   process is not counted again, and not moved;
 * - `tracewright.errors.group.changes`: a counter of groups that appeared, came back or began to spike, with
 *   `tracewright.error.change`, category and severity;
 * - `tracewright.errors.groups`: an up-down counter of groups that are kept;
 * - `tracewright.errors.ungrouped`: a counter of errors whose group is kept no more or never was, with `reason`;
 * - `tracewright.errors.events.left_out`: a counter of errors that are counted but not kept whole, with `reason`.
 *
 * Of several trackers on a meter, only one is to be seen.
 *
 * @returns ends the observation
 */
export function observeErrors(errors: ErrorTracker, meter: Meter): Dispose {
  const captured = meter.createObservableCounter('tracewright.errors.captured', {
    description: 'Errors that were captured.',
    unit: '{error}',
  });
  const groups = meter.createObservableUpDownCounter('tracewright.errors.groups', {
    description: 'Groups of errors that are kept.',
    unit: '{group}',
  });
  const ungrouped = meter.createObservableCounter('tracewright.errors.ungrouped', {
    description: 'Errors whose group is not kept.',
    unit: '{error}',
  });
  const leftOut = meter.createObservableCounter('tracewright.errors.events.left_out', {
    description: 'Errors that are counted, but not kept whole.',
    unit: '{error}',
  });
  const observables = [captured, groups, ungrouped, leftOut];
  const observe = (result: BatchObservableResult): void => {
    const counts = errors.groups.counts();
    for (const { category, severity, isHandled, errors: count } of errors.totals())
      result.observe(captured, count, {
        'tracewright.error.category': category,
        'tracewright.error.severity': severity,
        'tracewright.error.handled': isHandled,
      });
    result.observe(groups, counts.groups);
    for (const [reason, count] of Object.entries(counts.ungrouped)) result.observe(ungrouped, count, { reason });
    for (const [reason, count] of Object.entries(counts.eventsLeftOut)) result.observe(leftOut, count, { reason });
  };
  meter.addBatchObservableCallback(observe, observables);
  const stopCounting = countChanges(errors, meter);
  return () => {
    meter.removeBatchObservableCallback(observe, observables);
    stopCounting();
  };
}

function countChanges(errors: ErrorTracker, meter: Meter): Dispose {
  const changes = meter.createCounter('tracewright.errors.group.changes', {
    description: 'Groups of errors that appeared, came back after they were resolved, or began to spike.',
    unit: '{change}',
  });
  const count =
    (change: string) =>
    ({ category, severity }: { readonly category: string; readonly severity: string }): void =>
      changes.add(1, {
        'tracewright.error.change': change,
        'tracewright.error.category': category,
        'tracewright.error.severity': severity,
      });
  return errors.listen({ appeared: count('appeared'), regressed: count('regressed'), spiked: count('spiked') });
}

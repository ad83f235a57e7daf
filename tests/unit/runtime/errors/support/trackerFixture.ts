import type { TraceContext } from '../../../../../runtime/src/core/currentTraceContext.ts';
import { ErrorTracker } from '../../../../../runtime/src/errors/errorTracker.ts';
import type { ErrorTrackerOptions } from '../../../../../runtime/src/errors/errorTrackerOptions.ts';
import type { ErrorTrackerPorts } from '../../../../../runtime/src/errors/errorTrackerPorts.ts';
import { FakeHost } from '../../../../support/fakeHost.ts';

/** A trace and its span, all of one digit. */
export function traceOf(digit: string, sampled = true): TraceContext {
  return { traceId: digit.repeat(32), spanId: digit.repeat(16), sampled };
}

/** A tracker in no trace and no request, and what it told to `onError`. */
export function tracked(options: ErrorTrackerOptions = {}, ports: Partial<ErrorTrackerPorts> = {}) {
  const host = new FakeHost();
  const problems: string[] = [];
  const tracker = new ErrorTracker(options, {
    host,
    workingDirectory: process.cwd(),
    currentTrace: () => undefined,
    onError: ({ message }) => problems.push(message),
    ...ports,
  });
  /** The group that was seen last, whole. */
  const newest = () => tracker.groups.query().groups[0];
  /** Its newest event. */
  const event = () => newest()?.events[0];
  return { host, tracker, problems, newest, event };
}

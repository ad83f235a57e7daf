import type { DefinedAction } from '../../../../../../runtime/src/dashboard/api/action.ts';
import { ERROR_ACTIONS } from '../../../../../../runtime/src/dashboard/api/errors/errorActions.ts';
import type { ViewSource } from '../../../../../../runtime/src/dashboard/viewSource.ts';
import type { CaptureOptions } from '../../../../../../runtime/src/errors/captureOptions.ts';
import { ErrorTracker } from '../../../../../../runtime/src/errors/errorTracker.ts';
import type { ErrorTrackerOptions } from '../../../../../../runtime/src/errors/errorTrackerOptions.ts';
import { FakeHost } from '../../../../../support/fakeHost.ts';

/** When replicas start: milliseconds since 1970. */
export const START_MILLIS = 1_795_737_600_000;

/** A replica that tracks errors, on a clock of the test's. */
export interface ErrorReplica {
  readonly source: ViewSource;
  readonly tracker: ErrorTracker;
  readonly host: FakeHost;
  /** Captures an error of a group of its own. @returns the group's ID */
  readonly capture: (group: string, options?: CaptureOptions, error?: Error) => string;
}

/** A replica with its ID. */
export function errorReplica(id: string, options: ErrorTrackerOptions = {}): ErrorReplica {
  const host = new FakeHost();
  const tracker = new ErrorTracker(
    { uncaught: false, maxTimeShare: 1, ...options },
    { host, workingDirectory: '/app' },
  );
  return {
    host,
    tracker,
    source: sourceOf(id, tracker, host.wallMillis),
    capture: (group, given = {}, error = new Error(`${group} failed`)) => {
      const receipt = tracker.capture(error, { fingerprint: [group], ...given });
      if (receipt === undefined) throw new Error('there was no time');
      return receipt.groupId;
    },
  };
}

/** A replica that does not track errors. */
export function replicaWithoutErrors(id: string): Pick<ErrorReplica, 'source'> {
  return { source: sourceOf(id, undefined, () => START_MILLIS) };
}

/** Does what somebody asks for on one replica. */
export function perform(
  path: string,
  { source }: Pick<ErrorReplica, 'source'>,
  input: Readonly<Record<string, unknown>>,
  name = 'jane',
): Promise<unknown> {
  const action: DefinedAction | undefined = ERROR_ACTIONS.find((one) => one.path === path);
  if (action === undefined) throw new Error(`there is no action ${path}`);
  return action.perform(source, action.parse(input), { name });
}

function sourceOf(id: string, errors: ErrorTracker | undefined, wallMillis: () => number): ViewSource {
  return {
    instance: { id, service: 'shop', hostName: id, pid: 1, sinceMillis: START_MILLIS, version: '1.4.2' },
    observability: { tracing: undefined, requests: undefined, performance: undefined, errors },
    jaeger: undefined,
    wallMillis,
  };
}

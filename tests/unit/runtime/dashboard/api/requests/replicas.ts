import type { DefinedView } from '../../../../../../runtime/src/dashboard/api/view.ts';
import type { Instance } from '../../../../../../runtime/src/dashboard/instance.ts';
import type { ViewSource } from '../../../../../../runtime/src/dashboard/viewSource.ts';
import { ErrorTracker } from '../../../../../../runtime/src/errors/errorTracker.ts';
import type { RequestTrackerOptions } from '../../../../../../runtime/src/requests/requestTrackerOptions.ts';
import type { RequestTrackerPorts } from '../../../../../../runtime/src/requests/trackerPorts.ts';
import { FakeHost } from '../../../../../support/fakeHost.ts';
import { testedTracker, type TestedTracker } from '../../../requests/support/trackerFixture.ts';

/** An application's replica, on clocks of the test's. */
export interface Replica extends TestedTracker {
  readonly source: ViewSource;
  /** Its clock stands still. */
  readonly errorTracker: ErrorTracker;
}

/** A replica that tracks requests, and errors. */
export function replica(
  id: string,
  options: RequestTrackerOptions = {},
  ports: Partial<RequestTrackerPorts> = {},
): Replica {
  // Each has IDs of its own.
  const tested = testedTracker(options, { random: () => (id.charCodeAt(0) % 30) / 30, ...ports });
  const { host } = tested;
  const errorTracker = new ErrorTracker({ uncaught: false }, { host: new FakeHost(), workingDirectory: '/app' });
  const source = sourceOf(id, { requests: tested.tracker, errors: errorTracker }, host.wallMillis);
  return { ...tested, errorTracker, source };
}

/** A replica whose trackers are switched off. */
export function replicaWithout(id: string): Pick<Replica, 'source'> {
  return { source: sourceOf(id, {}, () => 0) };
}

function sourceOf(
  id: string,
  { requests, errors }: Partial<ViewSource['observability']>,
  wallMillis: () => number,
): ViewSource {
  const instance: Instance = { id, service: 'shop', hostName: id, pid: 1, sinceMillis: 0 };
  return {
    instance,
    observability: { tracing: undefined, performance: undefined, requests, errors },
    jaeger: undefined,
    wallMillis,
  };
}

/**
 * What a view answers of replicas, as if each part and the result had been sent.
 *
 * @returns `undefined` where no replica has what was asked for
 */
export async function answerOf<Result>(
  view: DefinedView,
  replicas: readonly Pick<Replica, 'source'>[],
  query: Readonly<Record<string, string>> = {},
): Promise<Result | undefined> {
  const asked = view.parse(query);
  const parts = await Promise.all(
    replicas.map(async ({ source }) => ({ instance: source.instance, part: await view.read(source, asked) })),
  );
  const sent = parts
    .filter(({ part }) => part !== undefined)
    .map(({ instance, part }) => ({ instance, part: view.parsePart(JSON.parse(JSON.stringify(part))) }));
  if (sent.length === 0) return undefined;
  return view.result.parse(JSON.parse(JSON.stringify(view.merge(sent, asked)))) as Result;
}

/** As `answerOf`, of something that is there. */
export async function answered<Result>(...given: Parameters<typeof answerOf>): Promise<Result> {
  const result = await answerOf<Result>(...given);
  if (result === undefined) throw new Error('no replica has it');
  return result;
}

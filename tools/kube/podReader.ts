import { CoreV1Api, type CoreV1Event, type KubeConfig } from '@kubernetes/client-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { readTail, type LogLimits } from './readTail.ts';

/** Which part of a container's log is read. */
export interface LogQuestion {
  /** Of the container that ended last, in place of the one that runs. */
  readonly previous?: boolean;
  /** Only what was written in this time. */
  readonly sinceSeconds?: number;
}

/** What says more about a pod than its status does. What cannot be read is answered as if it were empty. */
export interface PodReader {
  log(namespace: string, pod: string, container: string, question: LogQuestion): Promise<string>;
  /** The newest warning about an object, of the last minutes. */
  newestWarning(namespace: string, kind: string, name: string): Promise<Warning | undefined>;
}

/** A warning of the scheduler, the kubelet or a controller. */
export interface Warning {
  /** Such as `FailedMount`. */
  readonly reason: string;
  readonly message: string;
}

// The end of a log, and all of the newest part of one.
const tail = { tailLines: 200, limitBytes: 128 * 1024 };
const newest = { tailLines: 2000, limitBytes: 1024 * 1024 };
// A log comes from the kubelet: one that hangs must not keep the rest from being said.
const answerMillis = 5_000;
// The kubelet repeats a failed mount at least every 2 min 2 s: an older warning is about something that has passed.
const warningSeconds = 180;

/** Reads through the API server; bounded in lines, bytes and time. */
export function createPodReader(config: KubeConfig, nowMillis: () => number = Date.now): PodReader {
  const core = config.makeApiClient(CoreV1Api);
  return {
    log: (namespace, name, container, question) => {
      const limits = question.sinceSeconds === undefined ? tail : newest;
      const ask = (limit: LogLimits): Promise<string> =>
        core.readNamespacedPodLog({ namespace, name, container, ...limit, ...question }).then(logOf);
      let last = '';
      const text = readTail(ask, limits, (answer) => (last = answer));
      // A container that has just ended or not begun has no log: its status is still worth saying.
      return answerOr(() => last, text);
    },
    newestWarning: async (namespace, kind, name) => {
      const fieldSelector = `type=Warning,involvedObject.kind=${kind},involvedObject.name=${name}`;
      const events = core.listNamespacedEvent({ namespace, fieldSelector }).then(({ items }) => items);
      return newestWarningOf(await answerOr(() => [], events), nowMillis());
    },
  };
}

/** The newest of an object's warnings, if it is of the last 3 minutes. What kept a pod from its node is over by then. */
export function newestWarningOf(events: readonly CoreV1Event[], nowMillis: number): Warning | undefined {
  const newest = events
    .filter(({ type, reason }) => type === 'Warning' && reason !== 'FailedScheduling')
    .map((event) => ({ event, millis: timeOf(event) }))
    .sort((a, b) => b.millis - a.millis)[0];
  if (newest === undefined || nowMillis - newest.millis > warningSeconds * 1000) return undefined;
  return { reason: newest.event.reason ?? 'Warning', message: newest.event.message ?? '' };
}

/** The kubelet answers with this sentence in place of a log that is gone. */
function logOf(text: string): string {
  return text.startsWith('unable to retrieve container logs') ? '' : text;
}

async function answerOr<T>(fallback: () => T, answer: Promise<T>): Promise<T> {
  const timeout = sleep(answerMillis, undefined, { ref: false }).then(fallback);
  return Promise.race([answer.catch(fallback), timeout]);
}

function timeOf({ series, lastTimestamp, eventTime, metadata }: CoreV1Event): number {
  const time = series?.lastObservedTime ?? lastTimestamp ?? eventTime ?? metadata.creationTimestamp;
  return time === undefined ? 0 : new Date(time).getTime();
}

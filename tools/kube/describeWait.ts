import type {
  V1ContainerStateTerminated,
  V1ContainerStateWaiting,
  V1ContainerStatus,
  V1Pod,
} from '@kubernetes/client-node';
import { lastWaitingLine, shorten, tellingLine } from './logLines.ts';
import type { PodReader } from './podReader.ts';

/**
 * What a pod that is not ready waits for: the scheduler's word, what its wait container says, a container's waiting reason
 * with the event or the log line that explains it. One sentence for each container; none for a ready pod.
 */
export async function describeWait(pod: V1Pod, reader: PodReader): Promise<string[]> {
  if (pod.metadata?.deletionTimestamp !== undefined) return ['a pod of it is ending'];
  const unscheduled = pod.status?.conditions?.find(({ type, status }) => type === 'PodScheduled' && status === 'False');
  if (unscheduled !== undefined)
    return [`not scheduled: ${shorten(unscheduled.message ?? unscheduled.reason ?? 'no reason given')}`];
  const sentences = waitingContainers(pod).map(
    async (container) => `${container.status.name}: ${await describeContainer(pod, container, reader)}`,
  );
  return Promise.all(sentences);
}

interface WaitingContainer {
  readonly status: V1ContainerStatus;
  readonly init: boolean;
}

/**
 * The first init container that has not done its work; without one, every container that is not ready. The work of a sidecar
 * is done once it has started, though it runs on.
 */
function waitingContainers({ spec, status }: V1Pod): WaitingContainer[] {
  const sidecars = (spec?.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always');
  const init = (status?.initContainerStatuses ?? []).find(({ name, state, started }) =>
    sidecars.some((sidecar) => sidecar.name === name) ? started !== true : state?.terminated?.exitCode !== 0,
  );
  if (init !== undefined) return [{ status: init, init: true }];
  return (status?.containerStatuses ?? []).filter(({ ready }) => !ready).map((each) => ({ status: each, init: false }));
}

async function describeContainer(pod: V1Pod, { status, init }: WaitingContainer, reader: PodReader): Promise<string> {
  const { state, lastState, name } = status;
  if (state?.terminated !== undefined) return describeEnd(state.terminated, await readLog(pod, name, reader));
  // Between two crashes it runs for a moment: what ended it is still what there is to say.
  const ended = state?.waiting?.reason === 'CrashLoopBackOff' || !init ? lastState?.terminated : undefined;
  if (ended !== undefined) return describeEnd(ended, await readLog(pod, name, reader, true));
  if (state?.waiting !== undefined) return describeWaiting(pod, state.waiting, reader);
  if (!init) return 'not ready yet';
  return lastWaitingLine(await readLog(pod, name, reader)) ?? 'init container runs';
}

async function describeWaiting(
  pod: V1Pod,
  { reason = 'waiting', message }: V1ContainerStateWaiting,
  reader: PodReader,
): Promise<string> {
  if (message !== undefined) return shorten(`${reason}, ${message}`);
  const { namespace = '', name = '' } = pod.metadata ?? {};
  const warning = await reader.newestWarning(namespace, 'Pod', name);
  return shorten(warning === undefined ? reason : `${warning.reason}, ${warning.message}`);
}

function describeEnd({ exitCode, reason }: V1ContainerStateTerminated, log: string): string {
  const memory = reason === 'OOMKilled' ? ' (OOMKilled: out of memory)' : '';
  const line = tellingLine(log);
  return `ended with exit code ${exitCode}${memory}${line === undefined ? '' : `: ${line}`}`;
}

function readLog({ metadata }: V1Pod, container: string, reader: PodReader, previous = false): Promise<string> {
  const { namespace = '', name = '' } = metadata ?? {};
  return reader.log(namespace, name, container, previous ? { previous } : {});
}

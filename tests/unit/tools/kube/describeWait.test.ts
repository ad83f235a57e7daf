import type { V1ContainerStatus, V1Pod } from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import { describeWait } from '../../../../tools/kube/describeWait.ts';
import type { PodReader } from '../../../../tools/kube/podReader.ts';

const fatal = JSON.stringify({ level: 'fatal', msg: 'Failed to init storage factory', error: 'no servers specified' });

/** Answers with one log for each way of asking, and one warning. */
function reader(answers: { log?: string; previous?: string; warning?: string } = {}): PodReader {
  const { log = '', previous = '', warning } = answers;
  return {
    log: (_namespace, _pod, _container, question) => Promise.resolve(question.previous === true ? previous : log),
    newestWarning: () =>
      Promise.resolve(warning === undefined ? undefined : { reason: 'FailedMount', message: warning }),
  };
}

function container(name: string, change: Partial<V1ContainerStatus>): V1ContainerStatus {
  return { name, image: 'x', imageID: 'x', ready: false, restartCount: 0, ...change };
}

function pod(status: V1Pod['status']): V1Pod {
  return { metadata: { namespace: 'tracing', name: 'jaeger-collector-1' }, status: status ?? {} };
}

const runs = { running: {} };
const crashed = { terminated: { exitCode: 1 } };

describe('describeWait', () => {
  it('gives what the wait container said last', async () => {
    const waits = pod({ initContainerStatuses: [container('wait-for-elasticsearch', { state: runs })] });
    const log = 'waiting: https://es:9200 refused the user name or password (401)\n';
    expect(await describeWait(waits, reader({ log }))).toEqual([
      'wait-for-elasticsearch: https://es:9200 refused the user name or password (401)',
    ]);
    expect(await describeWait(waits, reader())).toEqual(['wait-for-elasticsearch: init container runs']);
  });

  it('gives what a sidecar waits for until it has started, and afterwards what its pod does', async () => {
    const log = 'waiting: https://login.example does not answer\n';
    const withSidecar = (started: boolean): V1Pod => ({
      metadata: { namespace: 'tracing', name: 'oauth2-proxy-1' },
      status: {
        initContainerStatuses: [container('watch-issuer', { state: runs, started })],
        containerStatuses: [container('oauth2-proxy', { state: runs })],
      },
      spec: { initContainers: [{ name: 'watch-issuer', restartPolicy: 'Always' }], containers: [] },
    });
    expect(await describeWait(withSidecar(false), reader({ log }))).toEqual([
      'watch-issuer: https://login.example does not answer',
    ]);
    expect(await describeWait(withSidecar(true), reader({ log }))).toEqual(['oauth2-proxy: not ready yet']);
  });

  it('gives the event that explains a container which cannot be created', async () => {
    const creating = pod({
      containerStatuses: [container('jaeger-collector', { state: { waiting: { reason: 'ContainerCreating' } } })],
    });
    const warning = 'MountVolume.SetUp failed for volume "password" : secret "es" not found';
    expect(await describeWait(creating, reader({ warning }))).toEqual([`jaeger-collector: FailedMount, ${warning}`]);
    expect(await describeWait(creating, reader())).toEqual(['jaeger-collector: ContainerCreating']);
  });

  it('gives the reason out of the log of a container that crashes again and again', async () => {
    const waiting = { reason: 'CrashLoopBackOff', message: 'back-off 5m0s restarting failed container' };
    const crashing = pod({
      containerStatuses: [container('jaeger-collector', { state: { waiting }, lastState: crashed, restartCount: 5 })],
    });
    expect(await describeWait(crashing, reader({ previous: `${fatal}\n` }))).toEqual([
      'jaeger-collector: ended with exit code 1: Failed to init storage factory: no servers specified',
    ]);
  });

  it('says the same while it is started again, so that a wait is not told anew with every crash', async () => {
    const again = { state: runs, lastState: crashed, restartCount: 1 };
    const restarted = pod({ containerStatuses: [container('jaeger-collector', again)] });
    expect(await describeWait(restarted, reader({ previous: fatal }))).toEqual([
      'jaeger-collector: ended with exit code 1: Failed to init storage factory: no servers specified',
    ]);
  });

  it.each([
    ['ImagePullBackOff', 'Back-off pulling image "jaegertracing/jaeger-query:1.99.0"'],
    ['CreateContainerConfigError', 'secret "es" not found'],
  ])("gives the kubelet's own message for %s", async (reason, message) => {
    const waits = pod({ containerStatuses: [container('jaeger-query', { state: { waiting: { reason, message } } })] });
    expect(await describeWait(waits, reader())).toEqual([`jaeger-query: ${reason}, ${message}`]);
  });

  it('says that a container has run out of memory', async () => {
    const state = { terminated: { exitCode: 137, reason: 'OOMKilled' } };
    const killed = pod({ containerStatuses: [container('elasticsearch', { state })] });
    expect(await describeWait(killed, reader())).toEqual([
      'elasticsearch: ended with exit code 137 (OOMKilled: out of memory)',
    ]);
  });

  it('gives the word of the scheduler, and says of a pod that goes that it does', async () => {
    const message = '0/1 nodes are available: 1 Insufficient memory.';
    const unscheduled = pod({ conditions: [{ type: 'PodScheduled', status: 'False', message }] });
    expect(await describeWait(unscheduled, reader())).toEqual([`not scheduled: ${message}`]);
    const ending: V1Pod = { metadata: { deletionTimestamp: new Date(0) } };
    expect(await describeWait(ending, reader())).toEqual(['a pod of it is ending']);
  });
});

import type { V1ContainerStatus, V1Pod } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { failuresOf } from '../../../../tools/kube/listWorkloads.ts';
import type { LogQuestion, PodReader } from '../../../../tools/kube/podReader.ts';

const status = { name: 'it', image: '', imageID: '', ready: true, restartCount: 0, state: { running: {} } };

function pod(name: string, initContainerStatuses: V1ContainerStatus[] = []): V1Pod {
  const labels = { 'app.kubernetes.io/name': name };
  const metadata = { name: `${name}-0`, namespace: 'tracing', labels };
  return { metadata, status: { containerStatuses: [status], initContainerStatuses } };
}

/** Answers with one failure that is `age` seconds old. */
function reader(age: number, asked: string[] = []): PodReader {
  const entry = { level: 'error', msg: 'Could not send spans over gRPC', error: 'refused' };
  return {
    log: (_namespace, name, _container, { sinceSeconds = Infinity }: LogQuestion) => {
      asked.push(name);
      return Promise.resolve(age <= sinceSeconds ? JSON.stringify(entry) : '');
    },
    newestWarning: () => Promise.resolve(undefined),
  };
}

test('a failure that is over for half a minute is told no more, so that recovery is said within a minute', async () => {
  expect(await failuresOf([pod('jaeger-agent')], reader(5))).toEqual(['the collectors do not take its spans: refused']);
  expect(await failuresOf([pod('jaeger-agent')], reader(30))).toEqual([]);
});

test("oauth2-proxy's logs are read in another way, that of its sidecar with them", async () => {
  const sidecar = { ...status, name: 'watch-issuer' };
  const failing = 'failing: the issuer is down\n';
  const logs: PodReader = {
    log: (_namespace, _name, container) => Promise.resolve(container === sidecar.name ? failing : ''),
    newestWarning: () => Promise.resolve(undefined),
  };
  expect(await failuresOf([pod('oauth2-proxy', [sidecar])], logs)).toEqual([
    'people cannot log in: the issuer is down',
  ]);
});

test('only the logs of Jaeger are looked through, and what several say is told once', async () => {
  const asked: string[] = [];
  const pods = [pod('jaeger-agent'), pod('jaeger-collector'), pod('elasticsearch')];
  expect(await failuresOf(pods, reader(1, asked))).toHaveLength(1);
  expect(asked).toEqual(['jaeger-agent-0', 'jaeger-collector-0']);
});

import type { KubeConfig, V1Pod } from '@kubernetes/client-node';
import { serviceNames } from '../../../../infra/jaeger/endpoints.ts';
import { queryPorts } from '../../../../infra/jaeger/ports.ts';
import { forwardConnections } from '../../../kube/forwardPort.ts';
import { componentOf, isRunningPod } from '../../../kube/podState.ts';
import { openPodTunnel } from '../../../kube/podTunnel.ts';
import { requestOnePod } from '../../../kube/requestPod.ts';
import { isRecord } from '../../../values/isRecord.ts';
import type { Check } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { describeRefusal } from '../../refusal.ts';
import { callUnary } from './callUnary.ts';

/** Whoever asks a query pod, over HTTP or gRPC, is answered from the storage. */
export const queryAnswers: Check = {
  id: 'query-answers',
  component: 'endpoints',
  title: 'every query pod answers over HTTP and gRPC',
  run: async ({ deployment, signal }) => {
    const [kube, config, pods] = await Promise.all([deployment.kube(), deployment.config(), deployment.pods()]);
    const asked = pods
      .filter((pod) => componentOf(pod) === serviceNames.query && isRunningPod(pod))
      .flatMap((pod) => [
        answered(pod, `HTTP ${queryPorts.http.number}`, () => askHttp(kube, pod, config.query.basePath ?? '', signal)),
        answered(pod, `gRPC ${queryPorts.grpc.number}`, () => askGrpc(kube, pod)),
      ]);
    return Promise.all(asked);
  },
};

async function answered({ metadata }: V1Pod, way: string, ask: () => Promise<string>): Promise<Finding> {
  const subject = `pod ${metadata?.namespace ?? ''}/${metadata?.name ?? ''}, ${way}`;
  const expected = 'the services that it knows';
  const started = performance.now();
  try {
    const found = await ask();
    return { outcome: 'ok', subject, expected, found, seconds: (performance.now() - started) / 1000 };
  } catch (error) {
    const mend = "see the pod's log: what it says of the storage (`npm run status` says it in plain words)";
    return { outcome: 'failed', subject, expected, found: describeRefusal(error).found, mend };
  }
}

async function askHttp(kube: KubeConfig, { metadata }: V1Pod, basePath: string, signal: AbortSignal): Promise<string> {
  const place = { namespace: metadata?.namespace ?? '', pod: metadata?.name ?? '', port: queryPorts.http.number };
  const { status, body } = await requestOnePod(kube, place, { path: `${basePath}/api/services`, signal });
  if (status !== 200) throw new Error(`it answered with ${status}: ${body.slice(0, 200)}`);
  const answer: unknown = JSON.parse(body);
  if (!isRecord(answer) || !('data' in answer)) throw new Error('it answered something else than Jaeger does');
  return `${Array.isArray(answer['data']) ? answer['data'].length : 0} services`;
}

/** `GetServices` of Jaeger's `api_v2/query.proto` takes an empty message; each service that it answers is one field. */
async function askGrpc(kube: KubeConfig, { metadata }: V1Pod): Promise<string> {
  const { namespace = '', name = '' } = metadata ?? {};
  await using way = await forwardConnections(() => openPodTunnel(kube, namespace, name, queryPorts.grpc.number));
  const answer = await callUnary(way.port, '/jaeger.api_v2.QueryService/GetServices', Buffer.alloc(0));
  return `an answer of ${answer.length} bytes`;
}

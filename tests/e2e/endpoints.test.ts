// @spec S1.2
import { CoreV1Api, type V1Service } from '@kubernetes/client-node';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { loadKubeConfig } from '../../tools/kube/connection.ts';
import { readStackOutputs } from '../../tools/up/readStackOutputs.ts';
import { testCluster } from '../support/commands.ts';
import { importTestImages } from '../support/testImages.ts';
import { ApplicationNamespace } from './support/applicationNamespace.ts';
import { expectSent, sendSpans, type SentSpans } from './support/traceClients.ts';

const kube = loadKubeConfig({ kubeconfigPath: inject('kubeconfigPath') });
const core = kube.makeApiClient(CoreV1Api);
const queryUrl = String(inject('up')['uiUrl']);
const outputs = readStackOutputs(inject('up')['outputs']);
const { agent, collector } = outputs;

/** Each client, the address that it is given, and whose library it is. */
const clients = [
  ['udp-compact', agent.thriftCompactPort, 'jaeger-client-go'],
  ['udp-binary', agent.thriftBinaryPort, "jaeger-client-go's thrift"],
  ['udp-zipkin-compact', agent.zipkinCompactPort, "jaeger-client-go's thrift"],
  ['grpc', collector.grpc, "Jaeger's api_v2"],
  ['thrift-http', collector.thriftHttpUrl, 'jaeger-client-go'],
  ['zipkin-v1-json', collector.zipkinV1Url, 'py_zipkin'],
  ['zipkin-v1-thrift', collector.zipkinV1Url, 'jaeger-client-go'],
  ['zipkin-v2-json', collector.zipkinUrl, 'zipkin-go'],
  ['zipkin-v2-protobuf', collector.zipkinUrl, 'zipkin-go'],
  ['otlp-grpc', collector.otlpGrpcUrl, 'opentelemetry-go'],
  ['otlp-http', collector.otlpHttpUrl, 'opentelemetry-go'],
] as const;

let namespace: ApplicationNamespace;
let sent: SentSpans;

beforeAll(async () => {
  await importTestImages(testCluster, ['trace-clients']);
  namespace = await ApplicationNamespace.create(kube, 'endpoints', outputs.namespace);
  sent = await sendSpans(
    namespace,
    'clients',
    outputs,
    clients.map(([client]) => client),
  );
});
afterAll(() => namespace[Symbol.asyncDispose]());

test.each(clients)('the span that %s sends to %s (%s) is found as it was sent', async (client) => {
  await expectSent(queryUrl, sent, client);
});

test('every port of the Services of agent and collector is one that the outputs name', async () => {
  const { namespace: jaeger } = outputs;
  const [agentService, collectorService] = await Promise.all(
    ['jaeger-agent', 'jaeger-collector'].map((name) => core.readNamespacedService({ namespace: jaeger, name })),
  );
  const { samplingUrl, thriftBinaryPort, thriftCompactPort, zipkinCompactPort } = agent;
  expect(portsOf(agentService)).toEqual(
    sorted([thriftBinaryPort, thriftCompactPort, zipkinCompactPort, portOf(samplingUrl)]),
  );
  expect(portsOf(collectorService)).toEqual(sorted(Object.values(collector).map(portOf)));
});

test('spans stay on their node: the Service of the agent leads to the agent of the same node', async () => {
  const { spec } = await core.readNamespacedService({ namespace: outputs.namespace, name: 'jaeger-agent' });
  expect(spec?.internalTrafficPolicy).toBe('Local');
});

function portsOf(service: V1Service | undefined): number[] {
  return sorted((service?.spec?.ports ?? []).map(({ port }) => port));
}

/** The port at the end of `host:port` or in a URL. */
function portOf(address: string): number {
  return Number(/:(\d+)(?:\/|$)/.exec(address)?.[1]);
}

function sorted(ports: readonly number[]): number[] {
  return [...new Set(ports)].sort((a, b) => a - b);
}

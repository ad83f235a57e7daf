import { CoreV1Api, type KubeConfig, type V1Pod } from '@kubernetes/client-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { serviceNames } from '../../../../infra/jaeger/endpoints.ts';
import { queryPorts } from '../../../../infra/jaeger/ports.ts';
import type { TracingAgentOutputs } from '../../../../runtime/src/tracing/stackOutputs.ts';
import { forwardPort } from '../../../kube/forwardPort.ts';
import { exampleNamespace } from '../../../up/example.ts';
import { fetchTrace } from '../../../up/readTrace.ts';
import type { Check, CheckContext } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { describeRefusal } from '../../refusal.ts';
import { agentFormats } from './markers/agentFormats.ts';
import { collectorFormats } from './markers/collectorFormats.ts';
import { createMarker, type Marker } from './markers/marker.ts';
import { sendDatagrams } from './markers/sendDatagrams.ts';

const findSeconds = 30;
const pollMillis = 250;

/** A span in each form that collectors and agents take is stored, and found. */
export const markersFound: Check = {
  id: 'markers-found',
  component: 'endpoints',
  title: 'every endpoint takes a span in each of its formats, and the query service returns it',
  needs: ['active'],
  timeoutSeconds: 90,
  run: async (context) => {
    const [kube, config] = await Promise.all([context.deployment.kube(), context.deployment.config()]);
    const {
      namespace,
      query: { basePath = '' },
    } = config;
    await using query = await forwardPort(kube, {
      namespace,
      service: serviceNames.query,
      podPort: queryPorts.http.number,
    });
    const queryUrl = `http://127.0.0.1:${query.port}${basePath}`;
    // Awaited here: what is returned at once would close the way to the query service.
    return await Promise.all([
      ...collectorFormats.map(async ({ name, port, send }) => {
        const subject = `${name} → ${serviceNames.collector}:${port.number}`;
        return follow(context, queryUrl, subject, async (marker) => {
          await using collector = await forwardPort(kube, {
            namespace,
            service: serviceNames.collector,
            podPort: port.number,
          });
          await send(collector.port, marker, context.signal);
        });
      }),
      ...(await followAgent(context, kube, queryUrl)),
    ]);
  },
};

async function followAgent(context: CheckContext, kube: KubeConfig, queryUrl: string): Promise<Promise<Finding>[]> {
  const { agent } = await context.deployment.outputs();
  const pod = await examplePod(kube);
  return agentFormats.map(async ({ name, port, encode }): Promise<Finding> => {
    const subject = `${name} → ${serviceNames.agent}:${port(agent)}`;
    if (pod === undefined)
      return {
        outcome: 'unchecked',
        subject,
        expected: 'taken, and found',
        found: 'no pod to send it from: the Kubernetes API forwards no UDP, and the example is not deployed',
        mend: 'deploy the example (`npm run up` without --no-example), or look at the metrics of an application that sends to the agent',
      };
    const { metadata, spec } = pod;
    const place = {
      namespace: exampleNamespace,
      pod: metadata?.name ?? '',
      container: spec?.containers[0]?.name ?? '',
    };
    return follow(context, queryUrl, subject, (marker) =>
      sendDatagrams(kube, place, [{ host: agentHost(agent, pod), port: port(agent), bytes: encode(marker) }]),
    );
  });
}

async function examplePod(kube: KubeConfig): Promise<V1Pod | undefined> {
  const labelSelector = 'app.kubernetes.io/name=storefront';
  const { items } = await kube
    .makeApiClient(CoreV1Api)
    .listNamespacedPod({ namespace: exampleNamespace, labelSelector });
  return items.find(({ metadata, status }) => metadata?.deletionTimestamp === undefined && status?.phase === 'Running');
}

/** With host ports, an application goes to the agent of its own node. */
function agentHost({ hostPorts, host }: TracingAgentOutputs, { status }: V1Pod): string {
  return hostPorts ? (status?.hostIP ?? host) : host;
}

/** Sends a marker, and waits until the query service returns it. */
async function follow(
  { signal }: CheckContext,
  queryUrl: string,
  subject: string,
  send: (marker: Marker) => Promise<void>,
): Promise<Finding> {
  const expected = `taken, and found within ${findSeconds} s`;
  const marker = createMarker(subject, Date.now());
  const started = performance.now();
  const seconds = (): number => (performance.now() - started) / 1000;
  try {
    await send(marker);
  } catch (error) {
    const { found } = describeRefusal(error);
    return {
      outcome: 'failed',
      subject,
      expected,
      found: `not taken: ${found}`,
      mend: 'see whether collectors are ready, and whether their Service leads to them: services-lead, `npm run status`',
    };
  }
  let refusal = '';
  while (seconds() < findSeconds && !signal.aborted) {
    const trace = await fetchTrace(queryUrl, marker.traceId).catch((error: unknown) => {
      refusal = `; the query service was asked in vain: ${describeRefusal(error).found}`;
      return undefined;
    });
    if (trace !== undefined) return { outcome: 'ok', subject, expected, found: 'taken, and found', seconds: seconds() };
    await sleep(pollMillis);
  }
  return {
    outcome: 'failed',
    subject,
    expected,
    found: `it was sent, and is not found after ${findSeconds} s${refusal}`,
    mend: 'follow its way: agent → collector → storage → query. Their metrics count what is dropped (docs/on-call.md), `npm run status` says what fails. UDP is also lost where a network policy of the application refuses it',
  };
}

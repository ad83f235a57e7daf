import { CoreV1Api, type KubeConfig, type V1Pod } from '@kubernetes/client-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { serviceNames } from '../../../../infra/jaeger/endpoints.ts';
import { queryPorts } from '../../../../infra/jaeger/ports.ts';
import type { TracingAgentOutputs } from '../../../../runtime/src/tracing/stackOutputs.ts';
import { forwardPort } from '../../../kube/forwardPort.ts';
import { isRunningPod } from '../../../kube/podState.ts';
import { exampleNamespace } from '../../../up/example.ts';
import { fetchTrace } from '../../../up/readTrace.ts';
import type { Check, CheckContext } from '../../check.ts';
import { NotCheckableError, type Deployment } from '../../deployment.ts';
import type { Finding } from '../../finding.ts';
import { describeRefusal } from '../../refusal.ts';
import { hasExample } from '../runtime/exampleServices.ts';
import { agentFormats, type AgentFormat } from './markers/agentFormats.ts';
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
    const collectors = collectorFormats.map(async ({ name, port, send }) => {
      const subject = `${name} → ${serviceNames.collector}:${port.number}`;
      return follow(context, queryUrl, subject, async (marker) => {
        await using collector = await forwardPort(kube, {
          namespace,
          service: serviceNames.collector,
          podPort: port.number,
        });
        await send(collector.port, marker, context.signal);
      });
    });
    return (await Promise.all([...collectors, followAgent(context, kube, queryUrl)])).flat();
  },
};

/** Sends from a pod of the stack's own example: the Kubernetes API forwards no UDP. Where that cannot be, it is told of each format. */
export async function followAgent(context: CheckContext, kube: KubeConfig, queryUrl: string): Promise<Finding[]> {
  try {
    const [{ agent }, pod] = await Promise.all([context.deployment.outputs(), examplePod(context.deployment, kube)]);
    return await Promise.all(
      agentFormats.map((format) => followFormat(format, { context, kube, queryUrl, agent, pod })),
    );
  } catch (error) {
    context.signal.throwIfAborted();
    return agentFormats.map(({ name }) => ({
      outcome: 'unchecked',
      subject: `${name} → ${serviceNames.agent}`,
      expected: 'taken, and found',
      ...describeRefusal(error),
    }));
  }
}

interface AgentWay {
  readonly context: CheckContext;
  readonly kube: KubeConfig;
  readonly queryUrl: string;
  readonly agent: TracingAgentOutputs;
  readonly pod: V1Pod;
}

async function followFormat({ name, port, encode }: AgentFormat, way: AgentWay): Promise<Finding> {
  const { context, kube, queryUrl, agent, pod } = way;
  const subject = `${name} → ${serviceNames.agent}:${port(agent)}`;
  const { metadata, spec } = pod;
  const place = {
    namespace: exampleNamespace,
    pod: metadata?.name ?? '',
    container: spec?.containers[0]?.name ?? '',
  };
  return follow(context, queryUrl, subject, (marker) =>
    sendDatagrams(kube, place, [{ host: agentHost(agent, pod), port: port(agent), bytes: encode(marker) }]),
  );
}

/** @throws NotCheckableError where the example is not there, or another stack's. */
async function examplePod(deployment: Deployment, kube: KubeConfig): Promise<V1Pod> {
  const labelSelector = 'app.kubernetes.io/name=storefront';
  const { items } = (await hasExample(deployment))
    ? await kube.makeApiClient(CoreV1Api).listNamespacedPod({ namespace: exampleNamespace, labelSelector })
    : { items: [] };
  const pod = items.find(isRunningPod);
  if (pod !== undefined) return pod;
  throw new NotCheckableError(
    'no pod to send it from: the Kubernetes API forwards no UDP, and no example of this stack runs',
    'deploy the example (`npm run up` without --no-example), or look at the metrics of an application that sends to the agent',
  );
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

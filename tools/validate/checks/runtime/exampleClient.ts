import type { KubeConfig } from '@kubernetes/client-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { serviceNames } from '../../../../infra/jaeger/endpoints.ts';
import { queryPorts } from '../../../../infra/jaeger/ports.ts';
import { requestOnePod, requestPod, type PodAnswer, type PodRequest } from '../../../kube/requestPod.ts';
import { exampleNamespace } from '../../../up/example.ts';
import type { QueryTrace } from '../../../up/readTrace.ts';
import { examplePorts } from './exampleServices.ts';

/** The program that requests to the example say they are from: its errors and requests name it. */
export const exampleClientName = 'tracewright-validate';

/** What the example answered. */
export interface ExampleAnswer {
  readonly status: number;
  readonly body: string;
  /** Missing where the trace was not sampled. */
  readonly traceId?: string;
}

/** Asks one pod of the example's storefront, as a customer would. */
export async function askStorefront(
  kube: KubeConfig,
  pod: string,
  asked: Pick<PodRequest, 'method' | 'path' | 'body' | 'signal'>,
): Promise<ExampleAnswer> {
  const place = { namespace: exampleNamespace, pod, port: examplePorts.http };
  const headers = { 'user-agent': exampleClientName };
  const { status, body, headers: answered } = await requestOnePod(kube, place, { ...asked, headers });
  const traceId = answered['x-trace-id'];
  return { status, body, ...(typeof traceId === 'string' ? { traceId } : {}) };
}

/** An exposition of a pod of the example. */
export async function readExampleMetrics(kube: KubeConfig, pod: string, signal: AbortSignal): Promise<string> {
  const place = { namespace: exampleNamespace, pod, port: examplePorts.metrics };
  const { status, body } = await requestOnePod(kube, place, { path: '/metrics', signal });
  if (status !== 200) throw new Error(`the metrics of pod ${exampleNamespace}/${pod} answered ${status}`);
  return body;
}

/** One look for a trace at the stack's query service; undefined while there is none. */
export async function readStoredTrace(
  kube: KubeConfig,
  { namespace, basePath, traceId }: Readonly<Record<'namespace' | 'basePath' | 'traceId', string>>,
  signal: AbortSignal,
): Promise<QueryTrace | undefined> {
  const target = { namespace, service: serviceNames.query, podPort: queryPorts.http.number };
  const answer: PodAnswer = await requestPod(kube, target, { path: `${basePath}/api/traces/${traceId}`, signal });
  if (answer.status === 404) return undefined;
  if (answer.status !== 200) throw new Error(`the query service answered ${answer.status}`);
  const { data } = JSON.parse(answer.body) as { readonly data?: readonly QueryTrace[] | null };
  return data?.[0];
}

/** What `look` finds as soon as it finds something, asked again and again; undefined when the time is over. */
export async function untilFound<T>(
  look: () => Promise<T | undefined>,
  { seconds, signal }: { readonly seconds: number; readonly signal: AbortSignal },
): Promise<T | undefined> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > deadline) return undefined;
    await sleep(250, undefined, { signal });
  }
}

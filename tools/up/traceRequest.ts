import type { KubeConfig } from '@kubernetes/client-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { countSpans, expectedCheckoutTrace } from '../../examples/checkout/expectedTrace.ts';
import type { TracingStackOutputs } from '../../runtime/src/tracing/stackOutputs.ts';
import type { ReportDetail } from '../console/phases.ts';
import { forwardPort } from '../kube/forwardPort.ts';
import { exampleNamespace } from './example.ts';
import { sendOneTrace } from './localTrace/sendOneTrace.ts';

/** A trace that is on its way. */
export interface SentTrace {
  readonly traceId: string;
  /** How many spans it must have when it is whole. */
  readonly spanCount: number;
  /** Whether the example in the cluster made it. */
  readonly deployed: boolean;
}

/** The example did not take an order. */
export class ExampleRequestError extends Error {
  override readonly name = 'ExampleRequestError';

  constructor(status: number, body: string) {
    super(`the storefront answered ${status} to POST /checkout: ${body.slice(0, 300)}`);
  }
}

/**
 * Orders something from the storefront in the cluster, as a customer would. Pods that have just become ready are reached
 * a moment later, when the node's Service and NetworkPolicy rules have followed: an answer that says "not now" is asked
 * for again, for `timeoutSeconds` at most. So is one whose trace the stack's strategies left out.
 * @throws ExampleRequestError when the order is not taken or the answer names no trace.
 */
export async function requestExample(kube: KubeConfig, report: ReportDetail, timeoutSeconds = 30): Promise<SentTrace> {
  await using storefront = await forwardPort(kube, {
    namespace: exampleNamespace,
    service: 'storefront',
    podPort: 8080,
  });
  const deadline = Date.now() + timeoutSeconds * 1000;
  for (;;) {
    const { status, body, traceId } = await order(`http://127.0.0.1:${storefront.port}/checkout`);
    if (status < 300 && traceId !== null)
      return { traceId, spanCount: countSpans(expectedCheckoutTrace), deployed: true };
    const isUnsampled = status < 300;
    if ((status < 500 && !isUnsampled) || Date.now() > deadline) throw new ExampleRequestError(status, body);
    report(
      isUnsampled ? 'that trace was not sampled: asking again' : `the storefront answered ${status}: asking again`,
    );
    if (!isUnsampled) await sleep(500);
  }
}

interface OrderAnswer {
  readonly status: number;
  readonly body: string;
  readonly traceId: string | null;
}

/** One order. A connection that breaks off, as to a pod that is just leaving, counts as "not now". */
async function order(url: string): Promise<OrderAnswer> {
  try {
    return await post(url);
  } catch (error) {
    return { status: 503, body: error instanceof Error ? error.message : String(error), traceId: null };
  }
}

async function post(url: string): Promise<OrderAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ customer: 'tracewright', sku: 'TEA-1', quantity: 2 }),
    signal: AbortSignal.timeout(30_000),
  });
  return { status: response.status, body: await response.text(), traceId: response.headers.get('x-trace-id') };
}

/** Makes a trace in this process with the runtime and sends it to the collector through a port-forward. */
export async function sendLocalTrace(
  kube: KubeConfig,
  { namespace, collector }: TracingStackOutputs,
): Promise<SentTrace> {
  const url = new URL(collector.thriftHttpUrl);
  await using forwarded = await forwardPort(kube, {
    namespace,
    service: 'jaeger-collector',
    podPort: Number(url.port),
  });
  const sent = await sendOneTrace({ collectorUrl: `http://127.0.0.1:${forwarded.port}${url.pathname}` });
  return { traceId: sent.traceId, spanCount: sent.spanCount, deployed: false };
}

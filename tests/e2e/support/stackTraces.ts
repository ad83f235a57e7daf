import type { KubeConfig } from '@kubernetes/client-node';
import { forwardPort, type ForwardedPort } from '../../../tools/kube/forwardPort.ts';
import { sendOneTrace, type SentTrace } from '../../../tools/up/localTrace/sendOneTrace.ts';
import { readTrace, type QueryTrace } from '../../../tools/up/readTrace.ts';

/** Sends a small trace to a collector of a namespace; resolves when the collector has taken it. */
export async function sendTrace(kube: KubeConfig, namespace: string): Promise<SentTrace> {
  await using collector = await forwardPort(kube, { namespace, service: 'jaeger-collector', podPort: 14_268 });
  return await sendOneTrace({ collectorUrl: `http://127.0.0.1:${collector.port}/api/traces` });
}

/**
 * Reads a trace through a namespace's query service until it is whole.
 * @throws IncompleteTraceError after `timeoutSeconds`.
 */
export async function readWholeTrace(
  kube: KubeConfig,
  namespace: string,
  { traceId, spanCount }: SentTrace,
  timeoutSeconds = 40,
): Promise<QueryTrace> {
  await using query = await forwardQuery(kube, namespace);
  return await readTrace(`http://127.0.0.1:${query.port}`, traceId, spanCount, timeoutSeconds, () => undefined);
}

/** Sends traces until one of them comes back whole: what was sent while the way was cut is lost. */
export async function traceComesBack(kube: KubeConfig, namespace: string, timeoutSeconds: number): Promise<SentTrace> {
  const deadline = Date.now() + timeoutSeconds * 1000;
  for (;;) {
    try {
      const sent = await sendTrace(kube, namespace);
      await readWholeTrace(kube, namespace, sent, 5);
      return sent;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
  }
}

function forwardQuery(kube: KubeConfig, namespace: string): Promise<ForwardedPort> {
  return forwardPort(kube, { namespace, service: 'jaeger-query', podPort: 16_686 });
}

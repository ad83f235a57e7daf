import type { KubeConfig } from '@kubernetes/client-node';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { openServiceTunnel, type ServicePort } from '../../../tools/kube/podTunnel.ts';

/** An HTTP request with an optional JSON body. */
export interface PodRequest {
  readonly method?: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
}

/** Asks a ready pod behind a Service over plain HTTP, through the API server. Any status is an answer. */
export async function requestPod(
  kube: KubeConfig,
  target: ServicePort,
  { method = 'GET', path, body }: PodRequest,
): Promise<{ readonly status: number; readonly body: string }> {
  const tunnel = await openServiceTunnel(kube, target);
  const headers = { host: 'localhost', connection: 'close', 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const outgoing = request({ createConnection: () => tunnel, method, path, headers }, (answer) => {
      text(answer).then((answered) => resolve({ status: answer.statusCode ?? 0, body: answered }), reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

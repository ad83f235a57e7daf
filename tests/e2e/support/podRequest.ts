import type { KubeConfig } from '@kubernetes/client-node';
import { request } from 'node:http';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { openPodTunnel, openServiceTunnel, type ServicePort } from '../../../tools/kube/podTunnel.ts';

// Elasticsearch on a busy machine takes seconds for some requests.
const ANSWER_MILLIS = 60_000;

/** An HTTP request with an optional JSON body. */
export interface PodRequest {
  readonly method?: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
}

/** What was answered; any status is an answer. */
export interface PodAnswer {
  readonly status: number;
  readonly body: string;
}

/** Asks a ready pod behind a Service over plain HTTP, through the API server. */
export async function requestPod(kube: KubeConfig, target: ServicePort, asked: PodRequest): Promise<PodAnswer> {
  return requestThrough(await openServiceTunnel(kube, target), asked);
}

/** A port of one very pod. */
export interface PodPort {
  readonly namespace: string;
  readonly pod: string;
  readonly port: number;
}

/** Asks one very pod over plain HTTP, through the API server. */
export async function requestOnePod(kube: KubeConfig, target: PodPort, asked: PodRequest): Promise<PodAnswer> {
  return requestThrough(await openPodTunnel(kube, target.namespace, target.pod, target.port), asked);
}

function requestThrough(tunnel: Duplex, { method = 'GET', path, body }: PodRequest): Promise<PodAnswer> {
  const headers = { host: 'localhost', connection: 'close', 'content-type': 'application/json' };
  // A tunnel is no socket, which would have a timeout of its own.
  const signal = AbortSignal.timeout(ANSWER_MILLIS);
  return new Promise((resolve, reject) => {
    const outgoing = request({ createConnection: () => tunnel, method, path, headers, signal }, (answer) => {
      text(answer).then((answered) => resolve({ status: answer.statusCode ?? 0, body: answered }), reject);
    });
    outgoing.on('error', (cause) =>
      reject(
        signal.aborted ? new Error(`${method} ${path} had no answer in ${ANSWER_MILLIS / 1000} s`, { cause }) : cause,
      ),
    );
    outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

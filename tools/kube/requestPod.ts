import type { KubeConfig } from '@kubernetes/client-node';
import { request, type IncomingHttpHeaders } from 'node:http';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { openPodTunnel, openServiceTunnel, type ServicePort } from './podTunnel.ts';

// Elasticsearch on a busy machine takes seconds for some requests.
const ANSWER_MILLIS = 60_000;

/** An HTTP request. */
export interface PodRequest {
  readonly method?: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  readonly path: string;
  /** Bytes are sent as they are, anything else as JSON. */
  readonly body?: unknown;
  /** Beside `content-type: application/json`, which they may replace. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Ends the request. */
  readonly signal?: AbortSignal;
}

/** What was answered; any status is an answer. */
export interface PodAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
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

/** Asks whoever is at the other end of a connection that is already there, such as one under TLS. */
export function requestThrough(tunnel: Duplex, asked: PodRequest): Promise<PodAnswer> {
  const { method = 'GET', path, body } = asked;
  const headers = { host: 'localhost', connection: 'close', 'content-type': 'application/json', ...asked.headers };
  // A tunnel is no socket, which would have a timeout of its own.
  const late = AbortSignal.timeout(ANSWER_MILLIS);
  const signal = asked.signal === undefined ? late : AbortSignal.any([late, asked.signal]);
  return new Promise((resolve, reject) => {
    const outgoing = request({ createConnection: () => tunnel, method, path, headers, signal }, (answer) => {
      const { statusCode = 0, headers: answered } = answer;
      text(answer).then((read) => resolve({ status: statusCode, headers: answered, body: read }), reject);
    });
    outgoing.on('error', (cause) =>
      reject(
        late.aborted ? new Error(`${method} ${path} had no answer in ${ANSWER_MILLIS / 1000} s`, { cause }) : cause,
      ),
    );
    outgoing.end(body instanceof Uint8Array || body === undefined ? body : JSON.stringify(body));
  });
}

import type { KubeConfig } from '@kubernetes/client-node';
import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import { connect } from 'node:tls';
import { openServiceTunnel, type ServicePort } from '../../../tools/kube/podTunnel.ts';

/** A request over TLS to a server inside the cluster. */
export interface TlsRequest {
  /** Name that the server is asked for (SNI and `Host`), and that its certificate must be for. */
  readonly host: string;
  /** The only CA that is trusted, PEM. */
  readonly authority: string;
  readonly path: string;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The answer, whatever its status. A redirection is not followed. */
export interface TlsAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Asks a ready pod behind a Service over TLS, through the API server. @throws Error when its certificate is refused. */
export async function requestOverTls(
  kube: KubeConfig,
  target: ServicePort,
  { host, authority, path, method = 'GET', headers = {}, body }: TlsRequest,
): Promise<TlsAnswer> {
  const tunnel = await openServiceTunnel(kube, target);
  const socket = connect({ socket: tunnel, servername: host, ca: authority });
  return new Promise((resolve, reject) => {
    const sent = { host, connection: 'close', ...headers };
    const outgoing = request({ createConnection: () => socket, host, method, path, headers: sent }, (answer) => {
      text(answer).then(
        (answered) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: answered }),
        reject,
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

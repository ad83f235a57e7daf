import type { KubeConfig } from '@kubernetes/client-node';
import { request } from 'node:https';
import { connect } from 'node:tls';
import type { KeyAndCertificate } from '../../../tools/cluster/pki/certificateAuthority.ts';
import { openServiceTunnel } from '../../../tools/kube/podTunnel.ts';
import type { ExternalElasticsearch } from './externalElasticsearch.ts';
import { elasticsearchPort, frontName } from './externalElasticsearchObjects.ts';

/** What a client of the front shows. */
export interface FrontClient {
  readonly clientCertificate?: KeyAndCertificate;
  readonly password?: string;
}

/** Asks the front as any client would: the status of its answer. */
export async function askFront(
  kube: KubeConfig,
  search: ExternalElasticsearch,
  { clientCertificate, password }: FrontClient,
): Promise<number> {
  const service = { namespace: search.namespace, service: frontName, podPort: elasticsearchPort };
  const tunnel = await openServiceTunnel(kube, service);
  const own = clientCertificate && { key: clientCertificate.key, cert: clientCertificate.certificate };
  const servername = new URL(search.url).hostname;
  const socket = connect({ socket: tunnel, servername, ca: search.authority, ...own });
  const auth = password === undefined ? {} : { auth: `${search.front.username}:${password}` };
  return new Promise((resolve, reject) => {
    const outgoing = request({ createConnection: () => socket, host: servername, path: '/', ...auth }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}

import type { KubeConfig } from '@kubernetes/client-node';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { openPodTunnel } from '../../../tools/kube/podTunnel.ts';

/** Asks one very pod over HTTP, through the API server, and returns the body. */
export async function getFromPod(
  kube: KubeConfig,
  namespace: string,
  pod: string,
  port: number,
  path: string,
): Promise<string> {
  const tunnel = await openPodTunnel(kube, namespace, pod, port);
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { createConnection: () => tunnel, path, headers: { host: 'localhost', connection: 'close' } },
      (answer) => {
        text(answer).then(resolve, reject);
      },
    );
    outgoing.on('error', reject);
    outgoing.end();
  });
}

import type { KubeConfig } from '@kubernetes/client-node';
import { requestOnePod } from '../../../tools/kube/requestPod.ts';

/** Asks one very pod over HTTP, through the API server, and returns the body. */
export async function getFromPod(
  kube: KubeConfig,
  namespace: string,
  pod: string,
  port: number,
  path: string,
): Promise<string> {
  return (await requestOnePod(kube, { namespace, pod, port }, { path })).body;
}

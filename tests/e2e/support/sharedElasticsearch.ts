import type { KubeConfig } from '@kubernetes/client-node';
import { elasticsearchHttpPort } from '../../../infra/jaeger/elasticsearchFiles.ts';
import { serviceNames } from '../../../infra/jaeger/endpoints.ts';
import { openPort } from './openPort.ts';

/** Lets another stack's namespace reach a stack's own Elasticsearch, which its policies keep for the stack itself. */
export function shareElasticsearch(kube: KubeConfig, owner: string, user: string): Promise<AsyncDisposable> {
  const port = elasticsearchHttpPort.number;
  return openPort(kube, { namespace: owner, component: serviceNames.elasticsearch, port, from: user });
}

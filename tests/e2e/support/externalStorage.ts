import type { KubeConfig } from '@kubernetes/client-node';
import { applyManifests } from '../../../tools/kube/applyManifests.ts';
import type { ExternalElasticsearch } from './externalElasticsearch.ts';
import { namespaceObject } from './externalElasticsearchObjects.ts';

/** The Secrets that an operations team puts beside Jaeger, by the names that the stacks of the tests give. */
export const secretNames = { password: 'search-login', client: 'search-client' } as const;
/** Not the default, so that the key is really taken from the configuration. */
const passwordKey = 'login-password';

/** What a stack must know of an Elasticsearch of the tests. */
type SearchAddress = Pick<ExternalElasticsearch, 'url' | 'front' | 'authority'>;

/** What must lie beside the stack for it. */
type SearchCredentials = Pick<ExternalElasticsearch, 'front' | 'clientCertificate'>;

/** The `storage` key of a stack that uses an Elasticsearch of the tests, with all that its front asks for. */
export function externalStorage(search: SearchAddress, indexPrefix: string) {
  return {
    kind: 'external',
    indexPrefix,
    urls: [search.url],
    username: search.front.username,
    existingSecret: { name: secretNames.password, key: passwordKey },
    shards: 1,
    replicas: 0,
    tls: {
      ca: { certificate: search.authority },
      clientCertificate: { existingSecret: { name: secretNames.client } },
    },
  };
}

/** Makes a stack's namespace with both Secrets before the stack is deployed. */
export async function prepareNamespace(kube: KubeConfig, namespace: string, search: SearchCredentials): Promise<void> {
  await applyManifests(kube, [namespaceObject(namespace)]);
  await writePassword(kube, namespace, search.front.password);
  await writeClientCertificate(kube, namespace, search);
}

/** Makes the password's Secret, or changes it in place, as who rotates a password does. */
export function writePassword(kube: KubeConfig, namespace: string, password: string): Promise<void> {
  return writeSecret(kube, namespace, secretNames.password, { [passwordKey]: password });
}

/** Makes the Secret of the client certificate. */
export function writeClientCertificate(
  kube: KubeConfig,
  namespace: string,
  { clientCertificate }: Pick<SearchCredentials, 'clientCertificate'>,
): Promise<void> {
  const { certificate, key } = clientCertificate;
  return writeSecret(kube, namespace, secretNames.client, { 'tls.crt': certificate, 'tls.key': key });
}

async function writeSecret(
  kube: KubeConfig,
  namespace: string,
  name: string,
  stringData: Readonly<Record<string, string>>,
): Promise<void> {
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, stringData };
  await applyManifests(kube, [secret]);
}

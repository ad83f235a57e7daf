import { supportedServers } from '../jaeger/supportedServers.ts';
import { environmentDefaults, type Environment } from './environments.ts';
import type { ConfigProblem } from './stackConfigError.ts';

type Mapping = Readonly<Record<string, unknown>>;

/**
 * What no single key can be blamed for. Looked at apart from the schema, on the configuration as it is written, so that it is
 * said beside other problems.
 *
 * @param own - The configuration without its namespace.
 * @param prefix - What stands before each key in a problem.
 */
export function crossProblems(own: Mapping, environment: Environment, prefix: string): ConfigProblem[] {
  const problems = [
    ...storageProblems(own, environment),
    ...credentialProblems(own),
    ...tlsProblems(mappingIn(own, 'storage')),
    ...versionProblems(own),
    ...ingressProblems(own, environment),
    ...namespaceProblems(own),
  ];
  return problems.map((problem) => ({ ...problem, key: prefix + problem.key }));
}

function storageProblems(own: Mapping, environment: Environment): ConfigProblem[] {
  const { embeddedStorage } = environmentDefaults[environment];
  if (own['storage'] === undefined && embeddedStorage !== 'default') {
    const kinds = embeddedStorage === 'allowed' ? '"external" or "embedded"' : '"external"';
    return [{ key: 'storage', message: `is missing: ${environment} does not choose it for you; kind is ${kinds}` }];
  }
  if (mappingIn(own, 'storage')['kind'] !== 'embedded' || embeddedStorage !== 'refused') return [];
  const message = `must be "external" in ${environment}: a single node has no copy of the data and asks for no password`;
  return [{ key: 'storage.kind', value: '"embedded"', message }];
}

/** A password without a user, or the other way round. */
function credentialProblems(own: Mapping): ConfigProblem[] {
  const storage = mappingIn(own, 'storage');
  const password = own['elasticsearchPassword'] !== undefined;
  const key = 'elasticsearchPassword';
  if (storage['kind'] !== 'external') {
    return password ? [{ key, message: 'is of use only with storage.kind "external"' }] : [];
  }
  const existing = storage['existingSecret'] !== undefined;
  if (storage['username'] === undefined) {
    return password || existing
      ? [{ key: 'storage.username', message: 'is missing: a password needs a user name' }]
      : [];
  }
  if (password !== existing) return [];
  const state = password
    ? 'stands beside storage.existingSecret: give only one of them'
    : 'is missing: set it, or storage.existingSecret';
  return [{ key, message: state }];
}

function tlsProblems(storage: Mapping): ConfigProblem[] {
  const urls = Array.isArray(storage['urls']) ? storage['urls'].map(String) : [];
  const plain = urls.find((url) => url.startsWith('http://'));
  if (plain === undefined) return [];
  if (storage['tls'] !== undefined) {
    const message = 'must begin with https:// beside storage.tls, which Jaeger would not use for this address';
    return [{ key: 'storage.urls', value: JSON.stringify(plain), message }];
  }
  if (!urls.some((url) => url.startsWith('https://'))) return [];
  const message = 'must begin with https:// as the other addresses do: the password would go unencrypted';
  return [{ key: 'storage.urls', value: JSON.stringify(plain), message }];
}

function versionProblems(own: Mapping): ConfigProblem[] {
  const { jaegerVersion = '1.50.0' } = own;
  const { version } = mappingIn(own, 'storage');
  if (version !== 'elasticsearch-8' || typeof jaegerVersion !== 'string') return [];
  if (supportedServers(jaegerVersion).includes(version)) return [];
  const message =
    `does not work with Jaeger ${jaegerVersion}: set jaegerVersion to 1.52.0 or later, ` +
    'or use Elasticsearch 7.17 or OpenSearch 1 or 2';
  return [{ key: 'storage.version', value: JSON.stringify(version), message }];
}

function ingressProblems(own: Mapping, environment: Environment): ConfigProblem[] {
  const ingress = own['ingress'];
  const missing = isMapping(ingress) && ingress['tlsSecretName'] === undefined;
  if (!missing || !environmentDefaults[environment].ingressNeedsTls) return [];
  return [{ key: 'ingress.tlsSecretName', message: `is missing: in ${environment} the UI is served over https only` }];
}

function namespaceProblems(own: Mapping): ConfigProblem[] {
  const { namespace = 'tracing', applicationNamespaces } = own;
  const names: unknown[] = Array.isArray(applicationNamespaces) ? applicationNamespaces : [];
  return names.flatMap((name, index) => {
    const key = `applicationNamespaces[${index}]`;
    if (name === namespace)
      return [{ key, value: JSON.stringify(name), message: "is Jaeger's own, which has one anyway" }];
    if (names.indexOf(name) < index) return [{ key, value: JSON.stringify(name), message: 'is listed twice' }];
    return [];
  });
}

function mappingIn(own: Mapping, key: string): Mapping {
  const value = own[key];
  return isMapping(value) ? value : {};
}

/** Whether a value is a mapping and not a list. */
export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

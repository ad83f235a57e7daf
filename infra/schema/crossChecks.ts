import { agentNamespace, agentSuffix } from '../jaeger/endpoints.ts';
import { supportedServers } from '../jaeger/supportedServers.ts';
import { shownValue } from './configProblems.ts';
import { environmentDefaults, type Environment } from './environments.ts';
import { defaultJaegerVersion, defaultNamespace, longestNamespace } from './installation.ts';
import { availabilityProblems } from './availabilityChecks.ts';
import { isRecord } from './isRecord.ts';
import { mappingIn } from './mappingIn.ts';
import { networkProblems } from './networkChecks.ts';
import type { ConfigProblem } from './stackConfigError.ts';
import type { StackDefaults } from './stackDefaults.ts';
import { streamingProblems } from './streamingChecks.ts';

type Mapping = Readonly<Record<string, unknown>>;

/**
 * What no single key can be blamed for. Looked at apart from the schema, on the configuration as it is written, so that it is
 * said beside other problems.
 *
 * @param own - The configuration without its namespace.
 * @param defaults - What keys that are left out become.
 * @param prefix - What stands before each key in a problem.
 */
export function crossProblems(
  own: Mapping,
  environment: Environment,
  defaults: StackDefaults,
  prefix: string,
): ConfigProblem[] {
  const problems = [
    ...storageProblems(own, environment),
    ...credentialProblems(own),
    ...tlsProblems(mappingIn(own, 'storage'), environment),
    ...secretProblems(own),
    ...versionProblems(own),
    ...ingressProblems(own, environment),
    ...namespaceProblems(own),
    ...networkProblems(own),
    ...availabilityProblems(own, defaults),
    ...streamingProblems(own, environment, defaults),
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

/** Plain http beside what only https keeps safe. */
function tlsProblems(storage: Mapping, environment: Environment): ConfigProblem[] {
  const urls = Array.isArray(storage['urls']) ? storage['urls'].map(String) : [];
  const plain = urls.find((url) => url.startsWith('http://'));
  if (plain === undefined) return [];
  const reason = httpsReason(storage, urls, environment);
  if (reason === undefined) return [];
  const shown = shownValue(plain, ['storage', 'urls']);
  return [
    {
      key: 'storage.urls',
      ...(shown !== undefined && { value: shown }),
      message: `must begin with https:// ${reason}`,
    },
  ];
}

function httpsReason(storage: Mapping, urls: readonly string[], environment: Environment): string | undefined {
  if (storage['tls'] !== undefined) return 'beside storage.tls, which Jaeger would not use for this address';
  if (urls.some((url) => url.startsWith('https://')))
    return 'as the other addresses do: the password would go unencrypted';
  if (storage['username'] === undefined || environment === 'dev') return undefined;
  return `beside storage.username in ${environment}: the password would go unencrypted`;
}

/** The engine hands over which key is secret, not which part of it: all of it would be hidden from the program. */
function secretProblems(own: Mapping): ConfigProblem[] {
  return Object.entries(own).flatMap(([key, value]) =>
    key !== 'elasticsearchPassword' && isRecord(value) && 'secure' in value
      ? [{ key, message: 'must not be a secret, nor hold one; the only secret is elasticsearchPassword' }]
      : [],
  );
}

function versionProblems(own: Mapping): ConfigProblem[] {
  const { jaegerVersion = defaultJaegerVersion } = own;
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
  const missing = isRecord(ingress) && ingress['tlsSecretName'] === undefined;
  if (!missing || !environmentDefaults[environment].ingressNeedsTls) return [];
  return [{ key: 'ingress.tlsSecretName', message: `is missing: in ${environment} the UI is served over https only` }];
}

function namespaceProblems(own: Mapping): ConfigProblem[] {
  const { namespace = defaultNamespace, applicationNamespaces } = own;
  const names: unknown[] = Array.isArray(applicationNamespaces) ? applicationNamespaces : [];
  const hostPorts = mappingIn(own, 'agent')['hostPorts'] === true;
  const agents = agentNamespace({ namespace: String(namespace), hostPorts });
  const problems = names.flatMap((name, index) => {
    const found = (message: string) => [
      { key: `applicationNamespaces[${index}]`, value: JSON.stringify(name), message },
    ];
    if (name === namespace) return found("is Jaeger's own, which has one anyway");
    if (name === agents) return found("is the agent's own");
    return names.indexOf(name) < index ? found('is listed twice') : [];
  });
  if (agents.length <= longestNamespace) return problems;
  const message = `must have at most ${longestNamespace - agentSuffix.length} letters with agent.hostPorts: the agent's has "-agent" behind it`;
  return [...problems, { key: 'namespace', value: JSON.stringify(namespace), message }];
}

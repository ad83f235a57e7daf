import { keySourceOf, mountedFile } from '../../kubernetes/mountedFiles.ts';
import type { JaegerContainer } from './jaegerContainers.ts';
import type { Setting } from './jaegerSettings.ts';

/** Where Jaeger looks for Elasticsearch when nobody says. */
const defaultAddress = 'http://127.0.0.1:9200';

/** Whether a program is a job that takes the address as an argument, and the prefix as `INDEX_PREFIX`. */
export function isStorageJob({ role }: JaegerContainer): boolean {
  return role === 'es-index-cleaner' || role === 'es-rollover';
}

/**
 * What spans are stored in; of several kinds, the first that stores, which is the one that is read. OpenSearch counts as Elasticsearch,
 * whose client it shares.
 *
 * @returns `undefined` for what cannot be read, and for a program that stores nothing by itself.
 * @throws UnknownFieldError
 */
export function storageTypeOf(jaeger: JaegerContainer): string | undefined {
  const { role, settings } = jaeger;
  if (role === 'agent') return undefined;
  if (isStorageJob(jaeger)) return 'elasticsearch';
  const setting = settings.get('SPAN_STORAGE_TYPE');
  if (setting === undefined) return role === 'all-in-one' ? 'memory' : 'cassandra';
  const stored = setting.value?.split(',').find((type) => type.trim() !== 'kafka');
  return stored?.trim().replace('opensearch', 'elasticsearch');
}

/** Whether a program keeps spans in Elasticsearch or OpenSearch. @throws UnknownFieldError */
export function usesElasticsearch(jaeger: JaegerContainer): boolean {
  return storageTypeOf(jaeger) === 'elasticsearch';
}

/** The setting with the addresses. @throws UnknownFieldError */
export function addressSetting(jaeger: JaegerContainer): Setting | undefined {
  return isStorageJob(jaeger) ? jaeger.settings.positional[1] : jaeger.settings.get('ES_SERVER_URLS');
}

/** The setting with the index prefix. @throws UnknownFieldError */
export function prefixSetting(jaeger: JaegerContainer): Setting | undefined {
  return jaeger.settings.get(isStorageJob(jaeger) ? 'INDEX_PREFIX' : 'ES_INDEX_PREFIX');
}

/** Addresses of the storage, each in one way of writing; `undefined` for what cannot be read. @throws UnknownFieldError */
export function addressesOf(jaeger: JaegerContainer): readonly string[] | undefined {
  const setting = addressSetting(jaeger);
  if (setting === undefined) return isStorageJob(jaeger) ? undefined : [defaultAddress];
  return setting.value?.split(',').map((address) => normalAddress(address.trim(), jaeger.object.namespace));
}

/**
 * The index prefix, without the hyphen that Jaeger puts after it; empty where there is none, `undefined` for what cannot be read.
 * @throws UnknownFieldError
 */
export function prefixOf(jaeger: JaegerContainer): string | undefined {
  const setting = prefixSetting(jaeger);
  return setting === undefined ? '' : setting.value?.replace(/-$/, '');
}

/** The key of a Secret that the password comes from, as a text to compare. @throws UnknownFieldError */
export function passwordSourceOf({ settings, workload, container }: JaegerContainer): string | undefined {
  const direct = settings.secretKey('ES_PASSWORD');
  if (direct !== undefined) return JSON.stringify([direct.name, direct.key]);
  const path = settings.get('ES_PASSWORD_FILE')?.value;
  const file = path === undefined ? undefined : mountedFile(workload.podSpec, container.spec, path);
  const source = file === undefined ? undefined : keySourceOf(file);
  return source?.kind === 'Secret' ? JSON.stringify([source.name, source.key]) : undefined;
}

/** Two ways to write the address of one Service in the cluster are one: `http://es:9200`, `http://es.shop.svc:9200/`. */
function normalAddress(address: string, namespace: string): string {
  if (!URL.canParse(address)) return address;
  const { protocol, hostname, port, pathname } = new URL(address);
  const path = pathname.replace(/\/$/, '');
  return `${protocol}//${clusterName(hostname, namespace)}:${port}${path}`;
}

function clusterName(host: string, namespace: string): string {
  const [name = '', ofNamespace = namespace, service = 'svc', ...domain] = host.replace(/\.$/, '').split('.');
  const isService = service === 'svc' && (domain.length === 0 || domain.join('.') === 'cluster.local');
  return isService && !/^[\d[]/.test(host) && host !== 'localhost' ? `${name}.${ofNamespace}` : host;
}

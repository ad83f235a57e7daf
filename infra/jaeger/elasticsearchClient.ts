import type { types } from '@pulumi/kubernetes';
import {
  clientFilePaths,
  clientMounts,
  clientVolumes,
  type ClientCertificate,
  type ClientFilePaths,
  type FileSource,
  type PasswordSource,
} from './clientFiles.ts';
import type { StorageServer } from './supportedServers.ts';

/** Basic authentication; the password is mounted as a file, which Jaeger watches. */
export interface ElasticsearchCredentials extends PasswordSource {
  /** Name of the user. */
  readonly username: string;
}

/** How the cluster's certificate is checked, and what Jaeger shows of itself. */
export interface ElasticsearchTls {
  /** Certificates of the CA; left out, those in the image's trust store. */
  readonly ca?: FileSource | undefined;
  /** What Jaeger shows to the cluster; left out, it shows none. */
  readonly clientCertificate?: ClientCertificate | undefined;
  /** Name in the cluster's certificate, where it is not the address's host. */
  readonly serverName?: string | undefined;
}

/** Requests to Elasticsearch: how large, how often, how many at once. */
export interface ElasticsearchBulk {
  /** A request goes out when it holds so many spans. */
  readonly actions: number;
  /** A request goes out when it is so large. */
  readonly sizeMebibytes: number;
  /** A request goes out when its first span is so old. */
  readonly flushIntervalMillis: number;
  /** Requests that one process sends at once. */
  readonly workers: number;
}

/** How Jaeger reaches the storage. */
export interface ElasticsearchConnection {
  /** Addresses of the nodes: `http://host:9200`. */
  readonly urls: readonly string[];
  /** Never empty: Jaeger's index templates of an empty prefix match those of every other environment. */
  readonly indexPrefix: string;
  /**
   * What the server is. Where it is known, Jaeger does not ask the first address for it, and starts while that node is away.
   * OpenSearch is called 7, as Jaeger itself calls it.
   */
  readonly version?: StorageServer | undefined;
  /** Primary shards of each new index. */
  readonly shards: number;
  /** Copies of each shard of a new index. */
  readonly replicas: number;
  /** Days for which spans can be found. */
  readonly retentionDays: number;
  /** How spans are packed into requests. @defaultValue Jaeger's own */
  readonly bulk?: ElasticsearchBulk | undefined;
  /** How long one request may take. */
  readonly timeoutSeconds: number;
  /** User and password. @defaultValue none are asked for */
  readonly credentials?: ElasticsearchCredentials | undefined;
  /** TLS with a private CA or a client certificate. @defaultValue https is checked against the image's trust store */
  readonly tls?: ElasticsearchTls | undefined;
}

/** The files that {@link elasticsearchMounts} put into a container. */
export function connectionFiles(connection: ElasticsearchConnection): ClientFilePaths {
  return clientFilePaths('elasticsearch', connection);
}

/** Environment of a Jaeger process that stores spans in Elasticsearch. Names: Jaeger 1.50 `plugin/storage/es/options.go`. */
export function elasticsearchEnvironment(connection: ElasticsearchConnection): Record<string, string> {
  const { urls, indexPrefix, shards, replicas, retentionDays, bulk, timeoutSeconds, credentials, version } = connection;
  const { password } = connectionFiles(connection);
  return {
    SPAN_STORAGE_TYPE: 'elasticsearch',
    ...(version !== undefined && { ES_VERSION: version.endsWith('-8') ? '8' : '7' }),
    ES_SERVER_URLS: urls.join(','),
    ES_INDEX_PREFIX: indexPrefix,
    ES_NUM_SHARDS: String(shards),
    ES_NUM_REPLICAS: String(replicas),
    ES_MAX_SPAN_AGE: `${retentionDays * 24}h`,
    ES_TIMEOUT: `${timeoutSeconds}s`,
    ...(bulk && bulkEnvironment(bulk)),
    ...(credentials && password !== undefined && { ES_USERNAME: credentials.username, ES_PASSWORD_FILE: password }),
    ...elasticsearchTlsEnvironment(connection),
  };
}

/**
 * Jaeger's TLS settings, the same for every program of it. Any of them without `ES_TLS_ENABLED` is fatal; without all of them,
 * an https address is checked against the image's trust store.
 */
export function elasticsearchTlsEnvironment(connection: ElasticsearchConnection): Record<string, string> {
  const { tls } = connection;
  if (tls === undefined) return {};
  const { ca, certificate, key } = connectionFiles(connection);
  return {
    ES_TLS_ENABLED: 'true',
    ...(ca !== undefined && { ES_TLS_CA: ca }),
    ...(certificate !== undefined && { ES_TLS_CERT: certificate }),
    ...(key !== undefined && { ES_TLS_KEY: key }),
    ...(tls.serverName !== undefined && { ES_TLS_SERVER_NAME: tls.serverName }),
  };
}

function bulkEnvironment(bulk: ElasticsearchBulk): Record<string, string> {
  return {
    ES_BULK_ACTIONS: String(bulk.actions),
    ES_BULK_SIZE: String(bulk.sizeMebibytes * 1024 * 1024),
    ES_BULK_FLUSH_INTERVAL: `${bulk.flushIntervalMillis}ms`,
    ES_BULK_WORKERS: String(bulk.workers),
  };
}

/** Secrets and certificates of a connection as volumes. */
export function elasticsearchVolumes(connection: ElasticsearchConnection): types.input.core.v1.Volume[] {
  return clientVolumes('elasticsearch', connection);
}

/** Where {@link elasticsearchVolumes} are mounted. */
export function elasticsearchMounts(connection: ElasticsearchConnection): types.input.core.v1.VolumeMount[] {
  return clientMounts('elasticsearch', connection);
}

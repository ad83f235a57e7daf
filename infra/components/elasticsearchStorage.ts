import * as pulumi from '@pulumi/pulumi';
import { Secret } from '@pulumi/kubernetes/core/v1/secret.js';
import type { ImageSource } from '../jaeger/images.ts';
import type {
  ElasticsearchConnection,
  ElasticsearchCredentials,
  ElasticsearchTls,
} from '../jaeger/elasticsearchClient.ts';
import { supportedServers, type StorageServer } from '../jaeger/supportedServers.ts';
import type { StackConfig } from '../schema/stackConfigSchema.ts';
import { certificateAuthorityFile } from './certificateAuthority.ts';
import { ElasticsearchNode } from './elasticsearchNode.ts';

/** Arguments of {@link ElasticsearchStorage}. */
export interface ElasticsearchStorageArgs {
  /** Namespace that its objects are made in. */
  readonly namespace: pulumi.Input<string>;
  /** The namespace's name as a plain text: it is part of addresses. */
  readonly namespaceName: string;
  /** Images that its containers run. */
  readonly images: ImageSource;
  /** The stack's configuration of the storage. */
  readonly storage: StackConfig['storage'];
  /** Password of an external cluster. It reaches Jaeger as a file, never as a variable. */
  readonly password?: pulumi.Input<string> | undefined;
  /** Whether Pulumi refuses to delete a node of its own. */
  readonly deletionProtection: boolean;
  /** PriorityClass of that node's pods. @defaultValue the cluster's default */
  readonly priorityClassName?: pulumi.Input<string> | undefined;
}

type External = Extract<StackConfig['storage'], { readonly kind: 'external' }>;
type Embedded = Extract<StackConfig['storage'], { readonly kind: 'embedded' }>;

/**
 * Where spans are stored: a cluster that exists already, or a single node of its own.
 *
 * @example
 * ```ts
 * const images = { jaegerVersion: '1.50.0' };
 * const password = new pulumi.Config().requireSecret('elasticsearchPassword');
 * const storage = new ElasticsearchStorage('elasticsearch', {
 *   namespace: 'tracing',
 *   namespaceName: 'tracing',
 *   images,
 *   storage: {
 *     kind: 'external',
 *     indexPrefix: 'shop',
 *     urls: ['https://elasticsearch.example:9200'],
 *     egressCidrs: ['10.20.0.0/16'],
 *     username: 'jaeger',
 *     retentionDays: 14,
 *     cleanupSchedule: '55 23 * * *',
 *     shards: 5,
 *     replicas: 1,
 *     bulk: { actions: 1000, sizeMebibytes: 5, flushIntervalMillis: 200, workers: 1 },
 *     timeoutSeconds: 30,
 *   },
 *   password,
 *   deletionProtection: true,
 * });
 * ```
 */
export class ElasticsearchStorage extends pulumi.ComponentResource {
  /** How Jaeger reaches the storage. */
  readonly connection: ElasticsearchConnection;

  constructor(name: string, args: ElasticsearchStorageArgs, options?: pulumi.ComponentResourceOptions) {
    super('tracewright:elasticsearch:Storage', name, {}, options);
    const { storage } = args;
    this.connection =
      storage.kind === 'external' ? this.toExternal(name, args, storage) : this.toEmbedded(name, args, storage);
    this.registerOutputs({ urls: this.connection.urls, indexPrefix: this.connection.indexPrefix });
  }

  private toEmbedded(name: string, args: ElasticsearchStorageArgs, storage: Embedded): ElasticsearchConnection {
    const node = new ElasticsearchNode(name, { ...args, storage }, { parent: this });
    const { indexPrefix, retentionDays } = storage;
    // One node: a second shard would not spread, and a copy would have nowhere to go.
    return {
      urls: [node.url],
      indexPrefix,
      retentionDays,
      version: 'elasticsearch-7',
      shards: 1,
      replicas: 0,
      timeoutSeconds: 30,
    };
  }

  private toExternal(name: string, args: ElasticsearchStorageArgs, storage: External): ElasticsearchConnection {
    const { urls, indexPrefix, retentionDays, shards, replicas, bulk, timeoutSeconds } = storage;
    return {
      // Jaeger's index cleaner puts a slash of its own behind the address, and Elasticsearch takes "//" for another path.
      urls: urls.map((url) => url.replace(/\/$/, '')),
      indexPrefix,
      version: storage.version ?? onlyVersion(args.images.jaegerVersion),
      retentionDays,
      shards,
      replicas,
      bulk,
      timeoutSeconds,
      credentials: this.credentials(name, args, storage),
      tls: this.tls(name, args, storage.tls),
    };
  }

  private credentials(
    name: string,
    args: ElasticsearchStorageArgs,
    { username, existingSecret }: External,
  ): ElasticsearchCredentials | undefined {
    if (username === undefined) return undefined;
    if (existingSecret !== undefined)
      return { username, secretName: existingSecret.name, secretKey: existingSecret.key };
    const secretKey = 'password';
    const secret = new Secret(
      name,
      {
        metadata: { name: 'jaeger-elasticsearch', namespace: args.namespace },
        stringData: { [secretKey]: pulumi.secret(args.password ?? '').apply(withoutLineBreak) },
      },
      { parent: this },
    );
    return { username, secretName: secret.metadata.name, secretKey };
  }

  private tls(name: string, args: ElasticsearchStorageArgs, tls: External['tls']): ElasticsearchTls | undefined {
    if (tls === undefined) return undefined;
    const { ca, clientCertificate, serverName } = tls;
    const existing = clientCertificate?.existingSecret;
    return {
      serverName,
      ca:
        ca &&
        certificateAuthorityFile(ca, {
          logicalName: name,
          name: 'jaeger-elasticsearch-ca',
          namespace: args.namespace,
          parent: this,
        }),
      clientCertificate: existing && {
        secretName: existing.name,
        certificateKey: existing.certificateKey,
        privateKeyKey: existing.privateKeyKey,
      },
    };
  }
}

/** Jaeger itself cuts a line break at the end of the file off; the index cleaner, which takes a variable, would send it. */
function withoutLineBreak(password: string): string {
  return password.replace(/[\r\n]+$/, '');
}

/** A Jaeger that does not take Elasticsearch 8 talks to every server in one way. */
function onlyVersion(jaegerVersion: string): StorageServer | undefined {
  return supportedServers(jaegerVersion).includes('elasticsearch-8') ? undefined : 'elasticsearch-7';
}

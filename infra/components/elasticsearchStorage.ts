import * as pulumi from '@pulumi/pulumi';
import { Secret } from '@pulumi/kubernetes/core/v1/secret.js';
import { elasticsearchImage, type ImageSource } from '../jaeger/images.ts';
import type { ElasticsearchConnection } from '../jaeger/elasticsearchClient.ts';
import type { StackConfig } from '../schema/stackConfigSchema.ts';
import { ElasticsearchNode } from './elasticsearchNode.ts';

/** Arguments of {@link ElasticsearchStorage}. */
export interface ElasticsearchStorageArgs {
  readonly namespace: pulumi.Input<string>;
  /** The namespace's name as a plain text: it is part of addresses. */
  readonly namespaceName: string;
  readonly images: ImageSource;
  readonly storage: StackConfig['storage'];
  /** Password of an external cluster. It reaches Jaeger as a file, never as a variable. */
  readonly password?: pulumi.Input<string> | undefined;
}

type External = Extract<StackConfig['storage'], { readonly kind: 'external' }>;

/** Where spans are stored: a cluster that exists already, or a single node of its own for development. */
export class ElasticsearchStorage extends pulumi.ComponentResource {
  /** How collector and query reach the storage. */
  readonly connection: ElasticsearchConnection;

  constructor(name: string, args: ElasticsearchStorageArgs, options?: pulumi.ComponentResourceOptions) {
    super('tracewright:elasticsearch:Storage', name, {}, options);
    const { storage, images } = args;
    const waitImage = elasticsearchImage(images);
    if (storage.kind === 'external') {
      const { urls, indexPrefix, shards, replicas } = storage;
      this.connection = {
        urls,
        indexPrefix,
        shards,
        replicas,
        waitImage,
        credentials: this.credentials(name, args, storage),
      };
    } else {
      const node = new ElasticsearchNode(name, { ...args, storage }, { parent: this });
      this.connection = { urls: [node.url], indexPrefix: storage.indexPrefix, shards: 1, replicas: 0, waitImage };
    }
    this.registerOutputs({ urls: this.connection.urls, indexPrefix: this.connection.indexPrefix });
  }

  private credentials(
    name: string,
    args: ElasticsearchStorageArgs,
    storage: External,
  ): ElasticsearchConnection['credentials'] {
    const { username, existingSecret } = storage;
    if (username === undefined) return undefined;
    if (existingSecret !== undefined)
      return { username, secretName: existingSecret.name, secretKey: existingSecret.key };
    const secretKey = 'password';
    const secret = new Secret(
      name,
      {
        metadata: { name: 'jaeger-elasticsearch', namespace: args.namespace },
        stringData: { [secretKey]: pulumi.secret(args.password ?? '') },
      },
      { parent: this },
    );
    return { username, secretName: secret.metadata.name, secretKey };
  }
}

import * as pulumi from '@pulumi/pulumi';
import { StatefulSet } from '@pulumi/kubernetes/apps/v1/statefulSet.js';
import { ConfigMap } from '@pulumi/kubernetes/core/v1/configMap.js';
import { Service } from '@pulumi/kubernetes/core/v1/service.js';
import { ServiceAccount } from '@pulumi/kubernetes/core/v1/serviceAccount.js';
import type { types } from '@pulumi/kubernetes';
import { serviceHost, serviceNames } from '../jaeger/endpoints.ts';
import { elasticsearchImage, elasticsearchVersion, type ImageSource } from '../jaeger/images.ts';
import {
  elasticsearchContainer,
  elasticsearchFiles,
  elasticsearchHttpPort,
  elasticsearchUserId,
  filesChecksum,
} from '../jaeger/elasticsearchFiles.ts';
import { componentLabels, selectorLabels } from '../kubernetes/labels.ts';
import { podTemplate } from '../kubernetes/podTemplate.ts';
import { containerPorts, servicePorts } from '../kubernetes/ports.ts';
import { elasticsearchProbes } from '../jaeger/probes.ts';
import { resourceRequirements } from '../kubernetes/resources.ts';
import { serviceAnnotations } from '../kubernetes/annotations.ts';
import type { StackConfig } from '../schema/stackConfigSchema.ts';

/** Arguments of {@link ElasticsearchNode}. */
export interface ElasticsearchNodeArgs {
  /** Namespace that its objects are made in. */
  readonly namespace: pulumi.Input<string>;
  /** The namespace's name as a plain text: it is part of the address. */
  readonly namespaceName: string;
  /** Images that its containers run. */
  readonly images: ImageSource;
  /** The stack's configuration of the node. */
  readonly storage: Extract<StackConfig['storage'], { readonly kind: 'embedded' }>;
  /** Whether Pulumi refuses to delete the node. */
  readonly deletionProtection: boolean;
  /** PriorityClass of its pods. @defaultValue the cluster's default */
  readonly priorityClassName?: pulumi.Input<string> | undefined;
}

/**
 * A single Elasticsearch node with a volume: its data outlive its pod, but there is no second copy, and it asks nobody for a
 * password.
 *
 * @example
 * ```ts
 * const images = { jaegerVersion: '1.50.0' };
 * const amounts = { cpuMillicores: 500, memoryMebibytes: 2048 };
 * const { url } = new ElasticsearchNode('elasticsearch', {
 *   namespace: 'tracing',
 *   namespaceName: 'tracing',
 *   images,
 *   storage: {
 *     kind: 'embedded',
 *     indexPrefix: 'shop',
 *     retentionDays: 7,
 *     cleanupSchedule: '55 23 * * *',
 *     heapMebibytes: 1024,
 *     volumeGibibytes: 50,
 *     resources: { requests: amounts, limits: amounts },
 *   },
 *   deletionProtection: true,
 * });
 * ```
 */
export class ElasticsearchNode extends pulumi.ComponentResource {
  /** Address of the node. */
  readonly url: string;

  constructor(name: string, args: ElasticsearchNodeArgs, options?: pulumi.ComponentResourceOptions) {
    super('tracewright:elasticsearch:Node', name, {}, options);
    const labels = componentLabels(serviceNames.elasticsearch, elasticsearchVersion);
    const metadata = { name: serviceNames.elasticsearch, namespace: args.namespace, labels };
    const files = elasticsearchFiles(args.storage.heapMebibytes);
    const account = new ServiceAccount(name, { metadata, automountServiceAccountToken: false }, { parent: this });
    const configMap = new ConfigMap(name, { metadata, data: files }, { parent: this });
    const spec = statefulSetSpec(args, labels, account.metadata.name, configMap.metadata.name, files);
    new StatefulSet(name, { metadata, spec }, { parent: this, protect: args.deletionProtection });
    new Service(
      name,
      {
        metadata: { ...metadata, annotations: serviceAnnotations },
        spec: { selector: selectorLabels(serviceNames.elasticsearch), ports: servicePorts([elasticsearchHttpPort]) },
      },
      { parent: this },
    );
    this.url = `http://${serviceHost(serviceNames.elasticsearch, args.namespaceName)}:${elasticsearchHttpPort.number}`;
    this.registerOutputs({ url: this.url });
  }
}

function statefulSetSpec(
  { storage, images, priorityClassName }: ElasticsearchNodeArgs,
  labels: Record<string, string>,
  serviceAccountName: pulumi.Input<string>,
  configMapName: pulumi.Input<string>,
  files: Readonly<Record<string, string>>,
): types.input.apps.v1.StatefulSetSpec {
  const template = podTemplate({
    name: serviceNames.elasticsearch,
    labels,
    filesChecksum: filesChecksum(files),
    priorityClassName,
    serviceAccountName,
    userId: elasticsearchUserId,
    terminationGracePeriodSeconds: 60,
    container: {
      image: elasticsearchImage(images),
      ...elasticsearchContainer(Object.keys(files)),
      ports: containerPorts([elasticsearchHttpPort]),
      resources: resourceRequirements(storage.resources),
      ...elasticsearchProbes(elasticsearchHttpPort.name),
    },
    volumes: [
      { name: 'files', configMap: { name: configMapName } },
      { name: 'config', emptyDir: { sizeLimit: '16Mi' } },
      { name: 'tmp', emptyDir: { sizeLimit: '512Mi' } },
    ],
  });
  return {
    replicas: 1,
    serviceName: serviceNames.elasticsearch,
    selector: { matchLabels: selectorLabels(serviceNames.elasticsearch) },
    template,
    volumeClaimTemplates: [dataVolumeClaim(storage)],
  };
}

function dataVolumeClaim({ volumeGibibytes, storageClass }: ElasticsearchNodeArgs['storage']) {
  return {
    metadata: { name: 'data' },
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: `${volumeGibibytes}Gi` } },
      ...(storageClass !== undefined && { storageClassName: storageClass }),
    },
  } satisfies types.input.core.v1.PersistentVolumeClaim;
}

import * as pulumi from '@pulumi/pulumi';
import { Deployment } from '@pulumi/kubernetes/apps/v1/deployment.js';
import { Service } from '@pulumi/kubernetes/core/v1/service.js';
import { ServiceAccount } from '@pulumi/kubernetes/core/v1/serviceAccount.js';
import type { types } from '@pulumi/kubernetes';
import {
  elasticsearchEnvironment,
  elasticsearchMounts,
  elasticsearchVolumes,
  type ElasticsearchConnection,
} from '../jaeger/elasticsearchClient.ts';
import { serviceNames } from '../jaeger/endpoints.ts';
import { jaegerImage, type ImageSource } from '../jaeger/images.ts';
import { adminPorts, queryPorts } from '../jaeger/ports.ts';
import { waitForElasticsearch } from '../jaeger/waitForElasticsearch.ts';
import { goRuntimeLimits, jaegerUserId, rollingUpdate, shortEnd } from '../jaeger/workloads.ts';
import { replicasOf, type Scale } from '../kubernetes/availability.ts';
import { componentLabels, selectorLabels } from '../kubernetes/labels.ts';
import { environmentVariables, podTemplate } from '../kubernetes/podTemplate.ts';
import { containerPorts, servicePorts } from '../kubernetes/ports.ts';
import { jaegerProbes } from '../jaeger/probes.ts';
import { scrapeAnnotations } from '../monitoring/scrapeTargets.ts';
import { resourceRequirements, type ContainerResources } from '../kubernetes/resources.ts';
import { scaledByOthers, serviceAnnotations } from '../kubernetes/annotations.ts';
import { PodAvailability } from './podAvailability.ts';
import { nameOnceReady } from './nameOnceReady.ts';

/** Arguments of {@link JaegerQuery}. */
export interface JaegerQueryArgs {
  /** Namespace that its objects are made in. */
  readonly namespace: pulumi.Input<string>;
  /** Images that its containers run. */
  readonly images: ImageSource;
  /** How many pods there are. */
  readonly scale: Scale;
  /** Whether its pods have the annotations by which many a Prometheus finds their metrics. @defaultValue false */
  readonly annotatesMetrics?: boolean | undefined;
  /** PriorityClass of its pods. @defaultValue the cluster's default */
  readonly priorityClassName?: pulumi.Input<string> | undefined;
  /** Path that UI and API lie under. @defaultValue none */
  readonly basePath?: string | undefined;
  /** What each of its containers reserves and may use at most. */
  readonly resources: ContainerResources;
  /** How it reaches the storage. */
  readonly storage: ElasticsearchConnection;
}

/**
 * Jaeger's query service: the API over HTTP and gRPC and, with an official image, the UI.
 *
 * @example
 * ```ts
 * const images = { jaegerVersion: '1.50.0' };
 * const storage = {
 *   urls: ['http://elasticsearch.tracing.svc:9200'],
 *   indexPrefix: 'shop',
 *   shards: 1,
 *   replicas: 0,
 *   retentionDays: 7,
 *   timeoutSeconds: 30,
 * };
 * const resources = {
 *   requests: { cpuMillicores: 100, memoryMebibytes: 128 },
 *   limits: { cpuMillicores: 1000, memoryMebibytes: 512 },
 * };
 * const { serviceName } = new JaegerQuery('query', { namespace: 'tracing', images, scale: { replicas: 2 }, resources, storage });
 * ```
 */
export class JaegerQuery extends pulumi.ComponentResource {
  /** Name of the Service, once every pod is ready. */
  readonly serviceName: pulumi.Output<string>;

  constructor(name: string, args: JaegerQueryArgs, options?: pulumi.ComponentResourceOptions) {
    super('tracewright:jaeger:Query', name, {}, options);
    const labels = componentLabels(serviceNames.query, args.images.jaegerVersion);
    const metadata = { name: serviceNames.query, namespace: args.namespace, labels };
    const account = new ServiceAccount(name, { metadata, automountServiceAccountToken: false }, { parent: this });
    const deployment = new Deployment(
      name,
      {
        metadata: { ...metadata, annotations: scaledByOthers },
        spec: deploymentSpec(args, labels, account.metadata.name),
      },
      { parent: this },
    );
    new PodAvailability(
      name,
      {
        namespace: args.namespace,
        deploymentName: serviceNames.query,
        jaegerVersion: args.images.jaegerVersion,
        scale: args.scale,
      },
      { parent: this },
    );
    const service = new Service(
      name,
      {
        metadata: { ...metadata, annotations: serviceAnnotations },
        spec: { selector: selectorLabels(serviceNames.query), ports: servicePorts(Object.values(queryPorts)) },
      },
      { parent: this },
    );
    this.serviceName = nameOnceReady(service, deployment);
    this.registerOutputs({ serviceName: this.serviceName });
  }
}

function deploymentSpec(
  args: JaegerQueryArgs,
  labels: Record<string, string>,
  serviceAccountName: pulumi.Input<string>,
): types.input.apps.v1.DeploymentSpec {
  const { storage, resources, basePath } = args;
  return {
    ...replicasOf(args.scale),
    selector: { matchLabels: selectorLabels(serviceNames.query) },
    strategy: rollingUpdate,
    template: podTemplate({
      name: serviceNames.query,
      labels,
      serviceAccountName,
      ...(args.annotatesMetrics === true && { annotations: scrapeAnnotations('query') }),
      priorityClassName: args.priorityClassName,
      filesChecksum: args.storage.tls?.ca?.checksum,
      userId: jaegerUserId,
      ...shortEnd.pod,
      initContainers: [waitForElasticsearch({ connection: storage, images: args.images, writes: false })],
      container: {
        image: jaegerImage('query', args.images),
        env: environmentVariables({
          ...elasticsearchEnvironment(storage),
          ...goRuntimeLimits(resources),
          ...(basePath !== undefined && { QUERY_BASE_PATH: basePath }),
        }),
        ports: containerPorts([...Object.values(queryPorts), adminPorts.query]),
        resources: resourceRequirements(resources),
        ...jaegerProbes(adminPorts.query.name),
        ...shortEnd.container,
        volumeMounts: elasticsearchMounts(storage),
      },
      volumes: elasticsearchVolumes(storage),
    }),
  };
}

import * as pulumi from '@pulumi/pulumi';
import { CronJob } from '@pulumi/kubernetes/batch/v1/cronJob.js';
import { ServiceAccount } from '@pulumi/kubernetes/core/v1/serviceAccount.js';
import type { types } from '@pulumi/kubernetes';
import {
  elasticsearchMounts,
  elasticsearchTlsEnvironment,
  elasticsearchVolumes,
  type ElasticsearchConnection,
} from '../jaeger/elasticsearchClient.ts';
import { serviceNames } from '../jaeger/endpoints.ts';
import { jaegerImage, type ImageSource } from '../jaeger/images.ts';
import { waitForWay } from '../jaeger/waitForWay.ts';
import { jaegerUserId } from '../jaeger/workloads.ts';
import { componentLabels } from '../kubernetes/labels.ts';
import { environmentVariables, podTemplate } from '../kubernetes/podTemplate.ts';
import { resourceRequirements, type ContainerResources } from '../kubernetes/resources.ts';

/** Arguments of {@link IndexCleaner}. */
export interface IndexCleanerArgs {
  /** Namespace that its objects are made in. */
  readonly namespace: pulumi.Input<string>;
  /** Images that its containers run. */
  readonly images: ImageSource;
  /** How it reaches the storage. */
  readonly storage: ElasticsearchConnection;
  /** When it runs: five cron fields, in UTC. */
  readonly schedule: string;
}

/**
 * Deletes the daily indices of this stack whose spans are all older than the retention, and nothing else.
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
 * const { cronJobName } = new IndexCleaner('cleaner', { namespace: 'tracing', images, storage, schedule: '55 23 * * *' });
 * ```
 */
export class IndexCleaner extends pulumi.ComponentResource {
  /** Name of the CronJob. */
  readonly cronJobName: pulumi.Output<string>;

  constructor(name: string, args: IndexCleanerArgs, options?: pulumi.ComponentResourceOptions) {
    super('tracewright:jaeger:IndexCleaner', name, {}, options);
    const labels = componentLabels(serviceNames.indexCleaner, args.images.jaegerVersion);
    const metadata = { name: serviceNames.indexCleaner, namespace: args.namespace, labels };
    const account = new ServiceAccount(name, { metadata, automountServiceAccountToken: false }, { parent: this });
    const template = cleanerPod(args, labels, account.metadata.name);
    const cronJob = new CronJob(
      name,
      { metadata, spec: cronJobSpec(args.schedule, labels, template) },
      { parent: this },
    );
    this.cronJobName = cronJob.metadata.name;
    this.registerOutputs({ cronJobName: this.cronJobName });
  }
}

/** A listing and a few deletions: seconds of work, and a list of some thousand names at most. */
const cleanerResources: ContainerResources = {
  requests: { cpuMillicores: 50, memoryMebibytes: 64 },
  limits: { cpuMillicores: 500, memoryMebibytes: 128 },
};

function cronJobSpec(
  schedule: string,
  labels: Record<string, string>,
  template: types.input.core.v1.PodTemplateSpec,
): types.input.batch.v1.CronJobSpec {
  return {
    schedule,
    timeZone: 'Etc/UTC',
    concurrencyPolicy: 'Forbid',
    // A controller that was away for less than an hour runs it all the same.
    startingDeadlineSeconds: 3600,
    successfulJobsHistoryLimit: 1,
    failedJobsHistoryLimit: 1,
    jobTemplate: { metadata: { labels }, spec: { backoffLimit: 3, activeDeadlineSeconds: 600, template } },
  };
}

function cleanerPod(
  { images, storage }: IndexCleanerArgs,
  labels: Record<string, string>,
  serviceAccountName: pulumi.Input<string>,
): types.input.core.v1.PodTemplateSpec {
  const urls = storage.urls.slice(0, 1);
  return podTemplate({
    name: serviceNames.indexCleaner,
    labels,
    serviceAccountName,
    userId: jaegerUserId,
    restartPolicy: 'Never',
    terminationGracePeriodSeconds: 10,
    // The cleaner asks once, and each further try is a new pod.
    initContainers: urls.map((url) => waitForWay(url, images)),
    container: {
      image: jaegerImage('es-index-cleaner', images),
      // Jaeger counts calendar days, today among them: for a span to be found for N whole days, N + 1 are kept.
      args: [String(storage.retentionDays + 1), ...urls],
      env: cleanerEnvironment(storage),
      resources: resourceRequirements(cleanerResources),
      volumeMounts: elasticsearchMounts(storage),
    },
    volumes: elasticsearchVolumes(storage),
  });
}

/** Names: Jaeger 1.50 `cmd/es-index-cleaner/app/flags.go`. It takes no password file; each run reads the Secret as it is. */
function cleanerEnvironment(storage: ElasticsearchConnection): types.input.core.v1.EnvVar[] {
  const { credentials, indexPrefix } = storage;
  return [
    ...environmentVariables({
      INDEX_PREFIX: indexPrefix,
      ...elasticsearchTlsEnvironment(storage),
      ...(credentials && { ES_USERNAME: credentials.username }),
    }),
    ...(credentials
      ? [
          {
            name: 'ES_PASSWORD',
            valueFrom: { secretKeyRef: { name: credentials.secretName, key: credentials.secretKey } },
          },
        ]
      : []),
  ];
}

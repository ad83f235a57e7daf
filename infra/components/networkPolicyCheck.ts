import * as pulumi from '@pulumi/pulumi';
import { Job } from '@pulumi/kubernetes/batch/v1/job.js';
import { ServiceAccount } from '@pulumi/kubernetes/core/v1/serviceAccount.js';
import { serviceNames } from '../jaeger/endpoints.ts';
import type { ImageSource } from '../jaeger/images.ts';
import { policyCheckContainer } from '../jaeger/policyCheck.ts';
import { jaegerUserId } from '../jaeger/workloads.ts';
import { componentLabels } from '../kubernetes/labels.ts';
import { podTemplate } from '../kubernetes/podTemplate.ts';

/** Arguments of {@link NetworkPolicyCheck}. */
export interface NetworkPolicyCheckArgs {
  /** Namespace that its objects are made in. */
  readonly namespace: pulumi.Input<string>;
  /** Images that its containers run. */
  readonly images: ImageSource;
  /** Host name of collectors that run: one that a policy guards, whose ports answer. */
  readonly collectorHost: pulumi.Input<string>;
  /** PriorityClass of its pod. @defaultValue the cluster's default */
  readonly priorityClassName?: pulumi.Input<string> | undefined;
}

/**
 * Tries once whether the cluster enforces network policies, which many network plugins do not, silently: a Job that must
 * reach one port of a collector, and must not reach another. Where it does, the deployment fails and says so.
 *
 * @example
 * ```ts
 * const { jobName } = new NetworkPolicyCheck('check', {
 *   namespace: 'tracing',
 *   images: { jaegerVersion: '1.50.0' },
 *   collectorHost: 'jaeger-collector.tracing.svc',
 * });
 * ```
 */
export class NetworkPolicyCheck extends pulumi.ComponentResource {
  /** Name of the Job, once it has found that policies are enforced. */
  readonly jobName: pulumi.Output<string>;

  constructor(name: string, args: NetworkPolicyCheckArgs, options?: pulumi.ComponentResourceOptions) {
    super('tracewright:kubernetes:NetworkPolicyCheck', name, {}, options);
    const labels = componentLabels(serviceNames.policyCheck, args.images.jaegerVersion);
    const metadata = { name: serviceNames.policyCheck, namespace: args.namespace, labels };
    const account = new ServiceAccount(name, { metadata, automountServiceAccountToken: false }, { parent: this });
    const template = podTemplate({
      name: serviceNames.policyCheck,
      labels,
      serviceAccountName: account.metadata.name,
      priorityClassName: args.priorityClassName,
      userId: jaegerUserId,
      terminationGracePeriodSeconds: 5,
      restartPolicy: 'Never',
      container: policyCheckContainer(args.collectorHost, args.images),
    });
    const job = new Job(
      name,
      {
        // One that failed is tried again by the next deployment, which would otherwise only find it failed.
        metadata: { ...metadata, annotations: { 'pulumi.com/replaceUnready': 'true' } },
        spec: {
          backoffLimit: 0,
          // The script ends by itself after two minutes; images are pulled and nodes are found before that.
          activeDeadlineSeconds: 600,
          podFailurePolicy: { rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget' }] }] },
          template,
        },
      },
      { parent: this },
    );
    this.jobName = job.metadata.name;
    this.registerOutputs({ jobName: this.jobName });
  }
}

import * as pulumi from '@pulumi/pulumi';
import { HorizontalPodAutoscaler } from '@pulumi/kubernetes/autoscaling/v2/horizontalPodAutoscaler.js';
import { PodDisruptionBudget } from '@pulumi/kubernetes/policy/v1/podDisruptionBudget.js';
import { autoscalerSpec, disruptionBudgetSpec, type Scale } from '../kubernetes/availability.ts';
import { componentLabels } from '../kubernetes/labels.ts';

/** Arguments of {@link PodAvailability}. */
export interface PodAvailabilityArgs {
  /** Namespace of the Deployment. */
  readonly namespace: pulumi.Input<string>;
  /** Name of the Deployment, and of the objects that are made. */
  readonly deploymentName: string;
  /** Version of Jaeger that its objects are labelled with. */
  readonly jaegerVersion: string;
  /** How many pods there are. */
  readonly scale: Scale;
}

/**
 * What keeps enough pods of a Deployment running: a disruption budget for drains, and an autoscaler where one is wanted.
 *
 * @example
 * ```ts
 * new PodAvailability('collector', {
 *   namespace: 'tracing',
 *   deploymentName: 'jaeger-collector',
 *   jaegerVersion: '1.50.0',
 *   scale: { replicas: 3, autoscaling: { minReplicas: 3, maxReplicas: 10, cpuPercent: 70 } },
 * });
 * ```
 */
export class PodAvailability extends pulumi.ComponentResource {
  constructor(name: string, args: PodAvailabilityArgs, options?: pulumi.ComponentResourceOptions) {
    super('tracewright:kubernetes:PodAvailability', name, {}, options);
    const { deploymentName, namespace, scale } = args;
    const labels = componentLabels(deploymentName, args.jaegerVersion);
    const metadata = { name: deploymentName, namespace, labels };
    new PodDisruptionBudget(
      name,
      { metadata, spec: disruptionBudgetSpec(deploymentName, scale.minAvailable) },
      { parent: this },
    );
    if (scale.autoscaling !== undefined)
      new HorizontalPodAutoscaler(
        name,
        { metadata, spec: autoscalerSpec(deploymentName, scale.autoscaling) },
        { parent: this },
      );
    this.registerOutputs({});
  }
}

import * as pulumi from '@pulumi/pulumi';
import { ConfigMap } from '@pulumi/kubernetes/core/v1/configMap.js';
import { samplingStrategiesFile, type SamplingStrategies } from '../jaeger/samplingStrategies.ts';
import { componentLabels } from '../kubernetes/labels.ts';

/** Arguments of {@link SamplingConfiguration}. */
export interface SamplingConfigurationArgs {
  /** Namespace of the ConfigMap. */
  readonly namespace: pulumi.Input<string>;
  /** Version of Jaeger that its objects are labelled with. */
  readonly jaegerVersion: string;
  /** How services are sampled. */
  readonly strategies: SamplingStrategies;
}

/**
 * The sampling strategies as the file that collectors read, and read again when it changes.
 *
 * @example
 * ```ts
 * const { configMapName, fileName } = new SamplingConfiguration('sampling', {
 *   namespace: 'tracing',
 *   jaegerVersion: '1.50.0',
 *   strategies: {
 *     default: { type: 'probabilistic', param: 0.1, operations: [] },
 *     services: [{ service: 'shop', type: 'ratelimiting', param: 5 }],
 *   },
 * });
 * ```
 */
export class SamplingConfiguration extends pulumi.ComponentResource {
  /** Name of the ConfigMap. */
  readonly configMapName: pulumi.Output<string>;
  /** Key of the file in the ConfigMap. */
  readonly fileName: pulumi.Output<string>;

  constructor(name: string, args: SamplingConfigurationArgs, options?: pulumi.ComponentResourceOptions) {
    super('tracewright:jaeger:SamplingConfiguration', name, {}, options);
    const fileName = 'strategies.json';
    const configMap = new ConfigMap(
      name,
      {
        metadata: {
          name: 'jaeger-sampling',
          namespace: args.namespace,
          labels: componentLabels('jaeger-sampling', args.jaegerVersion),
          // A field that somebody has edited by hand belongs to another field manager: without this, an update ends in
          // a conflict of server-side apply in place of writing the strategies anew.
          annotations: { 'pulumi.com/patchForce': 'true' },
        },
        data: { [fileName]: samplingStrategiesFile(args.strategies) },
      },
      { parent: this },
    );
    this.configMapName = configMap.metadata.name;
    this.fileName = pulumi.output(fileName);
    this.registerOutputs({ configMapName: this.configMapName, fileName: this.fileName });
  }
}

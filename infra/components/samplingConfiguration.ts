import * as pulumi from '@pulumi/pulumi';
import { ConfigMap } from '@pulumi/kubernetes/core/v1/configMap.js';
import { samplingStrategiesFile, type SamplingStrategies } from '../jaeger/samplingStrategies.ts';
import { componentLabels } from '../kubernetes/labels.ts';

/** Arguments of {@link SamplingConfiguration}. */
export interface SamplingConfigurationArgs {
  readonly namespace: pulumi.Input<string>;
  readonly jaegerVersion: string;
  readonly strategies: SamplingStrategies;
}

/** The sampling strategies as the file that collectors read, and read again when it changes. */
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

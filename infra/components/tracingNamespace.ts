import * as pulumi from '@pulumi/pulumi';
import { Namespace } from '@pulumi/kubernetes/core/v1/namespace.js';

/** Arguments of {@link TracingNamespace}. */
export interface TracingNamespaceArgs {
  /** Name of the namespace. */
  readonly name: string;
}

/** The namespace of a stack. Its pods must keep to the "restricted" Pod Security Standard. */
export class TracingNamespace extends pulumi.ComponentResource {
  /** Name of the namespace, once it exists. */
  readonly namespaceName: pulumi.Output<string>;

  constructor(name: string, args: TracingNamespaceArgs, options?: pulumi.ComponentResourceOptions) {
    super('tracewright:kubernetes:TracingNamespace', name, {}, options);
    const namespace = new Namespace(
      name,
      { metadata: { name: args.name, labels: { 'app.kubernetes.io/part-of': 'tracewright', ...podSecurityLabels } } },
      { parent: this },
    );
    this.namespaceName = namespace.metadata.name;
    this.registerOutputs({ namespaceName: this.namespaceName });
  }
}

const podSecurityLabels = {
  'pod-security.kubernetes.io/enforce': 'restricted',
  'pod-security.kubernetes.io/warn': 'restricted',
  'pod-security.kubernetes.io/audit': 'restricted',
};

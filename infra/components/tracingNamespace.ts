import * as pulumi from '@pulumi/pulumi';
import { Namespace } from '@pulumi/kubernetes/core/v1/namespace.js';
import { ownPart, partOfLabel, stackLabel } from '../kubernetes/labels.ts';

/** Arguments of {@link TracingNamespace}. */
export interface TracingNamespaceArgs {
  /** Name of the namespace. */
  readonly name: string;
  /** Pod Security Standard that its pods must keep to. @defaultValue `restricted` */
  readonly podSecurity?: 'restricted' | 'privileged';
  /** Whether Pulumi refuses to delete it: with a namespace goes all that is in it. @defaultValue false */
  readonly deletionProtection?: boolean;
}

/**
 * A namespace of a stack, with the Pod Security Standard that its pods must keep to.
 *
 * @example
 * ```ts
 * const { namespaceName } = new TracingNamespace('tracing', { name: 'tracing', deletionProtection: true });
 * ```
 */
export class TracingNamespace extends pulumi.ComponentResource {
  /** Name of the namespace, once it exists. */
  readonly namespaceName: pulumi.Output<string>;

  constructor(name: string, args: TracingNamespaceArgs, options?: pulumi.ComponentResourceOptions) {
    super('tracewright:kubernetes:TracingNamespace', name, {}, options);
    const { podSecurity = 'restricted', deletionProtection = false } = args;
    const labels = {
      [partOfLabel]: ownPart,
      // `up` of another stack refuses to deploy into it.
      [stackLabel]: pulumi.getStack(),
      ...podSecurityLabels(podSecurity),
    };
    const namespace = new Namespace(
      name,
      { metadata: { name: args.name, labels } },
      { parent: this, protect: deletionProtection },
    );
    this.namespaceName = namespace.metadata.name;
    this.registerOutputs({ namespaceName: this.namespaceName });
  }
}

function podSecurityLabels(level: string): Record<string, string> {
  return {
    'pod-security.kubernetes.io/enforce': level,
    'pod-security.kubernetes.io/warn': level,
    'pod-security.kubernetes.io/audit': level,
  };
}

import * as pulumi from '@pulumi/pulumi';
import { ownPart, partOfLabel } from '../kubernetes/labels.ts';
import { PriorityClass } from '@pulumi/kubernetes/scheduling/v1/priorityClass.js';

/** Arguments of {@link TracingPriority}. */
export interface TracingPriorityArgs {
  /** Jaeger's namespace as a plain text: classes are the cluster's, and each stack has its own. */
  readonly namespaceName: string;
}

/**
 * The priority of a stack's pods: above that of pods which have none, so that they are placed before those and, among pods that
 * use more memory than they asked for, evicted after them. It takes no room from pods that run already.
 *
 * @example
 * ```ts
 * const { priorityClassName } = new TracingPriority('priority', { namespaceName: 'tracing' });
 * ```
 */
export class TracingPriority extends pulumi.ComponentResource {
  /** Name of the PriorityClass. */
  readonly priorityClassName: pulumi.Output<string>;

  constructor(name: string, args: TracingPriorityArgs, options?: pulumi.ComponentResourceOptions) {
    super('tracewright:kubernetes:TracingPriority', name, {}, options);
    const priorityClass = new PriorityClass(
      name,
      {
        metadata: { name: `tracewright-${args.namespaceName}`, labels: { [partOfLabel]: ownPart } },
        // Pods without a class have 0, the cluster's own 2000000000 and more.
        value: 1000,
        preemptionPolicy: 'Never',
        description: 'Tracing: placed before pods without a priority; displaces none.',
      },
      { parent: this },
    );
    this.priorityClassName = priorityClass.metadata.name;
    this.registerOutputs({ priorityClassName: this.priorityClassName });
  }
}

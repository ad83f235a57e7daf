import * as pulumi from '@pulumi/pulumi';
// The contract itself: a type, so that nothing of the runtime is loaded here.
import type { TracingStackOutputs } from '@tracewright/runtime';

/** The outputs of a tracing stack that another program has deployed, each with its type. */
export class TracingReference {
  readonly #stack: pulumi.StackReference;

  /** @param stackName - The stack with its organization and project, such as `organization/tracewright/dev`. */
  constructor(stackName: string) {
    this.#stack = new pulumi.StackReference(stackName);
  }

  /** One of the outputs; the deployment fails where the stack has none of that name. */
  output<Key extends keyof TracingStackOutputs>(key: Key): pulumi.Output<TracingStackOutputs[Key]> {
    // Pulumi knows another stack's outputs by name only.
    return this.#stack.requireOutput(key) as pulumi.Output<TracingStackOutputs[Key]>;
  }
}

import type * as pulumi from '@pulumi/pulumi';
import type { TracingStackOutputs } from '../runtime/src/tracing/stackOutputs.ts';
import { TracingStack } from './components/tracingStack.ts';
import { readStackConfig } from './config.ts';

/**
 * The Pulumi program: configuration in, Jaeger out.
 *
 * @returns The stack's outputs, each key of {@link TracingStackOutputs} as one of them.
 */
export function deployTracing(): pulumi.Output<TracingStackOutputs> {
  return new TracingStack('tracing', readStackConfig()).endpoints;
}

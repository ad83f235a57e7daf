import * as pulumi from '@pulumi/pulumi';
import type { Service } from '@pulumi/kubernetes/core/v1/service.js';

/** The name of a Service, known once all pods of the workload behind it are ready. */
export function nameOnceReady(service: Service, workload: pulumi.Resource): pulumi.Output<string> {
  return pulumi.all([service.metadata.name, workload.urn]).apply(([name]) => name);
}

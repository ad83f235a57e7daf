import * as pulumi from '@pulumi/pulumi';
import { Namespace } from '@pulumi/kubernetes/core/v1/namespace.js';
import { Greeter } from './greeter.ts';
import { TracingReference } from './tracingReference.ts';

const config = new pulumi.Config();
const tracing = new TracingReference(config.require('tracingStack'));
const serviceName = config.require('serviceName');

const namespace = new Namespace('greeter', {
  metadata: {
    name: config.require('namespace'),
    labels: {
      'pod-security.kubernetes.io/enforce': 'restricted',
      // Jaeger's network policies take spans from namespaces that carry its own namespace's name.
      'tracewright.dev/traces-to': tracing.output('namespace'),
    },
  },
});
const greeter = new Greeter('greeter', {
  namespace: namespace.metadata.name,
  serviceName,
  image: config.require('image'),
  environment: tracing.output('environment'),
});

/** Address of the application inside the cluster. */
export const url = greeter.url;

/** Where its traces are read, inside the cluster. */
export const traces = tracing
  .output('query')
  .apply((query) => `${query.url}/api/traces?service=${encodeURIComponent(serviceName)}`);

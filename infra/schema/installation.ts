import { text } from './fields.ts';

/** Jaeger's version where none is given. */
export const defaultJaegerVersion = '1.50.0';

/** Jaeger's namespace where none is given. */
export const defaultNamespace = 'tracing';

/** Letters of a namespace at most: an RFC 1123 label. */
export const longestNamespace = 63;

/** A Kubernetes namespace: an RFC 1123 label. */
export const namespaceName = {
  pattern: /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
  allowed: 'a Kubernetes namespace: 1 to 63 lower-case letters, digits and "-", with none of "-" at either end',
};

/** What is installed, and where. */
export function installation() {
  return {
    namespace: text({ ...namespaceName, description: 'Namespace that is created for Jaeger.' }).default(
      defaultNamespace,
    ),
    // 1.50 is the first image that does not run as root, 1.62 the last release with an agent (jaeger #6081).
    jaegerVersion: text({
      pattern: /^1\.(5\d|6[0-2])\.\d+$/,
      allowed: 'a Jaeger version from 1.50.0 to 1.62.x, in quotes and with all three numbers (tested: "1.50.0")',
      description: "Tag of Jaeger's images.",
    }).default(defaultJaegerVersion),
    imageRegistry: text({
      pattern: /^[a-z0-9][a-z0-9.-]*(:\d{1,5})?(\/[a-z0-9._-]+)*$/,
      allowed: 'a registry, with a path if need be, like registry.example/mirror',
      description: 'A mirror that images are pulled from. Left out: the registry that the cluster takes by default.',
    }).optional(),
  };
}

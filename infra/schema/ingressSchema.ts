import * as z from 'zod';
import { mapping, text } from './fields.ts';
import { kubernetesName } from './storageFields.ts';

/** How the query service's UI is reached from outside the cluster. */
export const ingressSchema = mapping(
  {
    host: text({
      pattern: /^(?=.{1,253}$)(?!.*\.\d+$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/,
      allowed: 'a host name in lower case, like tracing.example.com',
      description: 'Host name of the UI.',
    }),
    className: text({
      ...kubernetesName,
      description: "IngressClass. Left out: the cluster's default.",
    }).optional(),
    tlsSecretName: text({
      ...kubernetesName,
      description: "Secret with the host's certificate, in Jaeger's namespace. Required in staging and prod.",
    }).optional(),
    annotations: z
      .record(
        text({
          pattern: /^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/,
          allowed: 'the key of an annotation',
          description: 'Key of an annotation.',
        }),
        z.string({ error: 'must be a text; put numbers and booleans in quotes' }),
        { error: 'must be a mapping of texts' },
      )
      .default({})
      .describe("Annotations for the Ingress controller, such as those of its authentication: Jaeger's UI has none."),
  },
  'An Ingress for the UI. Left out: the UI is reached from inside the cluster only.',
);

import * as z from 'zod';
import { environments, type Environment } from './environments.ts';
import { accessSchema } from './accessSchema.ts';
import { mapping, text } from './fields.ts';
import { ingressSchema } from './ingressSchema.ts';
import { installation, namespaceName } from './installation.ts';
import { profileNames, type Profile } from './profiles.ts';
import { monitoringSchema } from './monitoringSchema.ts';
import { networkSchema } from './networkSchema.ts';
import { samplingSchema } from './samplingSchema.ts';
import type { StackDefaults } from './stackDefaults.ts';
import { kubernetesName } from './storageFields.ts';
import { storageSchema } from './storageSchema.ts';
import { streaming } from './streamingSchema.ts';
import { workloads } from './workloadsSchema.ts';

/**
 * Every key of the configuration. Documentation is generated from it.
 *
 * @param environment - What the stack is for.
 * @param profile - Sizes of the containers.
 * @param defaults - What a key that is left out becomes.
 */
export function stackConfigSchema(environment: Environment, profile: Profile, defaults: StackDefaults) {
  return mapping(
    {
      environment: z
        .enum(environments, { error: 'must be "dev", "staging" or "prod"' })
        .default(environment)
        .describe(
          "What the stack is for; it decides the defaults. Left out: the stack's name, where it is one of them.",
        ),
      profile: z
        .enum(profileNames, { error: 'must be "small", "medium" or "large"' })
        .default(profile)
        .describe('Sizes of the containers and of the queue; single ones can be set beside it.'),
      ...installation(),
      ...workloads(defaults),
      ...streaming(defaults),
      // Where an environment does not take the embedded node unasked, crossChecks.ts says so.
      storage: storageSchema(defaults).prefault({ kind: 'embedded' }),
      sampling: samplingSchema(defaults.environment.sampleRatio).prefault({}),
      elasticsearchPassword: z
        .strictObject(
          { secure: z.string() },
          { error: 'must be a secret: pulumi config set --secret tracewright:elasticsearchPassword' },
        )
        .optional()
        .describe(
          'Password of the external Elasticsearch: a Pulumi secret. Changed, it is read again without a restart.',
        ),
      ingress: ingressSchema.optional(),
      applicationNamespaces: z
        .array(text({ ...namespaceName, description: 'A namespace that exists already.' }), {
          error: 'must be a list of namespaces',
        })
        .readonly()
        .default([])
        .describe(
          'Namespaces that may send spans, and get a ConfigMap "tracewright-environment" which applications take with envFrom. ' +
            'They must exist. A namespace with the label "tracewright.dev/traces-to: <namespace of Jaeger>" may send spans too.',
        ),
      network: networkSchema,
      monitoring: monitoringSchema,
      access: accessSchema,
      priorityClassName: text({
        ...kubernetesName,
        description:
          'PriorityClass of the pods. Left out: one is made that is above the default (0) and takes no room from running pods.',
      }).optional(),
      deletionProtection: z
        .boolean({ error: 'must be true or false' })
        .default(defaults.environment.deletionProtection)
        .describe('Whether Pulumi refuses to delete the namespace and what holds data in it.'),
    },
    'Configuration of a Tracewright stack.',
  );
}

/** The schema of any environment: all have the same keys. */
type StackConfigSchema = ReturnType<typeof stackConfigSchema>;

/** The configuration as it is written: every key with a default may be missing. */
export type StackConfigInput = z.input<StackConfigSchema>;

type Whole = z.output<StackConfigSchema>;

/** The configuration as components use it: whole and checked. Only a stack that streams has what streaming needs. */
export type StackConfig = Omit<Whole, 'strategy' | 'streaming' | 'ingester'> & {
  readonly storage: { readonly indexPrefix: string };
} & (
    | (Pick<Whole, 'streaming' | 'ingester'> & { readonly strategy: 'streaming' })
    | { readonly strategy: 'direct'; readonly streaming?: never; readonly ingester?: never }
  );

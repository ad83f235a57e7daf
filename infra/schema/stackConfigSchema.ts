import * as z from 'zod';
import { environments, type Environment } from './environments.ts';
import { mapping, text, wholeNumber } from './fields.ts';
import { ingressSchema } from './ingressSchema.ts';
import { installation, namespaceName } from './installation.ts';
import { profileNames, type Profile } from './profiles.ts';
import { resourcesSchema } from './resourcesSchema.ts';
import { samplingSchema } from './samplingSchema.ts';
import type { StackDefaults } from './stackDefaults.ts';
import { storageSchema } from './storageSchema.ts';

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
          'Namespaces that get a ConfigMap "tracewright-environment" which applications take with envFrom. They must exist.',
        ),
      deletionProtection: z
        .boolean({ error: 'must be true or false' })
        .default(defaults.environment.deletionProtection)
        .describe('Whether Pulumi refuses to delete the namespace and what holds data in it.'),
    },
    'Configuration of a Tracewright stack.',
  );
}

function workloads({ environment, profile }: StackDefaults) {
  return {
    collector: mapping(
      {
        replicas: replicas('collector', environment.replicas.collector),
        queueSize: wholeNumber({
          min: 1,
          max: 1_000_000,
          unit: 'spans',
          description: 'Spans that wait in memory for the storage; when it is full, spans are dropped and counted.',
        }).default(profile.queueSize),
        resources: resourcesSchema(profile.collector),
      },
      'The collector, which takes spans and writes them to the storage.',
    ).prefault({}),
    query: mapping(
      {
        replicas: replicas('query service', environment.replicas.query),
        resources: resourcesSchema(profile.query),
      },
      'The query service, which serves the API and the UI.',
    ).prefault({}),
    agent: mapping(
      {
        hostPorts: z
          .boolean({ error: 'must be true or false' })
          .default(false)
          .describe(
            "Whether the agent listens on its node's address too, for applications outside pods. Pod Security forbids it " +
              'below "privileged", so that the agent gets a namespace of its own: that of Jaeger with "-agent" behind it. It ' +
              'listens on all addresses of the node, and asks nobody who they are: close 5775, 5778, 6831 and 6832 to others.',
          ),
        resources: resourcesSchema(profile.agent),
      },
      'The agent, one on each node.',
    ).prefault({}),
  };
}

function replicas(what: string, pods: number) {
  return wholeNumber({ min: 1, max: 100, unit: 'pods', description: `Pods of the ${what}.` }).default(pods);
}

/** The schema of any environment: all have the same keys. */
type StackConfigSchema = ReturnType<typeof stackConfigSchema>;

/** The configuration as it is written: every key with a default may be missing. */
export type StackConfigInput = z.input<StackConfigSchema>;

/** The configuration as components use it: whole and checked. */
export type StackConfig = z.output<StackConfigSchema> & { readonly storage: { readonly indexPrefix: string } };

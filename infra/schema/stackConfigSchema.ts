import * as z from 'zod';
import type { ContainerResources } from '../kubernetes/resources.ts';
import { mapping, text, wholeNumber } from './fields.ts';
import { resourcesSchema } from './resourcesSchema.ts';
import { samplingSchema } from './samplingSchema.ts';
import { storageSchema } from './storageSchema.ts';

/** Development sizes: a few hundred spans per second on a laptop. Jaeger's queue of 2000 spans stays well below 512 MiB. */
const collectorDefaults: ContainerResources = {
  requests: { cpuMillicores: 100, memoryMebibytes: 128 },
  limits: { cpuMillicores: 1000, memoryMebibytes: 512 },
};
const queryDefaults: ContainerResources = {
  requests: { cpuMillicores: 50, memoryMebibytes: 64 },
  limits: { cpuMillicores: 500, memoryMebibytes: 256 },
};
/** Each of the agent's three UDP queues holds up to 64 MiB. */
const agentDefaults: ContainerResources = {
  requests: { cpuMillicores: 50, memoryMebibytes: 64 },
  limits: { cpuMillicores: 500, memoryMebibytes: 256 },
};

const replicas = (what: string) =>
  wholeNumber({ min: 1, max: 100, unit: 'pods', description: `Pods of the ${what}.` }).default(2);

/** Every key of the configuration, with defaults for development. Documentation is generated from it. */
export const stackConfigSchema = mapping(
  {
    namespace: text({
      pattern: /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
      allowed: 'a Kubernetes namespace: 1 to 63 lower-case letters, digits and "-"',
      description: 'Namespace that is created for Jaeger.',
    }).default('tracing'),
    // 1.50 is the first image that does not run as root, 1.62 the last release with an agent (jaeger #6081).
    jaegerVersion: text({
      pattern: /^1\.(5\d|6[0-2])\.\d+$/,
      allowed: 'a Jaeger version from 1.50.0 to 1.62.x, in quotes and with all three numbers (tested: "1.50.0")',
      description: "Tag of Jaeger's images.",
    }).default('1.50.0'),
    imageRegistry: text({
      pattern: /^[a-z0-9][a-z0-9.-]*(:\d{1,5})?(\/[a-z0-9._-]+)*$/,
      allowed: 'a registry, with a path if need be, like registry.example/mirror',
      description: 'A mirror that images are pulled from. Left out: the registry that the cluster takes by default.',
    }).optional(),
    collector: mapping(
      {
        replicas: replicas('collector'),
        queueSize: wholeNumber({
          min: 1,
          max: 1_000_000,
          unit: 'spans',
          description: 'Spans that wait in memory for the storage; when it is full, spans are dropped and counted.',
        }).default(2000),
        resources: resourcesSchema(collectorDefaults),
      },
      'The collector, which takes spans and writes them to the storage.',
    ).prefault({}),
    query: mapping(
      { replicas: replicas('query service'), resources: resourcesSchema(queryDefaults) },
      'The query service, which serves the API and the UI.',
    ).prefault({}),
    agent: mapping({ resources: resourcesSchema(agentDefaults) }, 'The agent, one on each node.').prefault({}),
    storage: storageSchema.prefault({ kind: 'embedded' }),
    sampling: samplingSchema.prefault({}),
    elasticsearchPassword: z
      .strictObject(
        { secure: z.string() },
        { error: 'must be a secret: pulumi config set --secret tracewright:elasticsearchPassword' },
      )
      .optional()
      .describe('Password of the external Elasticsearch: a Pulumi secret.'),
  },
  'Configuration of a Tracewright stack.',
);

/** The configuration as it is written: every key with a default may be missing. */
export type StackConfigInput = z.input<typeof stackConfigSchema>;

/** The configuration as components use it: whole and checked. */
export type StackConfig = z.output<typeof stackConfigSchema> & { readonly storage: { readonly indexPrefix: string } };

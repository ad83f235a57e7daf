import * as z from 'zod';
import { mapping, text, wholeNumber } from './fields.ts';
import { pods } from './podsFields.ts';
import { resourcesSchema } from './resourcesSchema.ts';
import type { StackDefaults } from './stackDefaults.ts';

/** Settings of Jaeger's three workloads. */
export function workloads({ environment, profile }: StackDefaults) {
  return {
    collector: mapping(
      {
        ...pods('collector', environment.replicas.collector),
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
        ...pods('query service', environment.replicas.query),
        basePath: text({
          pattern: /^(\/[A-Za-z0-9._~-]+)+$/,
          allowed: 'a path like /jaeger, without a slash at its end',
          description: 'Path that UI and API lie under. Left out: none.',
        }).optional(),
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
              'below "privileged", so that the agent gets a namespace of its own: that of Jaeger with "-agent" behind it. ' +
              'It asks nobody who they are: where no network policy holds outsiders off, close 5775, 5778, 6831 and 6832 to them.',
          ),
        resources: resourcesSchema(profile.agent),
      },
      'The agent, one on each node.',
    ).prefault({}),
  };
}

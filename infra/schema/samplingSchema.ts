import * as z from 'zod';
import { mapping, wholeNumber } from './fields.ts';
import { samplingConflicts, samplingSizeProblem } from './samplingConflicts.ts';
import { operationTypeMessage, rate, share, tracedName, typeMessage } from './samplingFields.ts';

const operation = mapping(
  {
    operation: tracedName(
      "Name of the trace's first span, as it is when the span starts: instrumentation of HTTP adds the route only later.",
    ),
    type: z
      .literal('probabilistic', { error: ({ input }) => operationTypeMessage(input) })
      .describe('A share of the traces that it starts.'),
    param: share(),
  },
  'Sampling of the traces that one operation starts.',
);

function probabilistic(exceptions: string) {
  return {
    type: z.literal('probabilistic').describe('A share of all traces.'),
    param: share(),
    operations: z
      .array(operation, { error: 'must be a list of mappings with the keys operation, type and param' })
      .readonly()
      .default([])
      .describe(exceptions),
  };
}

const rateLimiting = {
  type: z
    .literal('ratelimiting')
    .describe(
      'Up to so many traces per second and process. The sampler of OpenTelemetry for JavaScript knows only shares.',
    ),
  param: rate(),
  operations: z
    .never({
      error:
        'is not allowed beside "ratelimiting": Jaeger hands out 0.001 for every other operation, and client libraries drop ' +
        'the rate; write "probabilistic", or leave the operations out',
    })
    .optional(),
};

const strategyType = { error: ({ input }: { readonly input?: unknown }) => typeMessage(input) };

const defaultStrategy = z.discriminatedUnion(
  'type',
  [
    mapping(
      probabilistic(
        'Exceptions for single operations, of the listed services too, where they do not list the same one.',
      ),
      'A share of traces.',
    ),
    mapping(rateLimiting, 'A number of traces per second.'),
  ],
  strategyType,
);

const service = { service: tracedName('Service name, letter by letter as the application reports it.') };

const serviceStrategy = z.discriminatedUnion(
  'type',
  [
    mapping(
      { ...service, ...probabilistic('Exceptions for single operations; those of the default hold beside them.') },
      'A share of the traces of a service.',
    ),
    mapping({ ...service, ...rateLimiting }, 'A number of traces of a service per second.'),
  ],
  strategyType,
);

/**
 * Sampling strategies, for Jaeger 1.50. What Jaeger or a client library would silently read as something else is refused
 * with the reason, and with what to write instead.
 *
 * @param sampleRatio - Share of traces of every service, where nothing else is said: 0 to 1.
 */
export function samplingSchema(sampleRatio: number) {
  return mapping(
    {
      reloadIntervalSeconds: wholeNumber({
        min: 1,
        max: 3600,
        unit: 'seconds',
        description:
          'How often collectors look whether the strategies have changed. The kubelet brings a change to them within about a ' +
          'minute, and client libraries ask once a minute.',
      }).default(10),
      default: defaultStrategy
        .prefault({ type: 'probabilistic', param: sampleRatio })
        .describe('Sampling of every service that is not listed.'),
      services: z
        .array(serviceStrategy, { error: 'must be a list of mappings with the keys service, type and param' })
        .readonly()
        .default([])
        .describe('Sampling of single services.'),
    },
    "Sampling strategies that Jaeger hands to the applications. In a stack's configuration, file may stand in the place of " +
      'default and services: a path from the directory of Pulumi.yaml to a YAML or JSON file, in these keys or in those of ' +
      "Jaeger's own format. A program reads such a file with readSamplingFile.",
  )
    .superRefine(
      (sampling, context) => {
        for (const conflict of samplingConflicts(sampling)) context.addIssue({ code: 'custom', ...conflict });
      },
      // What a single key is wrong in hides no conflict.
      { when: () => true },
    )
    .superRefine((sampling, context) => {
      const problem = samplingSizeProblem(sampling);
      if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
    });
}

import * as z from 'zod';
import { mapping, text, wholeNumber } from './fields.ts';

const anyName = { pattern: /^.*\S.*$/, allowed: 'a name of at least one letter' };

const share = () => {
  const error = 'must be a number from 0 to 1 (share of traces)';
  return z.number({ error }).min(0, { error }).max(1, { error }).describe('Share of traces that is sampled, 0 to 1.');
};

const operation = mapping(
  {
    operation: text({ ...anyName, description: "Name of the trace's first span." }),
    type: z.literal('probabilistic', {
      error: 'must be "probabilistic": Jaeger drops every other type on an operation without saying so',
    }),
    param: share(),
  },
  'Sampling of the traces that one operation starts.',
);

const probabilistic = {
  type: z.literal('probabilistic').describe('A share of all traces.'),
  param: share(),
  operations: namedOnce(z.array(operation), 'operation')
    .readonly()
    .default([])
    .describe('Exceptions for single operations.'),
};

const rateLimiting = {
  type: z.literal('ratelimiting').describe('Up to so many traces per second and process.'),
  param: wholeNumber({
    min: 0,
    // Jaeger holds the limit in an int32 and cuts fractions off: 0.5 would become 0, a larger number a negative one.
    max: 2_147_483_647,
    unit: 'traces per second',
    description: 'Traces per second and process.',
  }),
  operations: z
    .never({
      error: 'is not allowed beside "ratelimiting": client libraries would sample the whole service probabilistically',
    })
    .optional(),
};

const strategyType = {
  error: 'must be "probabilistic" or "ratelimiting": Jaeger turns any other type into 0.001 without saying so',
};

const defaultStrategy = z.discriminatedUnion(
  'type',
  [mapping(probabilistic, 'A share of traces.'), mapping(rateLimiting, 'A number of traces per second.')],
  strategyType,
);

const service = { service: text({ ...anyName, description: 'Service name, as the application reports it.' }) };

const serviceStrategy = z.discriminatedUnion(
  'type',
  [
    mapping({ ...service, ...probabilistic }, 'A share of the traces of a service.'),
    mapping({ ...service, ...rateLimiting }, 'A number of traces of a service per second.'),
  ],
  strategyType,
);

/**
 * Sampling strategies; the combinations that Jaeger would silently read as something else are refused with the reason.
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
        description: 'How often collectors look whether the strategies have changed.',
      }).default(10),
      default: defaultStrategy
        .prefault({ type: 'probabilistic', param: sampleRatio })
        .describe('Sampling of every service that is not listed.'),
      services: namedOnce(z.array(serviceStrategy), 'service')
        .readonly()
        .default([])
        .describe('Sampling of single services.'),
    },
    'Sampling strategies that Jaeger hands to the applications.',
  ).superRefine(({ default: fallback, services }, context) => {
    if (fallback.type === 'ratelimiting' || fallback.operations.length === 0) return;
    services.forEach(({ type }, index) => {
      if (type !== 'ratelimiting') return;
      const message =
        'must not be "ratelimiting" beside default.operations: Jaeger ignores those for a rate-limited service';
      context.addIssue({ code: 'custom', path: ['services', index, 'type'], message, input: type });
    });
  });
}

/** Of two entries with the same name Jaeger keeps the last, silently: the second is refused. */
function namedOnce<Key extends string, Entry extends Record<Key, string>>(list: z.ZodType<Entry[]>, key: Key) {
  return list.superRefine((entries, context) => {
    const seen = new Set<string>();
    entries.forEach((entry, index) => {
      const name: string = entry[key];
      if (seen.has(name)) {
        context.addIssue({
          code: 'custom',
          path: [index, key],
          message: 'is listed twice: Jaeger would keep only the last',
          input: name,
        });
      }
      seen.add(name);
    });
  });
}

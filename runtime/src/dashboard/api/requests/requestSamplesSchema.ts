import { z } from '@hono/zod-openapi';
import { durationMillis, requestTrace } from './requestSchema.ts';
import { wallMillisSchema } from '../instanceSchema.ts';

/** Of one operation, or of all. */
export const requestSamplesQuery = z.strictObject({
  operation: z.string().min(1).max(500).optional(),
  /** How many of the slowest. */
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

const sampled = z.object({
  id: z.string(),
  operation: z.string(),
  state: z.enum(['completed', 'failed']),
  durationMillis,
  startedMillis: wallMillisSchema,
  ...requestTrace,
});

function samples<Request extends z.ZodType>(request: Request) {
  return z.object({
    /** Of this hour and the last, the slowest first. They outlive the requests that are kept. */
    slowest: z.array(request),
    /** Some of each band of durations, of this hour and the last; those whose traces are recorded before others. */
    bands: z.array(
      z.object({
        /** Longer than this. */
        aboveMillis: durationMillis,
        /** This long at most; not there for the last band. */
        upToMillis: durationMillis.optional(),
        requests: z.array(request),
      }),
    ),
  });
}

/** One instance's samples; nothing where it does not track requests. */
export const requestSamplesPart = z.object({ samples: samples(sampled).optional() });

/** The samples of all instances. */
export const requestSamplesResult = samples(sampled.extend({ instance: z.string() })).extend({
  /** Instances that do not track requests. */
  off: z.array(z.string()),
});

export type RequestSamplesPart = z.infer<typeof requestSamplesPart>;
export type RequestSamplesResult = z.infer<typeof requestSamplesResult>;
export type SampledRow = RequestSamplesResult['slowest'][number];

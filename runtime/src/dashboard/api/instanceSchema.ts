import { z } from '@hono/zod-openapi';

/** Milliseconds since 1970. */
export const wallMillisSchema = z.number();

/** One replica, as `Instance` describes it. */
export const instanceSchema = z
  .object({
    id: z.string(),
    service: z.string(),
    version: z.string().optional(),
    environment: z.string().optional(),
    hostName: z.string(),
    pid: z.int().nonnegative(),
    sinceMillis: wallMillisSchema,
  })
  .openapi('Instance', { description: 'One replica of the application; `sinceMillis` says since when it counts.' });

/** Whether an instance answered when its part was asked for. */
export const instanceAnswerSchema = z
  .object({
    /** Where its part came from: the address of a peer, or `self`. */
    address: z.string(),
    /** Not there where the instance has never answered, and where it has the ID of another. */
    instance: instanceSchema.optional(),
    /** Why its numbers are not among the results. */
    problem: z.string().optional(),
  })
  .openapi('InstanceAnswer');

export type InstanceAnswer = z.infer<typeof instanceAnswerSchema>;

/** What every view's answer has around it. */
export function answerSchema<Result extends z.ZodType>(result: Result) {
  return z.object({
    asOfMillis: wallMillisSchema,
    instances: z.array(instanceAnswerSchema),
    result,
  });
}

/** What every view's answer has around it. */
export interface Answer<Result> {
  readonly asOfMillis: number;
  readonly instances: readonly InstanceAnswer[];
  readonly result: Result;
}

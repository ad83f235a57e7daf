import { z } from '@hono/zod-openapi';

const LONGEST = 4096;

const label = z.union([z.string(), z.number(), z.boolean(), z.array(z.union([z.string(), z.number(), z.boolean()]))]);

/** Labels that series have to have, as a JSON object: `{"state":"used"}`. */
export const labelsText = z
  .string()
  .max(LONGEST)
  .default('{}')
  .transform((text, context): Record<string, z.infer<typeof label>> => {
    try {
      return z.record(z.string(), label).parse(JSON.parse(text));
    } catch {
      context.addIssue({ code: 'custom', message: 'has to be a JSON object of labels, such as {"state":"used"}' });
      return z.NEVER;
    }
  })
  .openapi({ type: 'string', description: 'Labels that series have to have, as a JSON object.' });

/** What tells series of a metric apart. */
export const labelsSchema = z.record(z.string(), label);

/** What tells series of a metric apart. */
export type Labels = z.infer<typeof labelsSchema>;

import { z } from '@hono/zod-openapi';

/** Where on the page something is shown: the parts of the path, and what is asked. */
export const viewLink = z.object({ path: z.array(z.string()).min(1), query: z.record(z.string(), z.string()) });

export type ViewLink = z.infer<typeof viewLink>;

import { z } from '@hono/zod-openapi';

/** A number of things. */
export const count = z.int().nonnegative();

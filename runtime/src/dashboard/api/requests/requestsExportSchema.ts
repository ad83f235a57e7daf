import { z } from '@hono/zod-openapi';
import { requestFilterQuery } from './requestsSchema.ts';

const { id: _id, instance: _instance, ...filter } = requestFilterQuery;

/** Which finished requests of one instance are downloaded, and how; in the order of their ends. */
export const requestsExportQuery = z.strictObject({
  format: z.enum(['csv', 'ndjson', 'json']).default('csv'),
  ...filter,
});

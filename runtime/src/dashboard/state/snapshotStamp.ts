import { z } from '@hono/zod-openapi';
import { releasesSchema } from './savedGroupSchema.ts';

/** What a snapshot file is known by. */
export const SNAPSHOT_FORMAT = 'tracewright error groups';

/** The first line of a snapshot file: what it is, and who wrote it when. */
export const snapshotStampSchema = z.object({
  format: z.literal(SNAPSHOT_FORMAT),
  version: z.literal(1),
  savedMillis: z.number(),
  /** The process that wrote it, and since when that runs. */
  writer: z.object({ id: z.string().max(2000), pid: z.int(), sinceMillis: z.number() }),
  releases: releasesSchema,
});

export type SnapshotStamp = z.infer<typeof snapshotStampSchema>;

/** A process that writes snapshots. */
export type SnapshotWriter = SnapshotStamp['writer'];

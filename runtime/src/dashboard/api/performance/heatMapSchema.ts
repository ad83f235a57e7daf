import { z } from '@hono/zod-openapi';
import { count } from '../countSchema.ts';
import { instanceText } from './askedInstance.ts';
import { labelsText } from './labelsSchema.ts';
import { wholeNumberText } from './seriesSchema.ts';
import { timeRangeShape } from './timeRange.ts';

/** The histogram of what requests took, which the request tracker shows. */
const REQUESTS_DURATION = 'tracewright.requests.duration';

/** Its labels. */
export const REQUEST_LABELS = {
  operation: 'tracewright.request.operation',
  state: 'tracewright.request.state',
} as const;

/** Which heat map is asked for. */
export const heatMapQuery = z.strictObject({
  metric: z.string().min(1).max(255).default(REQUESTS_DURATION).openapi({ description: 'Name of a histogram.' }),
  labels: labelsText,
  columns: wholeNumberText(5, 120, 60),
  instance: instanceText,
  ...timeRangeShape,
});

/** One instance's counts. */
export const heatMapPart = z.discriminatedUnion('isOn', [
  z.object({ isOn: z.literal(false) }),
  z.object({
    isOn: z.literal(true),
    fromMillis: z.number(),
    toMillis: z.number(),
    /** Width of a column, in milliseconds; columns begin at multiples of it since 1970. */
    stepMillis: z.number(),
    /** How exact times are, in milliseconds: how far apart readings are. */
    spacingMillis: z.number(),
    unit: z.string(),
    /** Whether there is such a histogram. */
    isKnown: z.boolean(),
    seriesCount: count,
    /** Series, the least busy ones, that are not in it: there are too many. */
    leftOutCount: count,
    /** Columns of which something was read, by their beginnings. */
    read: z.array(z.number()),
    /** Beginning of the column, index of the band (`BAND_LIMITS`), how many there were, how many of them failed. */
    cells: z.array(z.tuple([z.number(), z.int(), count, count])),
  }),
]);

/** The counts of all instances. */
export const heatMapResult = z.object({
  isOn: z.boolean(),
  isKnown: z.boolean(),
  unit: z.string(),
  stepMillis: z.number(),
  spacingMillis: z.number(),
  seriesCount: count,
  leftOutCount: count,
  /** In the order of time, without holes; `isRead` says whether anything is known of it. */
  columns: z.array(
    z.object({ fromMillis: z.number(), toMillis: z.number(), isRead: z.boolean(), count, failed: count }),
  ),
  /** The lowest first, those between the lowest and the highest with a count; the last one has no end. */
  bands: z.array(z.object({ above: z.number(), upTo: z.number().optional(), count })),
  /** Those that are not empty: indices of column and band. */
  cells: z.array(z.object({ column: count, band: count, count, failed: count })),
});

export type HeatMapAsked = z.output<typeof heatMapQuery>;
export type HeatMapPart = z.infer<typeof heatMapPart>;
export type HeatMapResult = z.infer<typeof heatMapResult>;

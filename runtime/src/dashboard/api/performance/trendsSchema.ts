import { z } from '@hono/zod-openapi';
import { count } from '../countSchema.ts';
import { instanceText } from './askedInstance.ts';
import { labelsSchema, labelsText } from './labelsSchema.ts';
import { LINE_STATISTICS, metricNamesText } from './seriesSchema.ts';
import { timeRangeShape } from './timeRange.ts';

/** Of which series trends are asked for. */
export const trendsQuery = z.strictObject({
  metric: metricNamesText.optional().openapi({
    description: 'One to four names of metrics; what has a limit, and what thresholds look at, if left out.',
  }),
  labels: labelsText,
  statistic: z.enum(LINE_STATISTICS).optional(),
  instance: instanceText,
  ...timeRangeShape,
});

const notEnough = z.object({ verdict: z.literal('not enough data'), needed: count, given: count });

const trend = z.discriminatedUnion('verdict', [
  z.object({
    verdict: z.enum(['rising', 'falling', 'no trend']),
    /** How likely values without a trend are at least as much in order, from 0 to 1 (Mann-Kendall). */
    pValue: z.number(),
    /** By how much it changes each second (Theil-Sen), and the interval that holds it with 95 %. */
    perSecond: z.number(),
    lowPerSecond: z.number(),
    highPerSecond: z.number(),
    /** Where the line is at the last point. */
    lastLevel: z.number(),
  }),
  notEnough,
]);

const forecast = z.discriminatedUnion('verdict', [
  z.object({
    verdict: z.literal('reaches'),
    /** From the last point on, in milliseconds. */
    inMillis: z.number(),
    earliestInMillis: z.number(),
    latestInMillis: z.number().optional(),
    words: z.string(),
  }),
  z.object({ verdict: z.enum(['reached', 'never']), words: z.string() }),
  notEnough.extend({ words: z.string() }),
]);

const trendRow = z.object({
  metric: z.string(),
  unit: z.string(),
  kind: z.enum(['counter', 'upDownCounter', 'gauge', 'histogram']),
  labels: labelsSchema,
  statistic: z.enum(LINE_STATISTICS),
  /** How many values it is told of. */
  points: count,
  /** From the first of them to the last, in milliseconds. */
  spanMillis: z.number(),
  trend,
  /** What must not be reached, and who says so. */
  limit: z.object({ value: z.number(), side: z.enum(['ceiling', 'floor']), meaning: z.string() }).optional(),
  forecast: forecast.optional(),
  /** When it moved to another level, the latest last; asked only where there is no trend. At most 5. */
  changes: z.array(z.object({ atMillis: z.number(), before: z.number(), after: z.number() })),
});

/** One instance's trends. */
export const trendsPart = z.discriminatedUnion('isOn', [
  z.object({ isOn: z.literal(false) }),
  z.object({ isOn: z.literal(true), rows: z.array(trendRow) }),
]);

/** The trends of all instances: what is reached first, then what will be, the soonest first. */
export const trendsResult = z.object({
  isOn: z.boolean(),
  rows: z.array(trendRow.extend({ instance: z.string() })),
});

export type TrendsAsked = z.output<typeof trendsQuery>;
export type TrendsPart = z.infer<typeof trendsPart>;
export type TrendsResult = z.infer<typeof trendsResult>;
export type TrendRow = TrendsResult['rows'][number];
export type OwnTrendRow = z.infer<typeof trendRow>;

import { z } from '@hono/zod-openapi';
import { count } from '../countSchema.ts';
import { instanceText } from './askedInstance.ts';
import { labelsSchema, labelsText } from './labelsSchema.ts';
import { timeRangeShape } from './timeRange.ts';

/** What of a point is shown. */
export const LINE_STATISTICS = ['mean', 'min', 'max', 'p50', 'p90', 'p95', 'p99', 'rate'] as const;

/** A whole number in a text, within a range. */
export function wholeNumberText(least: number, most: number, usual: number) {
  return z
    .string()
    .regex(/^\d{1,6}$/, `has to be a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((number) => number >= least && number <= most, `has to be from ${least} to ${most}`)
    .default(usual)
    .openapi({ type: 'string', description: `A whole number from ${least} to ${most}.` });
}

/** Names of metrics, one or several with commas between: OpenTelemetry's have none in them. */
export const metricNamesText = z
  .string()
  .min(1)
  .max(1100)
  .transform((text) => [...new Set(text.split(',').filter((name) => name !== ''))])
  .refine((names) => names.length >= 1 && names.length <= 4, 'has to be one to four names of metrics')
  .openapi({ type: 'string', description: 'One to four names of metrics, with commas between.' });

/** Which lines are asked for. */
export const seriesQuery = z.strictObject({
  metric: metricNamesText,
  labels: labelsText,
  statistic: z.enum(LINE_STATISTICS).optional().openapi({
    description:
      'What of each point is shown: `rate` of counters, `p95` of histograms and `mean` of others if left out.',
  }),
  points: wholeNumberText(10, 500, 240),
  lines: wholeNumberText(1, 20, 6),
  instance: instanceText,
  ...timeRangeShape,
});

const line = z.object({
  labels: labelsSchema,
  /** Milliseconds since 1970, rising. */
  times: z.array(z.number()),
  /** One for each time; `null` where nothing is known from the time before up to the next. */
  values: z.array(z.number().nullable()),
  /** The smallest and the largest that each value stands for; left out where it stands for itself alone. */
  lows: z.array(z.number().nullable()).optional(),
  highs: z.array(z.number().nullable()).optional(),
});

const gap = z.object({
  fromMillis: z.number(),
  toMillis: z.number(),
  /** What was asked in vain, and why: `disk space`, `took longer than 10 s`. */
  source: z.string(),
  reason: z.string(),
  labels: labelsSchema.optional(),
});

const metricLines = z.object({
  name: z.string(),
  kind: z.enum(['counter', 'upDownCounter', 'gauge', 'histogram']),
  unit: z.string(),
  statistic: z.enum(LINE_STATISTICS),
  /** How fine the points are kept that lines are made of. */
  resolution: z.enum(['raw', 'minute', 'hour']),
  /** Of how much time a value is, in milliseconds; 0 where each is a reading. */
  stepMillis: z.number(),
  /** How many series fit, those of which there is no line too. */
  seriesCount: count,
  /** The largest by what is known last come first. */
  lines: z.array(line),
  /** At most 50, the latest. */
  gaps: z.array(gap),
});

/** One instance's lines. */
export const seriesPart = z.discriminatedUnion('isOn', [
  z.object({ isOn: z.literal(false) }),
  z.object({
    isOn: z.literal(true),
    fromMillis: z.number(),
    toMillis: z.number(),
    metrics: z.array(metricLines),
  }),
]);

/** The lines of all instances. */
export const seriesResult = z.object({
  isOn: z.boolean(),
  fromMillis: z.number(),
  toMillis: z.number(),
  /** In the order in which they were asked for; those that nobody has are left out. */
  metrics: z.array(
    metricLines.extend({
      lines: z.array(line.extend({ instance: z.string() })),
      gaps: z.array(gap.extend({ instance: z.string() })),
    }),
  ),
});

export type SeriesAsked = z.output<typeof seriesQuery>;
export type SeriesPart = z.infer<typeof seriesPart>;
export type SeriesResult = z.infer<typeof seriesResult>;
export type MetricLines = SeriesResult['metrics'][number];
export type SeriesLine = MetricLines['lines'][number];
export type SeriesGapShown = MetricLines['gaps'][number];
export type OwnMetricLines = z.infer<typeof metricLines>;
export type OwnLine = z.infer<typeof line>;
export type OwnGap = z.infer<typeof gap>;
export type LineStatistic = (typeof LINE_STATISTICS)[number];

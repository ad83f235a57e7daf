import { z } from '@hono/zod-openapi';
import { count } from '../countSchema.ts';
import { instanceText } from './askedInstance.ts';
import { labelsSchema } from './labelsSchema.ts';

/** Where a metric comes from: the machine, the process, the application and its libraries, or this runtime. */
const METRIC_GROUPS = ['system', 'process', 'application', 'tracewright'] as const;

/** What metrics are searched by. */
export const catalogueQuery = z.strictObject({
  search: z.string().max(200).default('').openapi({
    description: 'Words that all have to be in the name, the unit, or the labels of a series, whatever their case.',
  }),
  group: z.enum(METRIC_GROUPS).optional(),
  instance: instanceText,
});

const seriesRow = z.object({
  labels: labelsSchema,
  /** Of gauges the value, of counters the increase and of histograms the measurements for each second. */
  latest: z.number().optional(),
  /** When something of it came last, in milliseconds since 1970. */
  lastMillis: z.number(),
});

const metricRow = z.object({
  name: z.string(),
  kind: z.enum(['counter', 'upDownCounter', 'gauge', 'histogram']),
  /** In UCUM: `s`, `By`, `1`; empty where there is none. */
  unit: z.string(),
  group: z.enum(METRIC_GROUPS),
  /** The library or part of the application that it comes from. */
  scope: z.string(),
  /** Names of labels, at most 20, each with some of its values, at most 20. */
  labels: z.array(z.object({ name: z.string(), values: z.array(z.string()), valueCount: count })),
  /** How many series fit. */
  seriesCount: count,
  /** The largest of them by what is known last, at most 5. */
  series: z.array(seriesRow),
});

const raisedThreshold = z.object({
  name: z.string(),
  metric: z.string(),
  labels: labelsSchema,
  unit: z.string(),
  statistic: z.string(),
  above: z.number().optional(),
  below: z.number().optional(),
  /** What the statistic was when it was raised. */
  value: z.number().optional(),
  /** What is known last of the series; of counters and histograms the rate. */
  latest: z.number().optional(),
  /** Since when it has been beyond the limit, in milliseconds since 1970. */
  beyondSinceMillis: z.number(),
  raisedMillis: z.number(),
});

const switchedOff = z.object({ isOn: z.literal(false) });

/** One instance's metrics. */
export const cataloguePart = z.discriminatedUnion('isOn', [
  switchedOff,
  z.object({
    isOn: z.literal(true),
    intervalMillis: z.number(),
    /** For how long points are kept, one by one, by the minute and by the hour. */
    keptMillis: z.object({ raw: z.number(), minutes: z.number(), hours: z.number() }),
    thresholdCount: count,
    raised: z.array(raisedThreshold),
    /** How many metrics fit. */
    total: count,
    /** At most 300. */
    metrics: z.array(metricRow),
  }),
]);

/** The metrics of all instances. */
export const catalogueResult = z.object({
  /** Whether any instance of those that are asked for watches performance. */
  isOn: z.boolean(),
  /** Of the instance that reads the least often. */
  intervalMillis: z.number(),
  keptMillis: z.object({ raw: z.number(), minutes: z.number(), hours: z.number() }),
  thresholdCount: count,
  raised: z.array(raisedThreshold.extend({ instance: z.string() })),
  /** How many metrics fit; at least, where an instance has more than it names. */
  total: count,
  metrics: z.array(metricRow.extend({ series: z.array(seriesRow.extend({ instance: z.string() })) })),
});

export type CatalogueQuery = z.output<typeof catalogueQuery>;
export type CataloguePart = z.infer<typeof cataloguePart>;
export type CatalogueResult = z.infer<typeof catalogueResult>;
export type MetricGroup = (typeof METRIC_GROUPS)[number];
export type MetricRow = CatalogueResult['metrics'][number];
export type OwnMetricRow = z.infer<typeof metricRow>;
export type RaisedThreshold = CatalogueResult['raised'][number];
export type OwnRaisedThreshold = z.infer<typeof raisedThreshold>;

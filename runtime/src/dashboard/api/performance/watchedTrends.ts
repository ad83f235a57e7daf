import type { PerformanceMonitor } from '../../../performance/performanceMonitor.ts';
import type { Threshold } from '../../../performance/thresholds/threshold.ts';
import type { Labels } from './labelsSchema.ts';
import { labelsOf } from './labelsOf.ts';
import type { LineStatistic } from './seriesSchema.ts';
import type { OwnTrendRow } from './trendsSchema.ts';

/** Series whose trends are told of, and what they must not reach. */
export interface WatchedTrend {
  readonly metric: string;
  readonly labels: Labels;
  readonly statistic: LineStatistic | undefined;
  readonly limit: OwnTrendRow['limit'];
}

interface UsualTrend {
  readonly metric: string;
  readonly labels?: Labels;
  readonly meaning: string;
  /** A number, or a metric that says it. */
  readonly limit: number | string;
}

/** What fills up. */
const FILLING: readonly UsualTrend[] = [
  { metric: 'system.filesystem.utilization', limit: 1, meaning: 'disk full' },
  {
    metric: 'container.memory.working_set',
    limit: 'tracewright.container.memory.limit',
    meaning: 'container out of memory',
  },
  { metric: 'tracewright.v8js.heap.used', limit: 'tracewright.v8js.heap.limit', meaning: 'heap out of memory' },
  {
    metric: 'system.memory.utilization',
    labels: { 'system.memory.state': 'used' },
    limit: 1,
    meaning: 'memory full',
  },
  { metric: 'system.paging.utilization', labels: { 'system.paging.state': 'used' }, limit: 1, meaning: 'swap full' },
];

/** What leaks by growing, and has no limit. */
const GROWING = ['process.memory.usage', 'v8js.resource.active', 'nodejs.eventloop.delay.p99'];

/** At most so many thresholds are among them. */
const MOST_THRESHOLDS = 20;

/** What fills up, what leaks, and what thresholds look at. */
export function watchedTrends({
  series,
  config,
}: Pick<PerformanceMonitor, 'series' | 'config'>): readonly WatchedTrend[] {
  const limitOf = (limit: number | string): number | undefined =>
    typeof limit === 'number' ? limit : series.kept(limit)[0]?.latest;
  return [
    ...FILLING.map(({ metric, labels = {}, limit, meaning }) => {
      const value = limitOf(limit);
      return { metric, labels, statistic: undefined, limit: value === undefined ? undefined : ceiling(value, meaning) };
    }),
    ...config.thresholds.slice(0, MOST_THRESHOLDS).map(ofThreshold),
    ...GROWING.map((metric) => ({ metric, labels: {}, statistic: undefined, limit: undefined })),
  ];
}

function ofThreshold({ name, metric, attributes = {}, statistic, above, below }: Threshold): WatchedTrend {
  const meaning = `threshold ${name}`;
  const limit = above === undefined ? { value: below ?? 0, side: 'floor' as const, meaning } : ceiling(above, meaning);
  return { metric, labels: labelsOf(attributes), statistic, limit };
}

function ceiling(value: number, meaning: string) {
  return { value, side: 'ceiling' as const, meaning };
}

import type {
  HistogramMetric,
  HistogramPoint,
  MetricSnapshot,
  NumberMetric,
} from '../../performance/metrics/metricSnapshot.ts';
import { exemplarText } from './exemplarText.ts';
import { boundaryText, numberText } from './numberText.ts';

/** How the points of a metric are written. */
export interface PointTextsOptions {
  /** Of the family. */
  readonly name: string;
  /** Labels that all series have; perhaps empty. */
  readonly scopeLabels: string;
  /** Whether the format is OpenMetrics. */
  readonly isOpenMetrics: boolean;
}

/** The samples of one series, by its place in the metric and its labels; `undefined` where it cannot be shown. */
export type PointText = (index: number, labels: string) => string | undefined;

/** Writes a metric's series. Makes nothing for each of them but its text. */
export function pointTexts(metric: MetricSnapshot, options: PointTextsOptions): PointText {
  return metric.kind === 'histogram' ? histogramTexts(metric, options) : numberTexts(metric, options);
}

function numberTexts({ kind, points }: NumberMetric, options: PointTextsOptions): PointText {
  const isCounter = kind === 'counter';
  const sample = new SampleStart(isCounter ? `${options.name}_total` : options.name, options.scopeLabels);
  const hasExemplars = isCounter && options.isOpenMetrics;
  return (index, labels) => {
    const point = points[index];
    // What is counted is a number, and never below zero: anything else would be read as a restart.
    if (point === undefined || (isCounter && !(point.value >= 0))) return undefined;
    const text = sample.with(labels) + numberText(point.value);
    return hasExemplars ? `${text}${exemplarText(point.exemplar)}\n` : `${text}\n`;
  };
}

function histogramTexts({ points }: HistogramMetric, options: PointTextsOptions): PointText {
  const { name, scopeLabels, isOpenMetrics } = options;
  const bucket = new SampleStart(`${name}_bucket`, scopeLabels);
  const count = new SampleStart(`${name}_count`, scopeLabels);
  const sum = new SampleStart(`${name}_sum`, scopeLabels);
  let boundaries: readonly number[] | undefined;
  let ends: readonly string[] = [];
  return (index, labels) => {
    const point = points[index];
    if (point === undefined) return undefined;
    // Almost always those of the series before.
    if (point.boundaries !== boundaries) {
      boundaries = point.boundaries;
      ends = [...boundaries.map(boundaryText), '+Inf'].map((end) => `le="${end}"} `);
    }
    const showsSum = hasRisingSum(point);
    const buckets = bucketTexts(point, bucket.before(labels), ends, isOpenMetrics);
    // OpenMetrics allows no count without a sum.
    const counted = showsSum || !isOpenMetrics ? `${count.with(labels)}${point.count}\n` : '';
    return showsSum ? `${buckets}${counted}${sum.with(labels)}${numberText(point.sum)}\n` : buckets + counted;
  };
}

function bucketTexts(point: HistogramPoint, start: string, ends: readonly string[], hasExemplars: boolean): string {
  const last = ends.length - 1;
  let lines = '';
  let counted = 0;
  for (let place = 0; place <= last; place += 1) {
    counted = place === last ? point.count : counted + (point.bucketCounts[place] ?? 0);
    lines += `${start}${ends[place] ?? ''}${counted}`;
    lines += hasExemplars ? `${exemplarText(point.exemplars[place])}\n` : '\n';
  }
  return lines;
}

/** With values below zero the sum may fall, which would be read as a restart: it is not shown then. */
function hasRisingSum({ min, sum }: HistogramPoint): boolean {
  return !Number.isNaN(sum) && (min === undefined || min >= 0);
}

/** What stands before the value of a sample. */
class SampleStart {
  readonly #bare: string;
  readonly #labelled: string;

  constructor(sample: string, scopeLabels: string) {
    this.#bare = scopeLabels === '' ? `${sample} ` : `${sample}{${scopeLabels}} `;
    this.#labelled = scopeLabels === '' ? `${sample}{` : `${sample}{${scopeLabels},`;
  }

  /** All of it. */
  with(labels: string): string {
    return labels === '' ? this.#bare : `${this.#labelled}${labels}} `;
  }

  /** What stands before one more label. */
  before(labels: string): string {
    return labels === '' ? this.#labelled : `${this.#labelled}${labels},`;
  }
}

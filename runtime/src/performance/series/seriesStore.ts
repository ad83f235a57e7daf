import type { HistogramPoint, MetricSnapshot, NumberPoint } from '../metrics/metricSnapshot.ts';
import type { MetricGap } from '../metricReading.ts';
import { GapBook, type SeriesGap } from './gapBook.ts';
import { Retention } from './retention.ts';
import { RESOLUTIONS } from './levels.ts';
import { canHaveBoth, hasAttributes, seriesKey } from './seriesIdentity.ts';
import {
  type KeptSeries,
  type NothingMeasured,
  type SeriesQuery,
  type SeriesQueryResult,
  type SeriesSummary,
  type SeriesWindow,
  type SummarisedSeries,
  windowOf,
} from './seriesQuery.ts';
import { pointsOf, type ReadingWindow, summaryOf } from './seriesReader.ts';
import { SeriesLosses } from './seriesLosses.ts';
import type { SeriesRefusal } from './seriesLossError.ts';
import {
  resolveSeriesStoreOptions,
  type SeriesStoreConfig,
  type SeriesStoreOptions,
  shareOf,
} from './seriesStoreOptions.ts';
import { SliceWriter } from './sliceCodec.ts';
import { type PointTime, TimeSeries } from './timeSeries.ts';

/** Of a series without points, and a point of it. */
const NEW_SERIES_BYTES = 7000;
const STORE_BYTES = 10_000;

/** What a store holds, and what it does not hold and why. */
export interface SeriesStoreCounts {
  readonly series: number;
  /** Of all levels. */
  readonly points: number;
  readonly gaps: number;
  /** Points that came, those that are `refused` and `baselines` too. */
  readonly appended: number;
  /** Points of which nothing was kept, by reason. */
  readonly refused: {
    /** There were `maxSeries` series already. */
    readonly maxSeries: number;
    /** Their metric had its share of `maxSeries` already, a quarter. */
    readonly share: number;
    /** A new series had no room within `maxBytes`. */
    readonly maxBytes: number;
    /** The names and attributes of the series are too long. */
    readonly tooLong: number;
    /** The value is no number, or infinite. */
    readonly notFinite: number;
  };
  /** Points that only said where a counter or a histogram stands: their increase is not known. */
  readonly baselines: number;
  /** What was given up before its time, to keep `maxBytes` and `maxPoints`. */
  readonly early: {
    /** Raw points that became part of minutes. */
    readonly raw: number;
    /** Minutes that became part of hours. */
    readonly minutes: number;
    /** Hours that were let go of. */
    readonly hours: number;
    /** Series that were let go of with all their points. */
    readonly series: number;
  };
  /** Series that are gone since nothing of them came for as long as hours are kept. */
  readonly expiredSeries: number;
  /** Gaps that were let go of since there were more than `maxGaps`. */
  readonly droppedGaps: number;
}

/**
 * Keeps what metrics were like over time, in memory, within limits: every point for two hours, then one for each minute for a
 * day, then one for each hour for a week, each with its count, sum, extremes and quantiles. A point is of one of these at a
 * time: nothing counts twice, and nothing is lost where one ends. Of gauges and up-down counters the values are kept, of
 * counters how much they have grown since they were seen last, of histograms what was measured since. Where nothing is known
 * there is no point, and a gap with its reason where it was told.
 *
 * Times are of one clock that never goes back, such as `monotonicMillis`; one that does is taken to stand still. Fractions
 * of milliseconds are dropped.
 */
export class SeriesStore {
  readonly #config: SeriesStoreConfig;
  readonly #gaps: GapBook;
  readonly #retention: Retention;
  readonly #writer = new SliceWriter();
  /** By the name of the metric, then by what tells series apart. */
  readonly #metrics = new Map<string, Map<string, TimeSeries>>();
  readonly #losses: SeriesLosses;
  #size = 0;
  #bytes = STORE_BYTES;
  #appended = 0;
  #baselines = 0;
  #nowMillis = Number.NEGATIVE_INFINITY;
  #previousMillis: number | undefined;
  #previousWallMillis = Number.POSITIVE_INFINITY;

  /** @throws ConfigurationError with every option that is unknown or out of its range. */
  constructor(options: SeriesStoreOptions = {}) {
    this.#config = resolveSeriesStoreOptions(options);
    this.#gaps = new GapBook(this.#config.maxGaps);
    this.#retention = new Retention(this.#config);
    this.#losses = new SeriesLosses(this.#config);
  }

  /** Keeps a round: all metrics as they are now. */
  append(metrics: readonly MetricSnapshot[], nowMillis: number): void {
    const now = this.#tick(nowMillis);
    for (const metric of metrics) {
      for (const point of metric.points) this.#add(metric, point, now);
      if (metric.points.length > 0) this.#gaps.close(metric.name, now);
    }
    this.#previousMillis = now;
    this.#previousWallMillis = this.#config.host?.wallMillis() ?? Number.POSITIVE_INFINITY;
    this.#tidy(now);
  }

  /** A source told nothing now. Gaps that follow each other for the same reason are one. */
  addGap(gap: MetricGap, nowMillis: number): void {
    this.#gaps.add(gap, this.#tick(nowMillis));
    if (this.#gaps.dropped > 0) this.#losses.tell('maxGaps');
  }

  /**
   * The points of every series that is asked for, as fine as they are kept for the whole window. Of minutes and hours those
   * that the window begins and ends in are part of it.
   *
   * @throws RangeError for a time that is no number, and for a resolution that is none
   */
  query(query: SeriesQuery): SeriesQueryResult {
    const window = this.#windowOf(query);
    const { level, fromMillis, toMillis } = window;
    return {
      resolution: RESOLUTIONS[level],
      fromMillis,
      toMillis,
      series: this.#seriesOf(query).map((series) => ({ ...series.identity, points: pointsOf(series, window) })),
      gaps: this.#gapsOf(query, window),
    };
  }

  /** What all series that are asked for are like together, see `query`. @throws RangeError as `query` does */
  summarise(query: SeriesWindow): SeriesSummary | NothingMeasured {
    const window = this.#windowOf(query);
    return summaryOf(this.#seriesOf(query), window, this.#gapsOf(query, window));
  }

  /** What each series that is asked for is like, see `query`. @throws RangeError as `query` does */
  summariseEach(query: SeriesWindow): readonly SummarisedSeries[] {
    const window = this.#windowOf(query);
    const gaps = this.#gapsOf(query, window);
    return this.#seriesOf(query).map((series) => {
      const own = gaps.filter((gap) => hasAttributes(series.identity.attributes, gap.attributes ?? {}));
      const isSeen = series.lastMillis > window.fromMillis;
      return { ...series.identity, summary: summaryOf([series], window, own), isSeen };
    });
  }

  /** The names of all metrics that there are series of. */
  metricNames(): readonly string[] {
    return [...this.#metrics.keys()];
  }

  /** Every series that is kept, without its points, or those of a metric; nothing of them is decoded. */
  kept(metric?: string): readonly KeptSeries[] {
    return metric === undefined ? this.#all() : [...(this.#metrics.get(metric)?.values() ?? [])];
  }

  /** What all of it takes in memory, estimated: rather too much than too little. */
  get bytes(): number {
    return this.#bytes;
  }

  /** What there is, and what there is not and why. */
  counts(): SeriesStoreCounts {
    return {
      series: this.#size,
      points: this.#all().reduce((sum, { size }) => sum + size, 0),
      gaps: this.#gaps.size,
      appended: this.#appended,
      refused: { ...this.#losses.refused },
      baselines: this.#baselines,
      early: { ...this.#retention.early },
      expiredSeries: this.#retention.expiredSeries,
      droppedGaps: this.#gaps.dropped,
    };
  }

  #tick(nowMillis: number): number {
    const now = Number.isFinite(nowMillis) ? Math.floor(nowMillis) : 0;
    return (this.#nowMillis = Math.max(this.#nowMillis, now));
  }

  #add(metric: MetricSnapshot, point: NumberPoint | HistogramPoint, nowMillis: number): void {
    this.#appended += 1;
    if (!Number.isFinite('value' in point ? point.value : point.sum)) {
      this.#losses.refuse('notFinite', metric.name);
      return;
    }
    const series = this.#find(metric, point, nowMillis);
    if (series === undefined) return;
    const isNew = point.startWallMillis >= this.#previousWallMillis;
    const time: PointTime = { nowMillis, previousMillis: this.#previousMillis, isNew };
    if (!series.add(point, time, this.#writer)) this.#baselines += 1;
  }

  #find(metric: MetricSnapshot, point: NumberPoint | HistogramPoint, nowMillis: number): TimeSeries | undefined {
    const key = seriesKey(metric, point.attributes);
    if (key === undefined) {
      this.#losses.refuse('tooLong', metric.name);
      return undefined;
    }
    return this.#metrics.get(metric.name)?.get(key) ?? this.#create(key, metric, point, nowMillis);
  }

  #create(
    key: string,
    metric: MetricSnapshot,
    point: NumberPoint | HistogramPoint,
    nowMillis: number,
  ): TimeSeries | undefined {
    const siblings = this.#metrics.get(metric.name) ?? new Map<string, TimeSeries>();
    const reason = this.#whyNot(siblings.size);
    if (reason !== undefined) {
      this.#losses.refuse(reason, metric.name);
      return undefined;
    }
    const series = new TimeSeries(key, metric, point, nowMillis);
    this.#metrics.set(series.identity.metric, siblings.set(key, series));
    this.#size += 1;
    this.#bytes += series.bytes;
    return series;
  }

  /** Why a metric of so many series may have no other. */
  #whyNot(siblings: number): SeriesRefusal | undefined {
    const { maxSeries, maxBytes } = this.#config;
    if (this.#size >= maxSeries) return 'maxSeries';
    if (siblings >= shareOf(maxSeries)) return 'share';
    return this.#bytes + NEW_SERIES_BYTES > maxBytes ? 'maxBytes' : undefined;
  }

  #tidy(nowMillis: number): void {
    this.#gaps.dropBefore(nowMillis - this.#config.keepHoursMillis);
    const kept = this.#retention.tidy(this.#all(), nowMillis, this.#gaps.bytes + STORE_BYTES, this.#writer);
    this.#bytes = kept.bytes;
    if (kept.gone.length > 0) this.#forget(new Set(kept.gone));
    const { raw, minutes, hours, series } = this.#retention.early;
    if (raw + minutes + hours > 0) this.#losses.tell('coarser');
    if (series > 0) this.#losses.tell('letGo');
  }

  #forget(gone: ReadonlySet<TimeSeries>): void {
    this.#size -= gone.size;
    for (const [name, siblings] of this.#metrics) {
      for (const [key, series] of siblings) if (gone.has(series)) siblings.delete(key);
      if (siblings.size === 0) this.#metrics.delete(name);
    }
  }

  #all(): readonly TimeSeries[] {
    return [...this.#metrics.values()].flatMap((siblings) => [...siblings.values()]);
  }

  #seriesOf({ metric, attributes = {}, only }: SeriesWindow): TimeSeries[] {
    const siblings = [...(this.#metrics.get(metric)?.values() ?? [])];
    const wanted = only === undefined ? siblings : siblings.filter(({ identity }) => only.has(identity));
    return wanted.filter(({ identity }) => hasAttributes(identity.attributes, attributes));
  }

  #windowOf(query: SeriesQuery): ReadingWindow {
    const window = windowOf(query, this.#nowMillis);
    const level = this.#retention.levelFor(window.fromMillis, query.resolution);
    return { ...window, level, sinceMillis: this.#retention.sinceMillis };
  }

  #gapsOf({ metric, attributes = {} }: SeriesWindow, { fromMillis, toMillis }: ReadingWindow): readonly SeriesGap[] {
    const gaps = this.#gaps.of(metric, fromMillis, toMillis);
    return gaps.filter((gap) => canHaveBoth(attributes, gap.attributes ?? {}));
  }
}

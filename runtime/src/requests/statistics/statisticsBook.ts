import { bucketOf } from '../../core/quantileSketch.ts';
import { UNROUTED_OPERATIONS } from '../http/unroutedOperation.ts';
import type { RequestRecord } from '../store/requestRecord.ts';
import type { WallClock } from '../store/wallClock.ts';
import type { FinishedRequest } from './outcomeSlice.ts';
import { type FinishedState, readStatistics, type RequestGroup, type RequestStatistics } from './requestStatistics.ts';
import { OTHER, seriesBytes, SeriesTable } from './seriesTable.ts';
import { TailSample, type TailSampleLimits } from './tailSample.ts';
import { type StatisticsWindow, TimeSlices, windowStart } from './timeSlices.ts';

/** What requests are counted by. */
export type StatisticsDimension = 'operation' | 'userId' | 'agentId';

/** Every dimension. */
export const DIMENSIONS = ['operation', 'userId', 'agentId'] as const satisfies readonly StatisticsDimension[];

/** The limits and thresholds of a `StatisticsBook`. */
export interface StatisticsLimits {
  readonly maxOperations: number;
  readonly maxUsers: number;
  readonly maxAgents: number;
  /** Apdex's threshold, in milliseconds. */
  readonly apdexMillis: number;
  /** Thresholds of operations that have one of their own. */
  readonly apdexMillisByOperation: ReadonlyMap<string, number>;
  readonly tailSample: TailSampleLimits;
}

/** What a `StatisticsBook` has to know when it is swept. */
export interface BookSweep {
  /** How much memory it may take, in bytes. */
  readonly maxBytes: number;
  /** Operations of requests that have not ended: they keep their labels, though nothing of them was counted yet. */
  readonly liveOperations: ReadonlySet<string>;
}

const NOTHING_LIVES: ReadonlySet<string> = new Set();

/** The statistics of everything that has ended within a day. Holds no request, but for exemplars of each operation. */
export class StatisticsBook {
  readonly #limits: StatisticsLimits;
  readonly #wallClock: WallClock;
  readonly #sinceMillis: number;
  readonly #all = new TimeSlices();
  readonly #tables: Readonly<Record<StatisticsDimension, SeriesTable>>;
  readonly #samples = new Map<string, TailSample>();
  #bytes = 0;

  constructor(limits: StatisticsLimits, wallClock: WallClock, nowMillis: number) {
    this.#limits = limits;
    this.#wallClock = wallClock;
    this.#sinceMillis = nowMillis;
    this.#tables = {
      operation: new SeriesTable(limits.maxOperations, UNROUTED_OPERATIONS),
      userId: new SeriesTable(limits.maxUsers),
      agentId: new SeriesTable(limits.maxAgents),
    };
  }

  /** The name under which an operation is counted, now and for as long as it happens. */
  operationLabel(operation: string): string {
    return this.#tables.operation.labelOf(operation);
  }

  /** Counts a request that has ended now. */
  add(record: RequestRecord, durationMillis: number, nowMillis: number): void {
    const { operation, userId, agentId } = record;
    const request = this.#finished(record, durationMillis);
    this.#all.add(request, nowMillis);
    const label = this.#tables.operation.add(operation, request, nowMillis);
    if (userId !== undefined) this.#tables.userId.add(userId, request, nowMillis);
    if (agentId !== undefined) this.#tables.agentId.add(agentId, request, nowMillis);
    this.#sampleOf(label).offer(record, durationMillis, this.#wallClock.presumedMillis(nowMillis));
  }

  /** Of all requests; of those with one value of a dimension: `undefined` where nothing of it is known. */
  read(
    scope: { readonly window: StatisticsWindow; readonly state?: FinishedState | undefined },
    nowMillis: number,
    value?: { readonly dimension: StatisticsDimension; readonly key: string },
  ): RequestStatistics | undefined {
    const series = value === undefined ? this.#all : this.#tables[value.dimension].of(value.key);
    if (series === undefined) return undefined;
    series.rollUp(nowMillis);
    return series !== this.#all && series.isEmpty ? undefined : this.#readSeries(series, scope, nowMillis);
  }

  /** Of each value of a dimension of which something ended within the window, the one with the most requests first. */
  readGroups(
    dimension: StatisticsDimension,
    scope: { readonly window: StatisticsWindow; readonly state?: FinishedState | undefined },
    nowMillis: number,
  ): readonly RequestGroup[] {
    return [...this.#tables[dimension].entries()]
      .map(([key, series]) => ({ key, statistics: this.#readSeries(series, scope, nowMillis) }))
      .filter(({ statistics }) => statistics.count > 0)
      .sort((a, b) => b.statistics.count - a.statistics.count || (a.key < b.key ? -1 : 1));
  }

  /** The exemplars of an operation, or of all. */
  samples(operation: string | undefined, nowMillis: number): readonly TailSample[] {
    const sample = operation === undefined ? undefined : this.#samples.get(operation);
    const samples = operation === undefined ? [...this.#samples.values()] : sample === undefined ? [] : [sample];
    const wallMillis = this.#wallClock.readMillis(nowMillis);
    for (const each of samples) each.turn(wallMillis);
    return samples;
  }

  /** What it takes in memory, estimated when it was last swept. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Lets go of what is older than a day, and takes less room where it has grown over `maxBytes`. */
  sweep(nowMillis: number, { maxBytes, liveOperations }: BookSweep): void {
    this.#all.rollUp(nowMillis);
    const wallMillis = this.#wallClock.readMillis(nowMillis);
    for (const [operation, sample] of this.#samples) {
      sample.turn(wallMillis);
      if (sample.bytes === 0) this.#samples.delete(operation);
    }
    let sizes = this.#sweepTables(nowMillis, liveOperations);
    while (this.#bytes > maxBytes) {
      const [largest] = this.#foldable().sort((a, b) => sizes[b] - sizes[a]);
      if (largest === undefined) return;
      this.#fold(largest, wallMillis);
      sizes = this.#sweepTables(nowMillis, liveOperations);
    }
  }

  #foldable(): StatisticsDimension[] {
    return DIMENSIONS.filter((dimension) => this.#tables[dimension].size > 0);
  }

  /** @returns what each dimension takes in memory, its exemplars with it */
  #sweepTables(nowMillis: number, liveOperations: ReadonlySet<string>): Record<StatisticsDimension, number> {
    const { operation, userId, agentId } = this.#tables;
    operation.sweep(nowMillis, liveOperations);
    userId.sweep(nowMillis, NOTHING_LIVES);
    agentId.sweep(nowMillis, NOTHING_LIVES);
    const samples = [...this.#samples.values()].reduce((sum, { bytes }) => sum + bytes, 0);
    const sizes = { operation: operation.bytes + samples, userId: userId.bytes, agentId: agentId.bytes };
    const all = this.#all.isEmpty ? 0 : seriesBytes(this.#all);
    this.#bytes = all + sizes.operation + sizes.userId + sizes.agentId;
    return sizes;
  }

  /** Exemplars go where the counts of their operations go. */
  #fold(dimension: StatisticsDimension, wallMillis: number): void {
    for (const label of this.#tables[dimension].fold()) {
      const sample = dimension === 'operation' ? this.#samples.get(label) : undefined;
      if (sample === undefined) continue;
      this.#samples.delete(label);
      this.#sampleOf(OTHER).merge(sample, wallMillis);
    }
  }

  #readSeries(
    series: TimeSlices,
    { window, state }: { readonly window: StatisticsWindow; readonly state?: FinishedState | undefined },
    nowMillis: number,
  ): RequestStatistics {
    const coveredSeconds = (nowMillis - Math.max(this.#sinceMillis, windowStart(window, nowMillis))) / 1000;
    return readStatistics(series.within(window, nowMillis), { window, coveredSeconds, state });
  }

  #sampleOf(operation: string): TailSample {
    const sample = this.#samples.get(operation);
    if (sample !== undefined) return sample;
    const made = new TailSample(this.#limits.tailSample);
    this.#samples.set(operation, made);
    return made;
  }

  #finished({ operation, failure }: RequestRecord, durationMillis: number): FinishedRequest {
    const { apdexMillis, apdexMillisByOperation } = this.#limits;
    const threshold = apdexMillisByOperation.get(operation) ?? apdexMillis;
    const satisfaction = failure === undefined ? satisfactionAt(durationMillis, threshold) : 'frustrated';
    const outcome = failure === undefined ? 'completed' : failure.reason === 'cancelled' ? 'cancelled' : 'failed';
    return { outcome, durationMillis, bucket: bucketOf(durationMillis), satisfaction };
  }
}

function satisfactionAt(durationMillis: number, threshold: number): FinishedRequest['satisfaction'] {
  if (durationMillis > 4 * threshold) return 'frustrated';
  return durationMillis > threshold ? 'tolerating' : 'satisfied';
}

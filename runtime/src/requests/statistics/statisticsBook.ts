import { bucketOf } from '../../core/durationHistogram.ts';
import type { RequestRecord } from '../store/requestRecord.ts';
import type { FinishedRequest } from './outcomeSlice.ts';
import { type FinishedState, readStatistics, type RequestGroup, type RequestStatistics } from './requestStatistics.ts';
import { SeriesTable } from './seriesTable.ts';
import { TailSample, type TailSampleLimits } from './tailSample.ts';
import { type StatisticsWindow, TimeSlices, windowStart } from './timeSlices.ts';

/** What requests are counted by. */
export type StatisticsDimension = 'operation' | 'userId' | 'agentId';

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

/** After so many halvings nothing is left to fold. */
const MOST_FOLDS = 20;

/** The statistics of everything that has ended within a day. Holds no request, but for exemplars of each operation. */
export class StatisticsBook {
  readonly #limits: StatisticsLimits;
  readonly #sinceMillis: number;
  readonly #all = new TimeSlices();
  readonly #tables: Readonly<Record<StatisticsDimension, SeriesTable>>;
  readonly #samples = new Map<string, TailSample>();
  #bytes = 0;

  constructor(limits: StatisticsLimits, nowMillis: number) {
    this.#limits = limits;
    this.#sinceMillis = nowMillis;
    this.#tables = {
      operation: new SeriesTable(limits.maxOperations),
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
    this.#tables.operation.add(operation, request, nowMillis);
    if (userId !== undefined) this.#tables.userId.add(userId, request, nowMillis);
    if (agentId !== undefined) this.#tables.agentId.add(agentId, request, nowMillis);
    this.#sampleOf(operation).offer(record, durationMillis, nowMillis);
  }

  /** Of all requests; of those with one value of a dimension: `undefined` where nothing of it is known. */
  read(
    scope: { readonly window: StatisticsWindow; readonly state?: FinishedState | undefined },
    nowMillis: number,
    value?: { readonly dimension: StatisticsDimension; readonly key: string },
  ): RequestStatistics | undefined {
    const series = value === undefined ? this.#all : this.#tables[value.dimension].of(value.key);
    return series && this.#readSeries(series, scope, nowMillis);
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
    for (const each of samples) each.turn(nowMillis);
    return samples;
  }

  /** How long after its start, at most, the time begins that a window covers. */
  coveredSeconds(window: StatisticsWindow, nowMillis: number): number {
    return (nowMillis - Math.max(this.#sinceMillis, windowStart(window, nowMillis))) / 1000;
  }

  /** What it takes in memory, estimated when it was last swept. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Lets go of what is older than a day, and takes less room where it has grown over `maxBytes`. */
  sweep(nowMillis: number, maxBytes: number): void {
    this.#all.rollUp(nowMillis);
    for (const table of Object.values(this.#tables)) table.sweep(nowMillis);
    for (const [operation, sample] of this.#samples) {
      sample.turn(nowMillis);
      if (sample.bytes === 0) this.#samples.delete(operation);
    }
    for (let round = 0; this.#measure() > maxBytes && round < MOST_FOLDS; round += 1) {
      const [largest] = Object.values(this.#tables).sort((a, b) => b.bytes - a.bytes);
      largest?.fold(nowMillis);
    }
  }

  #measure(): number {
    const samples = [...this.#samples.values()].reduce((sum, { bytes }) => sum + bytes, 0);
    this.#bytes = Object.values(this.#tables).reduce((sum, { bytes }) => sum + bytes, samples);
    return this.#bytes;
  }

  #readSeries(
    series: TimeSlices,
    { window, state }: { readonly window: StatisticsWindow; readonly state?: FinishedState | undefined },
    nowMillis: number,
  ): RequestStatistics {
    const coveredSeconds = this.coveredSeconds(window, nowMillis);
    return readStatistics(series.within(window, nowMillis), { window, coveredSeconds, state });
  }

  #sampleOf(operation: string): TailSample {
    const sample = this.#samples.get(operation);
    if (sample !== undefined) return sample;
    const made = new TailSample(this.#limits.tailSample);
    this.#samples.set(operation, made);
    return made;
  }

  #finished({ operation, state }: RequestRecord, durationMillis: number): FinishedRequest {
    const { apdexMillis, apdexMillisByOperation } = this.#limits;
    const threshold = apdexMillisByOperation.get(operation) ?? apdexMillis;
    const failed = state === 'failed';
    const satisfaction =
      failed || durationMillis > 4 * threshold ? 'frustrated' : durationMillis > threshold ? 'tolerating' : 'satisfied';
    return { failed, durationMillis, bucket: bucketOf(durationMillis), satisfaction };
  }
}

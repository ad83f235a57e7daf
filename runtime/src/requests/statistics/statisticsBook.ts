import { bucketOf } from '../../core/quantileSketch.ts';
import { UNROUTED_OPERATIONS } from '../http/unroutedOperation.ts';
import type { RequestRecord } from '../store/requestRecord.ts';
import type { WallClock } from '../store/wallClock.ts';
import type { FinishedRequest, OutcomeSlice } from './outcomeSlice.ts';
import { type FinishedState, readStatistics, type RequestGroup, type RequestStatistics } from './requestStatistics.ts';
import { OTHER, seriesBytes, OutcomeTable } from './outcomeTable.ts';
import { TailSample, type TailSampleLimits } from './tailSample.ts';
import { type StatisticsWindow, OutcomeSlices, windowStart } from './outcomeSlices.ts';

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

/** What was counted within a window. */
export interface CountedOutcomes {
  readonly outcomes: OutcomeSlice;
  /** The time that it is of. */
  readonly coveredSeconds: number;
}

/** What was counted of the values of a dimension. */
export interface CountedGroups {
  /** The busiest first. */
  readonly groups: readonly { readonly key: string; readonly outcomes: OutcomeSlice }[];
  readonly coveredSeconds: number;
  /** How many values there were, and how many requests ended of those that are not among the groups. */
  readonly total: number;
  readonly countBeyond: number;
}

/** What happened in a slice of time. */
export interface CountedSlice {
  /** When it begins, in milliseconds since 1970. */
  readonly startedMillis: number;
  readonly widthMillis: number;
  /** Read at once: it goes on counting. */
  readonly outcomes: OutcomeSlice;
}

/** All that ended within a day. */
export interface CountedDay {
  /** Slices in which something ended, the oldest first: of ten seconds for five minutes, of five minutes for an hour, of an hour. */
  readonly slices: readonly CountedSlice[];
  /** Slices begin at multiples of their widths from here on, in milliseconds since 1970. */
  readonly originMillis: number;
  /** Since when requests are counted, in milliseconds since 1970. */
  readonly sinceMillis: number;
}

/** A value of a dimension whose requests failed. */
export interface FailingValue {
  readonly key: string;
  /** How many requests ended, cancelled ones too. */
  readonly count: number;
  /** How many failed, cancelled ones left out; at least one. */
  readonly failures: number;
}

const GROUPS_IN_A_STEP = 20;

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
  readonly #all = new OutcomeSlices();
  readonly #tables: Readonly<Record<StatisticsDimension, OutcomeTable>>;
  readonly #samples = new Map<string, TailSample>();
  #bytes = 0;

  constructor(limits: StatisticsLimits, wallClock: WallClock, nowMillis: number) {
    this.#limits = limits;
    this.#wallClock = wallClock;
    this.#sinceMillis = nowMillis;
    this.#tables = {
      operation: new OutcomeTable(limits.maxOperations, UNROUTED_OPERATIONS),
      userId: new OutcomeTable(limits.maxUsers),
      agentId: new OutcomeTable(limits.maxAgents),
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

  /** All that was counted within a window, to be added to what other processes counted. */
  counted(window: StatisticsWindow, nowMillis: number): CountedOutcomes {
    const coveredSeconds = this.#coveredSeconds(window, nowMillis);
    return { outcomes: this.#all.within(window, nowMillis), coveredSeconds };
  }

  /** As `counted`, of each value of a dimension of which something ended within it. In steps of about a millisecond. */
  *countedBy(
    dimension: StatisticsDimension,
    { window, limit }: { readonly window: StatisticsWindow; readonly limit: number },
    nowMillis: number,
  ): Generator<undefined, CountedGroups> {
    const busiest = [...this.#tables[dimension].entries()]
      .map(([key, series]) => ({ key, series, count: series.countWithin(window, nowMillis) }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));
    const groups: { key: string; outcomes: OutcomeSlice }[] = [];
    for (const { key, series } of busiest.slice(0, limit)) {
      groups.push({ key, outcomes: series.within(window, nowMillis) });
      if (groups.length % GROUPS_IN_A_STEP === 0) yield undefined;
    }
    const countBeyond = busiest.slice(limit).reduce((sum, { count }) => sum + count, 0);
    return { groups, coveredSeconds: this.#coveredSeconds(window, nowMillis), total: busiest.length, countBeyond };
  }

  /** All that ended within a day, slice by slice. */
  day(nowMillis: number): CountedDay {
    this.#all.rollUp(nowMillis);
    const originMillis = this.#wallClock.readMillis(nowMillis) - nowMillis;
    const slices = [...this.#all.sized()]
      .map(({ startMillis, widthMillis, content }) => ({
        startedMillis: startMillis + originMillis,
        widthMillis,
        outcomes: content,
      }))
      .sort((a, b) => a.startedMillis - b.startedMillis || b.widthMillis - a.widthMillis);
    return { slices, originMillis, sinceMillis: this.#sinceMillis + originMillis };
  }

  /** The values of a dimension with the most failed requests within a window, at most `limit`; none of those without any. */
  mostFailed(
    dimension: StatisticsDimension,
    { window, limit }: { readonly window: StatisticsWindow; readonly limit: number },
    nowMillis: number,
  ): readonly FailingValue[] {
    return [...this.#tables[dimension].entries()]
      .map(([key, series]) => ({ key, series, failures: series.failuresWithin(window, nowMillis) }))
      .filter(({ failures }) => failures > 0)
      .sort((a, b) => b.failures - a.failures || (a.key < b.key ? -1 : 1))
      .slice(0, limit)
      .map(({ key, series, failures }) => ({ key, count: series.countWithin(window, nowMillis), failures }));
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
    series: OutcomeSlices,
    { window, state }: { readonly window: StatisticsWindow; readonly state?: FinishedState | undefined },
    nowMillis: number,
  ): RequestStatistics {
    const coveredSeconds = this.#coveredSeconds(window, nowMillis);
    return readStatistics(series.within(window, nowMillis), { window, coveredSeconds, state });
  }

  #coveredSeconds(window: StatisticsWindow, nowMillis: number): number {
    return (nowMillis - Math.max(this.#sinceMillis, windowStart(window, nowMillis))) / 1000;
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

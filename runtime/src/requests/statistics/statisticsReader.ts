import { bucketOf } from '../../core/quantileSketch.ts';
import type { HostProcess } from '../../core/hostProcess.ts';
import type { RequestState } from '../lifecycle/requestState.ts';
import { checkKeys } from '../../core/query/checkKeys.ts';
import { checkOneOf } from '../../core/query/checkOneOf.ts';
import { checkPageLimit } from '../../core/query/pageLimit.ts';
import { durationOf } from '../query/requestFilter.ts';
import { soughtName } from '../requestName.ts';
import { shownText } from '../../core/shownText.ts';
import { isoTime } from '../../core/isoTime.ts';
import type { RequestRecord } from '../store/requestRecord.ts';
import type { RequestStore } from '../store/requestStore.ts';
import { DurationSummary } from './outcomeSlice.ts';
import {
  FINISHED_STATES,
  type FinishedState,
  readDurations,
  type RequestDurations,
  type RequestGroup,
  type RequestStatistics,
} from './requestStatistics.ts';
import {
  type CountedGroups,
  type CountedDay,
  type CountedOutcomes,
  DIMENSIONS,
  type FailingValue,
  type StatisticsBook,
  type StatisticsDimension,
} from './statisticsBook.ts';
import type { Exemplar, TailSample } from './tailSample.ts';
import { STATISTICS_WINDOWS, type StatisticsWindow } from './outcomeSlices.ts';

/** Which statistics are asked for: of all requests, or of those of one operation, one user or one agent. */
export interface StatisticsQuery {
  /** @defaultValue `5m` */
  readonly window?: StatisticsWindow;
  /** Only requests that ended so. @defaultValue both */
  readonly state?: FinishedState;
  readonly operation?: string;
  readonly userId?: string;
  readonly agentId?: string;
}

/** Which groups of statistics are asked for. */
export type GroupsQuery = Pick<StatisticsQuery, 'window' | 'state'>;

/** A state in which requests have not ended. */
export type UnfinishedState = Extract<RequestState, 'pending' | 'processing'>;

/** The requests that are in an unfinished state now. */
export interface UnfinishedStatistics {
  readonly count: number;
  /** How long they have taken so far; `undefined` where there is none. */
  readonly durations: RequestDurations | undefined;
}

/** A request to look at: one of the slowest, or one of a latency band's sample. */
export interface SampledRequest {
  readonly requestId: string;
  readonly operation: string;
  readonly state: FinishedState;
  readonly durationMillis: number;
  /** ISO 8601 in UTC. */
  readonly startedAt: string;
  readonly traceId?: string;
  readonly spanId?: string;
  /** Whether the trace is recorded, and can be looked at in Jaeger. */
  readonly sampled?: boolean;
  /** Where that is; missing for a trace that is not recorded, and where no address of Jaeger is known. */
  readonly traceUrl?: string;
}

/** The sample of the requests whose durations are within a band. */
export interface LatencyBand {
  /** Longer than this, in milliseconds. */
  readonly aboveMillis: number;
  /** This long at most, in milliseconds; `Infinity` for the last band. */
  readonly upToMillis: number;
  readonly requests: readonly SampledRequest[];
}

/** What a `StatisticsReader` reads from. */
export interface StatisticsReaderParts {
  readonly book: StatisticsBook;
  readonly store: RequestStore;
  readonly host: Pick<HostProcess, 'monotonicMillis'>;
  readonly bandMillis: readonly number[];
  /** Where a trace can be looked at. */
  readonly traceUrl: (traceId: string) => string | undefined;
}

/** Answers what requests took. */
export class StatisticsReader {
  readonly #parts: StatisticsReaderParts;

  constructor(parts: StatisticsReaderParts) {
    this.#parts = parts;
  }

  /**
   * The statistics of everything that ended within a window.
   *
   * @returns `undefined` for an operation, a user or an agent of which nothing ended within a day, or that is counted as
   * `(other)`
   * @throws RangeError for unknown keys, an unknown window or state, and where more than one of operation, user and agent is
   * given.
   */
  read(query: StatisticsQuery = {}): RequestStatistics | undefined {
    const { window = '5m', state } = query;
    checkKeys('a query', query, ['window', 'state', ...DIMENSIONS]);
    checkScope(window, state);
    const values = DIMENSIONS.flatMap((dimension) => {
      const key = query[dimension];
      return key === undefined ? [] : [{ dimension, key: soughtName(key) }];
    });
    if (values.length > 1) throw new RangeError(`statistics are kept of one of ${DIMENSIONS.join(', ')} at a time`);
    return this.#parts.book.read({ window, state }, this.#now(), values[0]);
  }

  /**
   * The statistics of each operation, user or agent of which something ended within the window, the busiest first;
   * `(other)` are those beyond the limit.
   *
   * @throws RangeError for unknown keys and an unknown dimension, window or state.
   */
  by(dimension: StatisticsDimension, query: GroupsQuery = {}): readonly RequestGroup[] {
    const { window = '5m', state } = query;
    checkKeys('a query', query, ['window', 'state']);
    checkScope(window, state);
    if (!DIMENSIONS.includes(dimension))
      throw new RangeError(`dimension is ${shownText(dimension)}; allowed: ${DIMENSIONS.join(', ')}`);
    return this.#parts.book.readGroups(dimension, { window, state }, this.#now());
  }

  /**
   * What `read` makes its statistics of, to be added to what other processes counted: of all requests.
   *
   * @throws RangeError for an unknown window.
   */
  counted(window: StatisticsWindow): CountedOutcomes {
    checkScope(window, undefined);
    return this.#parts.book.counted(window, this.#now());
  }

  /**
   * As `counted`, of each operation, user or agent, the `limit` busiest. In steps of about a millisecond: who goes from one to
   * the next lets others have their turn in between. The last one returns it.
   *
   * @throws RangeError for an unknown dimension or window and a limit out of its range.
   */
  countedBy(
    dimension: StatisticsDimension,
    { window, limit }: { readonly window: StatisticsWindow; readonly limit: number },
  ): Generator<undefined, CountedGroups> {
    checkScope(window, undefined);
    checkOneOf('dimension', dimension, DIMENSIONS);
    checkPageLimit(limit);
    return this.#parts.book.countedBy(dimension, { window, limit }, this.#now());
  }

  /** All that ended within a day, slice by slice. */
  day(): CountedDay {
    return this.#parts.book.day(this.#now());
  }

  /**
   * The operations, users or agents with the most failed requests within a window, these first; cancelled ones are no failures.
   *
   * @throws RangeError for an unknown dimension or window and a limit out of its range.
   */
  mostFailed(
    dimension: StatisticsDimension,
    { window, limit }: { readonly window: StatisticsWindow; readonly limit: number },
  ): readonly FailingValue[] {
    checkScope(window, undefined);
    checkOneOf('dimension', dimension, DIMENSIONS);
    checkPageLimit(limit);
    return this.#parts.book.mostFailed(dimension, { window, limit }, this.#now());
  }

  /** How long requests that have not ended have taken so far, by their states. In steps, as `countedBy`. */
  *unfinishedByState(): Generator<undefined, Readonly<Record<UnfinishedState, DurationSummary>>> {
    const nowMillis = this.#now();
    const summaries = { pending: new DurationSummary(), processing: new DurationSummary() };
    let visited = 0;
    for (const record of this.#parts.store.unfinished) {
      // What starts meanwhile is not looked at, or it might never end.
      if (record.startedMillis > nowMillis) break;
      for (const state of UNFINISHED_STATES) addIfIn(record, state, nowMillis, summaries[state]);
      visited += 1;
      if (visited % UNFINISHED_IN_A_STEP === 0) yield undefined;
    }
    return summaries;
  }

  /**
   * The requests that are pending or being processed.
   *
   * @throws RangeError for a state in which requests are over.
   */
  unfinished(state: UnfinishedState): UnfinishedStatistics {
    if (!UNFINISHED_STATES.some((known) => known === state))
      throw new RangeError(`state is ${shownText(state)}; allowed: ${UNFINISHED_STATES.join(', ')}`);
    const nowMillis = this.#now();
    const summary = new DurationSummary();
    for (const record of this.#parts.store.unfinished) addIfIn(record, state, nowMillis, summary);
    return { count: summary.count, durations: readDurations(summary) };
  }

  /**
   * The slowest requests of this hour and the last, of one operation or of all, the longest first; 1 to 1000.
   *
   * @throws RangeError for a limit out of its range.
   */
  slowest({
    operation,
    limit = 10,
  }: { readonly operation?: string; readonly limit?: number } = {}): readonly SampledRequest[] {
    checkPageLimit(limit);
    const samples = this.#samples(operation);
    return samples
      .flatMap(({ slowest }) => slowest)
      .sort((a, b) => b.durationMillis - a.durationMillis || (a.requestId < b.requestId ? -1 : 1))
      .slice(0, limit)
      .map((exemplar) => this.#describe(exemplar));
  }

  /**
   * A sample of each latency band of this hour and the last by the wall clock, of one operation or of all. Requests of which
   * the trace is recorded come before others, and of a trace there is one in each band of an operation at most.
   *
   * The same requests give the same sample, in whatever order they came. Services that take part in the same traces prefer
   * the same ones: of bands that the same traces fall into in each, the samples are of the same traces. Bands go by each
   * service's own durations, and hours by its own clock.
   */
  sample({ operation }: { readonly operation?: string } = {}): readonly LatencyBand[] {
    const samples = this.#samples(operation);
    const uppers = [...this.#parts.bandMillis, Number.POSITIVE_INFINITY];
    return uppers.map((upToMillis, band) => ({
      aboveMillis: uppers[band - 1] ?? 0,
      upToMillis,
      requests: samples.flatMap(({ bands }) => bands[band] ?? []).map((exemplar) => this.#describe(exemplar)),
    }));
  }

  #samples(operation: string | undefined): readonly TailSample[] {
    return this.#parts.book.samples(operation && soughtName(operation), this.#now());
  }

  #describe({ requestId, operation, failed, durationMillis, startedWallMillis, trace }: Exemplar): SampledRequest {
    const traceUrl = trace?.sampled === true ? this.#parts.traceUrl(trace.traceId) : undefined;
    return {
      requestId,
      operation,
      state: failed ? 'failed' : 'completed',
      durationMillis,
      startedAt: isoTime(startedWallMillis),
      ...trace,
      ...(traceUrl !== undefined && { traceUrl }),
    };
  }

  #now(): number {
    return this.#parts.host.monotonicMillis();
  }
}

const UNFINISHED_IN_A_STEP = 5000;
const UNFINISHED_STATES = ['pending', 'processing'] as const satisfies readonly RequestState[];

/** @throws RangeError */
function checkScope(window: string, state: string | undefined): void {
  checkOneOf('window', window, STATISTICS_WINDOWS);
  checkOneOf('state', state, FINISHED_STATES);
}

function addIfIn(record: RequestRecord, state: RequestState, nowMillis: number, summary: DurationSummary): void {
  if (record.state !== state) return;
  const duration = durationOf(record, nowMillis);
  summary.add(duration, bucketOf(duration));
}

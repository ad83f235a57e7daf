/// <reference lib="esnext.disposable" preserve="true" />
import { AsyncLocalStorage } from 'node:async_hooks';
import { nodeHostProcess } from '../core/adapters/nodeHostProcess.ts';
import { random } from '../core/adapters/random.ts';
import { currentTraceContext } from '../core/currentTraceContext.ts';
import type { Dispose } from '../core/hostProcess.ts';
import { TextRedactor } from '../core/textRedactor.ts';
import { neverThrowing } from '../core/neverThrowing.ts';
import { warnSparingly } from '../core/warnSparingly.ts';
import type { RequestCounts } from './lifecycle/requestCounts.ts';
import { RequestLifecycle } from './lifecycle/requestLifecycle.ts';
import { isFinished } from './lifecycle/requestState.ts';
import { UnknownRequestError } from './lifecycle/unknownRequestError.ts';
import { findRecords } from './query/findRecords.ts';
import { checkOneOf } from '../core/query/checkOneOf.ts';
import { checkPageLimit } from '../core/query/pageLimit.ts';
import { Cursors } from '../core/query/cursors.ts';
import { fits, type RequestFilter, soughtFilter } from './query/requestFilter.ts';
import type {
  FinishedPage,
  FinishedPageQuery,
  FinishedSearch,
  FoundFinished,
  FoundUnfinished,
  PageQuery,
  RequestPage,
} from './query/requestPage.ts';
import { FINISHED_ORDERS, type FinishedOrder, searchFinished, searchUnfinished } from './query/searchRecords.ts';
import type { RequestListener } from './requestListener.ts';
import { soughtName } from './requestName.ts';
import type { RequestSnapshot } from './requestSnapshot.ts';
import {
  type RequestTrackerConfig,
  type RequestTrackerOptions,
  resolveRequestTrackerOptions,
} from './requestTrackerOptions.ts';
import { snapshotOf } from './snapshotOf.ts';
import type { FailOptions, StartRequest } from './startRequest.ts';
import { StatisticsBook } from './statistics/statisticsBook.ts';
import { StatisticsReader } from './statistics/statisticsReader.ts';
import { OwnIds } from './store/ownIds.ts';
import type { RequestRecord } from './store/requestRecord.ts';
import { RequestStore } from './store/requestStore.ts';
import { WallClock } from './store/wallClock.ts';
import type { StuckRequest, UnfinishedRequest } from './stuckRequest.ts';
import { TrackedRequest } from './trackedRequest.ts';
import type { RequestTrackerPorts } from './trackerPorts.ts';

const DEFAULT_PAGE = 50;

/**
 * Follows requests through their lives, and tells what they took.
 *
 * It is bounded: by age, by count and by bytes; what ended first is let go of first. Statistics do not depend on what is
 * kept: they count everything that ended within a day. It starts no thread and keeps no process alive; a timer looks for
 * old requests until `stop()`.
 */
export class RequestTracker implements AsyncDisposable {
  /** What is in force. */
  readonly config: RequestTrackerConfig;
  /** Counts, durations, rates and samples. */
  readonly statistics: StatisticsReader;
  readonly #ports: RequestTrackerPorts;
  readonly #cursors: Cursors<'start' | 'end'>;
  readonly #store: RequestStore;
  readonly #lifecycle: RequestLifecycle;
  readonly #context = new AsyncLocalStorage<TrackedRequest>();
  #stopSweeping: Dispose = () => undefined;

  /** @throws ConfigurationError for options that are unknown or out of their range; it names each. */
  constructor(options: RequestTrackerOptions = {}, ports: Partial<RequestTrackerPorts> = {}) {
    this.config = resolveRequestTrackerOptions(options);
    this.#ports = resolvePorts(ports);
    const { host } = this.#ports;
    const trackerId = Math.floor(this.#ports.random() * 36 ** 8)
      .toString(36)
      .padStart(8, '0');
    const nowMillis = host.monotonicMillis();
    const wallClock = new WallClock(host.wallMillis, nowMillis);
    const book = new StatisticsBook(statisticsLimits(this.config), wallClock, nowMillis);
    const ids = new OwnIds(trackerId);
    this.#store = new RequestStore(ids);
    this.#cursors = new Cursors(trackerId);
    this.statistics = new StatisticsReader({
      book,
      store: this.#store,
      host,
      bandMillis: this.config.latencyBandsMillis,
      traceUrl: this.#ports.traceUrl,
    });
    this.#lifecycle = new RequestLifecycle({
      ids,
      config: this.config,
      store: this.#store,
      book,
      wallClock,
      ports: this.#ports,
    });
    this.#sweepLater();
  }

  /**
   * Starts a request: it is pending. It gets the trace that is active, and is a part of the current request.
   *
   * @throws DuplicateRequestError where a request of the given ID is kept.
   */
  start(request: StartRequest): TrackedRequest {
    const record = this.#lifecycle.start(request, this.#context.getStore()?.id);
    return this.#handleOf(record);
  }

  /** The request that is worked on where this is called: in `run` of it, or in what `track` and the middlewares call. */
  current(): TrackedRequest | undefined {
    return this.#context.getStore();
  }

  /**
   * Work on a request begins: it is processing. Does nothing where the tracker gave it up.
   *
   * @throws UnknownRequestError where no request of this ID is kept, IllegalTransitionError where it is not pending.
   */
  process(id: string): void {
    this.#lifecycle.process(this.#require(id));
  }

  /**
   * Ends a request that went well. Does nothing where the tracker has given it up (`abandoned`), and keeps it still.
   *
   * @throws UnknownRequestError where no request of this ID is kept, IllegalTransitionError where it is not being processed.
   */
  complete(id: string): void {
    this.#lifecycle.complete(this.#require(id));
  }

  /**
   * Ends a request that went wrong, and says how. Does nothing where the tracker has given it up, and keeps it still.
   *
   * @throws UnknownRequestError where no request of this ID is kept, IllegalTransitionError where it is over already.
   */
  fail(id: string, options: FailOptions = {}): void {
    this.#lifecycle.fail(this.#require(id), options);
  }

  /**
   * Ends a request of which nobody wants the answer any more: failed, for the reason `cancelled`. Does nothing where the
   * tracker has given it up, and keeps it still.
   *
   * @throws UnknownRequestError where no request of this ID is kept, IllegalTransitionError where it is over already.
   */
  cancel(id: string): void {
    this.fail(id, { reason: 'cancelled' });
  }

  /** A request as it is now, or `undefined` where none of this ID is kept. */
  get(id: string): RequestSnapshot | undefined {
    const record = this.#store.get(soughtName(id));
    return record && snapshotOf(record, this.#ports.host.monotonicMillis());
  }

  /** As `get`, of a request that has not ended, with what it is at where it is stuck. `undefined` for any other. */
  getUnfinished(id: string): UnfinishedRequest | undefined {
    const record = this.#store.get(soughtName(id));
    if (record === undefined || isFinished(record.state)) return undefined;
    return this.#lifecycle.unfinishedOf(record, this.#ports.host.monotonicMillis());
  }

  /**
   * The requests that are like all that is asked for, the one that started last first. With the cursor of a page the next
   * one is asked for; requests that start meanwhile do not shift it.
   *
   * @throws InvalidCursorError for a cursor of another tracker, RangeError for a limit out of its range, for a filter of
   * unknown keys, and for a state or a failure reason that is none.
   */
  find(filter: RequestFilter = {}, { limit = DEFAULT_PAGE, cursor }: PageQuery = {}): RequestPage {
    checkPageLimit(limit);
    const { startedCount } = this.#lifecycle;
    const before = cursor === undefined ? Number.POSITIVE_INFINITY : this.#cursors.read('start', cursor, startedCount);
    const nowMillis = this.#ports.host.monotonicMillis();
    const { records, lastNumber } = findRecords(this.#store, soughtFilter(filter), { limit, before, nowMillis });
    return {
      requests: records.map((record) => snapshotOf(record, nowMillis)),
      nextCursor: lastNumber === undefined ? undefined : this.#cursors.write('start', lastNumber),
    };
  }

  /**
   * The requests that ended after a cursor, in the order of their ends: what an export reads. It misses none, and says
   * how many were let go of before they could be read.
   *
   * @throws InvalidCursorError for a cursor of another tracker, RangeError for a limit out of its range, for a filter of
   * unknown keys, and for a state or a failure reason that is none.
   */
  readFinished({ filter = {}, limit = DEFAULT_PAGE, cursor }: FinishedPageQuery = {}): FinishedPage {
    checkPageLimit(limit);
    const after = cursor === undefined ? 0 : this.#cursors.read('end', cursor, this.#lifecycle.finishedCount);
    const sought = soughtFilter(filter);
    const nowMillis = this.#ports.host.monotonicMillis();
    const firstKept = this.#store.finished.first?.finishSequence ?? this.#lifecycle.finishedCount + 1;
    const missed = Math.max(0, firstKept - 1 - after);
    const requests: RequestSnapshot[] = [];
    let last = after + missed;
    let done = true;
    for (const record of this.#store.finished.after(after)) {
      done = requests.length < limit;
      if (!done) break;
      last = record.finishSequence;
      if (fits(record, sought, nowMillis)) requests.push(snapshotOf(record, nowMillis));
    }
    return { requests, cursor: this.#cursors.write('end', last), missed, done };
  }

  /**
   * Looks for finished requests among all that are kept, and counts those that fit. In steps of about a millisecond: who goes
   * from one to the next lets others have their turn in between. The last one returns what was found.
   *
   * @throws RangeError for a limit out of its range, an unknown order, a filter of unknown keys, and for a state or a failure
   * reason that is none.
   */
  searchFinished(
    filter: RequestFilter = {},
    { order = 'newest', limit = DEFAULT_PAGE }: FinishedSearch = {},
  ): Generator<undefined, FoundFinished> {
    checkPageLimit(limit);
    checkOneOf('order', order, FINISHED_ORDERS);
    return this.#finishedFound(soughtFilter(filter), order, limit);
  }

  /**
   * Looks for requests that have not ended, the oldest first, and counts those that fit. In steps, as `searchFinished`.
   *
   * @throws RangeError for a limit out of its range, for a filter of unknown keys, and for a state or a failure reason that is
   * none.
   */
  searchUnfinished(
    filter: RequestFilter = {},
    { limit = DEFAULT_PAGE }: Pick<PageQuery, 'limit'> = {},
  ): Generator<undefined, FoundUnfinished> {
    checkPageLimit(limit);
    return this.#unfinishedFound(soughtFilter(filter), limit);
  }

  /** The requests that have been unfinished for `stuckAfterMillis` or longer, the oldest first, and what each is at. */
  stuck(): readonly StuckRequest[] {
    return this.#lifecycle.stuck(this.#ports.host.monotonicMillis());
  }

  /** How many requests there were, and where they are. */
  counts(): RequestCounts {
    return this.#lifecycle.counts();
  }

  /**
   * Tells a listener what happens to requests from now on.
   *
   * @returns ends it
   */
  listen(listener: RequestListener): Dispose {
    return this.#lifecycle.listen(listener);
  }

  /** Looks for old requests now, as the timer does. */
  sweep(): void {
    this.#lifecycle.sweep();
  }

  /** Ends the timer. What is kept can still be asked for. May be called again. */
  stop(): Promise<void> {
    this.#stopSweeping();
    this.#stopSweeping = () => undefined;
    return Promise.resolve();
  }

  /** The same as `stop()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  *#finishedFound(filter: RequestFilter, order: FinishedOrder, limit: number): Generator<undefined, FoundFinished> {
    const nowMillis = this.#ports.host.monotonicMillis();
    const { records, total } = yield* searchFinished(this.#store, filter, { order, limit, nowMillis });
    return { requests: records.map((record) => snapshotOf(record, nowMillis)), total };
  }

  *#unfinishedFound(filter: RequestFilter, limit: number): Generator<undefined, FoundUnfinished> {
    const nowMillis = this.#ports.host.monotonicMillis();
    const { stuckAfterMillis } = this.config;
    const { startedCount: lastSequence } = this.#lifecycle;
    const { records, total, stuck } = yield* searchUnfinished(this.#store, filter, {
      limit,
      nowMillis,
      stuckAfterMillis,
      lastSequence,
    });
    return { requests: records.map((record) => this.#lifecycle.unfinishedOf(record, nowMillis)), total, stuck };
  }

  #sweepLater(): void {
    this.#stopSweeping = this.#ports.host.schedule(() => {
      // Before the sweep: a listener may stop the tracker in it.
      this.#sweepLater();
      this.sweep();
    }, this.config.sweepIntervalMillis);
  }

  #handleOf(record: RequestRecord): TrackedRequest {
    return new TrackedRequest(record, this.#lifecycle, this.#runIn);
  }

  readonly #runIn = <T>(request: TrackedRequest, fn: () => T): T => this.#context.run(request, fn);

  #require(id: string): RequestRecord {
    const record = this.#store.get(soughtName(id));
    if (record === undefined) throw new UnknownRequestError(id);
    return record;
  }
}

function resolvePorts(ports: Partial<RequestTrackerPorts>): RequestTrackerPorts {
  const host = ports.host ?? nodeHostProcess();
  return {
    host,
    random: ports.random ?? random,
    currentTrace: ports.currentTrace ?? currentTraceContext,
    lastUnfinishedSpan: ports.lastUnfinishedSpan ?? (() => undefined),
    traceUrl: ports.traceUrl ?? (() => undefined),
    textRedactor: ports.textRedactor ?? new TextRedactor(),
    onError: neverThrowing(ports.onError ?? warnSparingly(host)),
  };
}

function statisticsLimits(config: RequestTrackerConfig) {
  const { maxOperations, maxUsers, maxAgents, apdexMillis } = config;
  return {
    maxOperations,
    maxUsers,
    maxAgents,
    apdexMillis,
    apdexMillisByOperation: new Map(
      Object.entries(config.apdexMillisByOperation).map(([operation, millis]) => [soughtName(operation), millis]),
    ),
    tailSample: { bandMillis: config.latencyBandsMillis, perBand: config.samplesPerBand, slowest: config.slowestKept },
  };
}

import { types } from 'node:util';
import { isRecord } from '../../core/isRecord.ts';
import { callListener } from '../../core/callListener.ts';
import type { Dispose } from '../../core/hostProcess.ts';
import { Listeners } from '../../core/listeners.ts';
import { toError } from '../../core/toError.ts';
import type { UnfinishedSpan } from '../../core/unfinishedSpan.ts';
import { durationOf } from '../query/requestFilter.ts';
import { requestAttributes } from '../requestAttributes.ts';
import type { RequestListener } from '../requestListener.ts';
import { MOST_NAME_LENGTH, requestName } from '../requestName.ts';
import type { RequestTrackerConfig } from '../requestTrackerOptions.ts';
import { snapshotOf } from '../snapshotOf.ts';
import type { FailOptions, RequestUpdate, StartRequest } from '../startRequest.ts';
import type { StatisticsBook } from '../statistics/statisticsBook.ts';
import type { OwnIds } from '../store/ownIds.ts';
import { type RecordOrigin, RequestRecord } from '../store/requestRecord.ts';
import type { IndexedField, RequestStore } from '../store/requestStore.ts';
import type { WallClock } from '../store/wallClock.ts';
import type { StuckRequest, UnfinishedRequest } from '../stuckRequest.ts';
import type { RequestTrackerPorts } from '../trackerPorts.ts';
import { DuplicateRequestError } from './duplicateRequestError.ts';
import { errorOf, failureOf } from './failureOf.ts';
import { IllegalTransitionError } from './illegalTransitionError.ts';
import type { EvictionReason, RequestCounts } from './requestCounts.ts';
import { isFinished, type RequestFailure, type RequestState, statesAfter } from './requestState.ts';

const ABANDONED: RequestFailure = Object.freeze({ reason: 'abandoned' });
const UNNAMED = '(unnamed)';
/** The share of the memory that statistics may take. */
const STATISTICS_SHARE = 0.5;
/** How often ages are looked at when requests start: to look at the oldest one every time would take longer than all else. */
const AGE_CHECK_MILLIS = 1000;
/** After so many starts the statistics are measured again, whatever the timer does. */
const STARTS_BETWEEN_SWEEPS = 20_000;

/** What a `RequestLifecycle` is made of. */
export interface RequestLifecycleParts {
  readonly ids: OwnIds;
  readonly config: RequestTrackerConfig;
  readonly store: RequestStore;
  readonly book: StatisticsBook;
  readonly wallClock: WallClock;
  readonly ports: RequestTrackerPorts;
}

/** All that changes requests: starts, transitions, ends, and the letting go of old ones. */
export class RequestLifecycle {
  readonly #parts: RequestLifecycleParts;
  readonly #origin: RecordOrigin;
  readonly #redact: (text: string) => string;
  readonly #listeners: Listeners<RequestListener>;
  readonly #evicted: Record<EvictionReason, number> = { age: 0, count: 0, memory: 0 };
  #nextAgeCheckMillis = Number.NEGATIVE_INFINITY;
  #started = 0;
  #completed = 0;
  #failed = 0;
  #abandoned = 0;

  constructor(parts: RequestLifecycleParts) {
    this.#parts = parts;
    this.#listeners = new Listeners(parts.ports.onError);
    this.#redact = (text) => parts.ports.textRedactor.redactByOwnRules(text);
    this.#origin = { ids: parts.ids, wallClock: parts.wallClock };
  }

  /** @throws DuplicateRequestError where a request of this ID is kept. */
  start(given: StartRequest, parentId: string | undefined): RequestRecord {
    const { store, book, ports } = this.#parts;
    const sequence = this.#started + 1;
    const givenId = this.#givenId(given, sequence);
    const nowMillis = ports.host.monotonicMillis();
    const record = new RequestRecord({
      sequence,
      givenId,
      operation: book.operationLabel(this.#operationOf(given.operation) ?? UNNAMED),
      userId: this.#valueOf('userId', given.userId),
      agentId: this.#valueOf('agentId', given.agentId),
      parentId: requestName(given.parentId) ?? parentId,
      trace: ports.currentTrace(),
      attributes: given.attributes === undefined ? undefined : requestAttributes(given.attributes, this.#redact),
      onFinishing: given.onFinishing,
      startedMillis: nowMillis,
      origin: this.#origin,
    });
    this.#started = sequence;
    store.add(record);
    this.#makeRoom(nowMillis);
    if (sequence % STARTS_BETWEEN_SWEEPS === 0) this.#sweepBook(nowMillis);
    if (!this.#listeners.isEmpty) this.#tell('started', snapshotOf(record, nowMillis));
    return record;
  }

  /** @throws IllegalTransitionError where the request is not pending, unless it was given up. */
  process(record: RequestRecord): void {
    if (!this.#mayBecome(record, 'processing')) return;
    record.state = 'processing';
    record.markProcessing(this.#parts.ports.host.monotonicMillis());
  }

  /** @throws IllegalTransitionError where the request is not being processed, unless it was given up. */
  complete(record: RequestRecord): void {
    if (!this.#mayBecome(record, 'completed')) return;
    if (!this.#describe(record)) return;
    this.#completed += 1;
    this.#finish(record, 'completed', undefined);
  }

  /** @throws IllegalTransitionError where the request is over, unless it was given up. */
  fail(record: RequestRecord, options: FailOptions): void {
    if (!this.#mayBecome(record, 'failed')) return;
    const failure = failureOf(options, this.#redact);
    if (!this.#describe(record)) return;
    this.#failed += 1;
    this.#finish(record, 'failed', failure, errorOf(options));
  }

  /** Adds what has become known, unless the request is over. */
  update(record: RequestRecord, update: RequestUpdate): void {
    if (isFinished(record.state)) return;
    const { store, book } = this.#parts;
    const operation = this.#operationOf(update.operation);
    const userId = this.#valueOf('userId', update.userId);
    const agentId = this.#valueOf('agentId', update.agentId);
    if (operation !== undefined) store.change(record, 'operation', book.operationLabel(operation));
    if (userId !== undefined) store.change(record, 'userId', userId);
    if (agentId !== undefined) store.change(record, 'agentId', agentId);
    if (update.attributes === undefined) return;
    record.attributes = requestAttributes(update.attributes, this.#redact, record.attributes);
    store.measureAgain(record);
  }

  /** @returns ends it */
  listen(listener: RequestListener): Dispose {
    return this.#listeners.add(listener);
  }

  /** Gives up what never ends, lets go of what is old, and tells of what is stuck. */
  sweep(): void {
    const nowMillis = this.#parts.ports.host.monotonicMillis();
    for (const record of this.#unfinishedFor(this.#parts.config.maxDurationMillis, nowMillis))
      if (nowMillis - record.startedMillis > this.#parts.config.maxDurationMillis) this.#abandon(record);
    this.#sweepBook(nowMillis);
    this.#nextAgeCheckMillis = nowMillis;
    this.#makeRoom(nowMillis);
    for (const record of this.#unfinishedFor(this.#parts.config.stuckAfterMillis, nowMillis)) {
      if (record.isStuck) continue;
      record.isStuck = true;
      if (!this.#listeners.isEmpty) this.#tell('stuck', this.#stuckOf(record, nowMillis));
    }
  }

  /** The requests that have been unfinished for long, the oldest first. */
  stuck(nowMillis: number): readonly StuckRequest[] {
    const records = [...this.#unfinishedFor(this.#parts.config.stuckAfterMillis, nowMillis)];
    return records.map((record) => this.#stuckOf(record, nowMillis));
  }

  /** A request that has not ended, and what it is at where it is stuck. */
  unfinishedOf(record: RequestRecord, nowMillis: number): UnfinishedRequest {
    const isStuck = nowMillis - record.startedMillis >= this.#parts.config.stuckAfterMillis;
    const lastUnfinishedSpan = isStuck ? this.#lastUnfinishedSpan(record) : undefined;
    return { ...snapshotOf(record, nowMillis), isStuck, ...(lastUnfinishedSpan && { lastUnfinishedSpan }) };
  }

  /** How many requests have started. */
  get startedCount(): number {
    return this.#started;
  }

  /** How many requests have ended. */
  get finishedCount(): number {
    return this.#completed + this.#failed;
  }

  counts(): RequestCounts {
    const { store, book } = this.#parts;
    return {
      started: this.#started,
      unfinished: store.unfinished.size,
      completed: this.#completed,
      failed: this.#failed,
      abandoned: this.#abandoned,
      kept: store.size,
      evicted: { ...this.#evicted },
      bytes: store.bytes + book.bytes,
    };
  }

  #operationOf(given: unknown): string | undefined {
    return this.#valueOf('operation', typeof given === 'string' ? this.#redact(given) : given);
  }

  /** The text that is kept for a value: the one that is kept already, or a copy. */
  #valueOf(field: IndexedField, given: unknown): string | undefined {
    const isShort = typeof given === 'string' && given.length <= MOST_NAME_LENGTH;
    return (isShort ? this.#parts.store.keptValue(field, given) : undefined) ?? requestName(given);
  }

  /** The ID that a request is given: mostly none, since its number is enough to make one when it is asked for. */
  #givenId(given: StartRequest, sequence: number): string | undefined {
    const { store, ids } = this.#parts;
    const id = requestName(given.id);
    if (id === undefined) return store.hasGivenIds ? this.#ownIdUnlessFree(ids.idOf(sequence)) : undefined;
    if (store.get(id) !== undefined) throw new DuplicateRequestError(id);
    return id;
  }

  /** Another ID for a request whose own one was given to another. */
  #ownIdUnlessFree(own: string): string | undefined {
    let id = own;
    while (this.#parts.store.get(id) !== undefined) id += '+';
    return id === own ? undefined : id;
  }

  /** Those that have been unfinished for so long, the oldest first. Looks at no more than these; they may end meanwhile. */
  *#unfinishedFor(millis: number, nowMillis: number): Generator<RequestRecord, undefined> {
    for (const record of this.#parts.store.unfinished) {
      if (nowMillis - record.startedMillis < millis) return undefined;
      yield record;
    }
    return undefined;
  }

  #stuckOf(record: RequestRecord, nowMillis: number): StuckRequest {
    return { ...snapshotOf(record, nowMillis), lastUnfinishedSpan: this.#lastUnfinishedSpan(record) };
  }

  #lastUnfinishedSpan({ trace }: RequestRecord): UnfinishedSpan | undefined {
    try {
      return trace && this.#parts.ports.lastUnfinishedSpan(trace.traceId);
    } catch (error) {
      this.#parts.ports.onError(toError(error));
      return undefined;
    }
  }

  /**
   * Whether there is something to change. What the tracker gave up itself goes on and ends for whoever works on it as any
   * other does: he could not know of it.
   *
   * @throws IllegalTransitionError
   */
  #mayBecome(record: RequestRecord, to: RequestState): boolean {
    if (follows(record.state, to)) return true;
    if (record.failure?.reason === 'abandoned') return false;
    throw refusal(record, to);
  }

  #finish(record: RequestRecord, state: RequestState, failure: RequestFailure | undefined, error?: unknown): void {
    const { store, book, ports } = this.#parts;
    const nowMillis = ports.host.monotonicMillis();
    record.state = state;
    record.failure = failure;
    record.markFinished(nowMillis);
    record.finishSequence = this.finishedCount;
    store.finish(record);
    book.add(record, durationOf(record, nowMillis), nowMillis);
    if (!this.#listeners.isEmpty) this.#tell('finished', snapshotOf(record, nowMillis), error);
  }

  /**
   * Lets a request that is about to end be told of.
   * @returns whether it still has to be ended: who was asked may have done so
   */
  #describe(record: RequestRecord): boolean {
    const { onFinishing } = record;
    if (onFinishing === undefined) return true;
    record.onFinishing = undefined;
    callListener(() => {
      const update: unknown = onFinishing();
      if (!types.isPromise(update) && isRecord(update)) this.update(record, update);
      return update;
    }, this.#parts.ports.onError);
    return !isFinished(record.state);
  }

  #abandon(record: RequestRecord): void {
    if (!this.#describe(record)) return;
    this.#failed += 1;
    this.#abandoned += 1;
    this.#finish(record, 'failed', ABANDONED);
  }

  #sweepBook(nowMillis: number): void {
    const { store, book, config } = this.#parts;
    const liveOperations = new Set<string>();
    for (const { operation } of store.unfinished) liveOperations.add(operation);
    book.sweep(nowMillis, { maxBytes: config.maxBytes * STATISTICS_SHARE, liveOperations });
  }

  /** Lets go of what is too old or too much. What has not ended goes last, and is given up before. */
  #makeRoom(nowMillis: number): void {
    const { store } = this.#parts;
    for (;;) {
      const reason = this.#evictionReason(nowMillis);
      if (reason === undefined) return;
      const oldest = store.finished.first ?? store.started.first;
      if (oldest === undefined) return;
      if (!isFinished(oldest.state)) this.#abandon(oldest);
      // Listeners are told of its end, and may have started others for which it had to go.
      if (oldest.isRemoved) continue;
      store.remove(oldest);
      this.#evicted[reason] += 1;
    }
  }

  #evictionReason(nowMillis: number): EvictionReason | undefined {
    const { store, book, config } = this.#parts;
    if (store.size > config.maxRequests) return 'count';
    // Statistics that take more than their share are no reason to let go of every request: that would make them no smaller.
    if (store.bytes + Math.min(book.bytes, config.maxBytes * STATISTICS_SHARE) > config.maxBytes) return 'memory';
    if (nowMillis < this.#nextAgeCheckMillis) return undefined;
    const endedMillis = store.finished.first?.finishedMillis;
    if (endedMillis !== undefined && nowMillis - endedMillis > config.maxAgeMillis) return 'age';
    this.#nextAgeCheckMillis = nowMillis + AGE_CHECK_MILLIS;
    return undefined;
  }

  #tell<E extends keyof RequestListener>(
    event: E,
    told: Parameters<NonNullable<RequestListener[E]>>[0],
    error?: unknown,
  ): void {
    // All of them are told the same one.
    Object.freeze(told);
    this.#listeners.tell((listener) =>
      (listener[event] as ((told: unknown, error: unknown) => unknown) | undefined)?.(told, error),
    );
  }
}

function follows(from: RequestState, to: RequestState): boolean {
  return statesAfter(from).includes(to);
}

function refusal({ id, state, failure }: RequestRecord, to: RequestState): IllegalTransitionError {
  return new IllegalTransitionError({ requestId: id, from: state, to, failureReason: failure?.reason });
}

import { TraceFlags } from '@opentelemetry/api';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace';
import type { Dispose, HostProcess } from '../../core/hostProcess.ts';
import { TimeoutError } from '../../core/timeoutError.ts';
import { toError } from '../../core/toError.ts';
import type { SendOutcome, SpanTransport } from '../export/spanTransport.ts';
import { ABORT_GRACE_MILLIS, BatchExport } from './batchExport.ts';
import { DROP_REASONS } from './dropReason.ts';
import { DropReporter } from './dropReporter.ts';
import type { EventLoop } from './eventLoop.ts';
import type { Settlement } from './settlement.ts';
import type { SpanLedger } from './spanLedger.ts';
import { MEASURE_MILLIS, SpanQueue } from './spanQueue.ts';

/** By default a queue of 2048 spans holds at most 32 MiB. */
const BYTES_PER_QUEUED_SPAN = 16_384;
/** Timers of Node.js fire at once when they are given more. */
const MAX_TIMER_MILLIS = 2 ** 31 - 1;

/** The bounds of a `BoundedSpanProcessor`. */
export interface SpanProcessorLimits {
  /** How many spans wait at most; one that ends then is dropped as `queue_full`. */
  readonly maxQueueSize: number;
  /** How many spans leave at once at most; at most `maxQueueSize`. */
  readonly maxExportBatchSize: number;
  /** How long a span waits at most for others to leave with it, while nothing is on its way, in milliseconds. */
  readonly scheduledDelayMillis: number;
  /** How long an export takes at most, in milliseconds; a second more and it counts as failed. */
  readonly exportTimeoutMillis: number;
  /**
   * How much memory spans may hold while they wait or are on their way, in bytes by estimate, ten milliseconds after
   * they ended at the latest. The newest are dropped as `queue_full` when they exceed it, but for one that does so alone.
   *
   * @defaultValue 16 KiB for each span of `maxQueueSize`
   */
  readonly maxQueueBytes?: number | undefined;
}

/** What a `BoundedSpanProcessor` is made of. */
export interface BoundedSpanProcessorOptions {
  readonly transport: SpanTransport;
  readonly limits: SpanProcessorLimits;
  /** Counts every span that ends. */
  readonly ledger: SpanLedger;
  readonly host: Pick<HostProcess, 'schedule'>;
  readonly eventLoop: EventLoop;
  /**
   * Told of lost spans by `SpansDroppedError`s, for each reason at once and then once a minute, and of what else goes wrong.
   * Never throws.
   */
  readonly onError: (error: Error) => void;
}

interface Flush {
  /** It is over when so many spans have left the queue and nothing is on its way. */
  readonly departures: number;
  readonly finish: () => void;
}

/**
 * Sends ended spans in batches, one at a time, and counts the fate of each. In place of the SDK's `BatchSpanProcessor`,
 * which loses spans silently and may hold any amount of memory.
 *
 * A batch leaves on the next turn of the event loop when it is full, or after the scheduled delay. No method throws or
 * rejects, no timer keeps the process alive, and the wall clock is not read.
 */
export class BoundedSpanProcessor implements SpanProcessor {
  readonly #options: BoundedSpanProcessorOptions;
  readonly #ledger: SpanLedger;
  readonly #queue: SpanQueue;
  readonly #reporter: DropReporter;
  /** The length of the queue at which something has to be set in motion: the one thing that is asked for every span. */
  #wakeAt = 1;
  #cancelWake: Dispose | undefined;
  #cancelMeasuring: Dispose | undefined;
  #export: BatchExport | undefined;
  #sending = false;
  #isWarm = false;
  /** How many spans have left the queue, and how many are to leave without delay. */
  #departed = 0;
  #due = 0;
  #flushes: Flush[] = [];
  #shutdown: Promise<void> | undefined;

  constructor(options: BoundedSpanProcessorOptions) {
    const { limits, transport, onError, host, eventLoop } = options;
    this.#options = options;
    this.#ledger = options.ledger;
    this.#queue = new SpanQueue({
      maxSpans: limits.maxQueueSize,
      maxBytes: limits.maxQueueBytes ?? limits.maxQueueSize * BYTES_PER_QUEUED_SPAN,
      onUnmeasured: () => this.#planMeasuring(),
    });
    this.#reporter = new DropReporter({ destination: transport.destination, onError, host, eventLoop });
  }

  onStart(): void {
    // A span is counted when it ends. That one is coming is the time to look for the way: a process may end right after.
    if (this.#isWarm) return;
    this.#isWarm = true;
    const { eventLoop, transport } = this.#options;
    eventLoop.detached(() => void transport.warmUp?.());
  }

  onEnd(span: ReadableSpan): void {
    if ((span.spanContext().traceFlags & TraceFlags.SAMPLED) === 0) {
      this.#ledger.countUnsampled();
      return;
    }
    if (this.#queue.isLate(span)) this.#measure();
    if (this.#queue.offer(span)) {
      this.#ledger.enqueue();
      if (this.#queue.size >= this.#wakeAt) this.#wake();
    } else {
      this.#refuse();
    }
  }

  /** Resolves when everything that had ended before the call is sent or lost. */
  forceFlush(): Promise<void> {
    // What is given up for its size is given up now: it does not count among what is to leave.
    this.#measure();
    if (this.#queue.size === 0 && !this.#sending) return Promise.resolve();
    this.#due = this.#departed + this.#queue.size;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#flushes.push({ departures: this.#due, finish: resolve });
    this.#options.eventLoop.detached(() => this.#start());
    return promise;
  }

  /**
   * Sends what waits and closes the transport, within the bound; what is left then is dropped as `shutdown`, and so is
   * every span that ends after this call. Idempotent: a further call returns the promise of the first.
   *
   * @param timeoutMillis - the bound on all of it, in milliseconds; by default that of one export
   */
  shutdown(timeoutMillis: number = this.#options.limits.exportTimeoutMillis): Promise<void> {
    this.#shutdown ??= this.#options.eventLoop.detached(() =>
      // Also without a number: `Math.max` lets NaN through.
      this.#close(Math.min(timeoutMillis > 0 ? timeoutMillis : 0, MAX_TIMER_MILLIS)),
    );
    return this.#shutdown;
  }

  /** Sends what waits, where the transport can do that without waiting for anything; what it cannot is left alone. */
  sendNow(): void {
    const { transport } = this.#options;
    if (transport.canSendNow !== true) return;
    const batch = this.#queue.take(Infinity);
    this.#queue.release(batch);
    this.#departed += batch.spans.length;
    const departure = this.#ledger.depart(batch.spans.length);
    this.#report(departure.settle(sentNow(transport, batch.spans)));
  }

  /** For a process that ends in this very call: what waits is dropped as `shutdown`, and every loss is told at once. */
  abandon(): void {
    this.#queue.close();
    this.#giveUp(new TimeoutError('sending the last spans', 0), 0);
    this.#reporter.flush();
  }

  #refuse(): void {
    const reason = this.#queue.isClosed ? 'shutdown' : 'queue_full';
    this.#ledger.refuse(reason);
    this.#reporter.add(reason, 1);
  }

  #planMeasuring(): void {
    const { host, eventLoop } = this.#options;
    this.#cancelMeasuring ??= eventLoop.detached(() =>
      host.schedule(() => {
        this.#cancelMeasuring = undefined;
        this.#measure();
      }, MEASURE_MILLIS),
    );
  }

  #measure(): void {
    this.#reporter.add('queue_full', this.#ledger.dropQueued('queue_full', this.#queue.measure()));
  }

  #wake(): void {
    const { limits, host, eventLoop } = this.#options;
    this.#cancelWake?.();
    if (this.#queue.size >= limits.maxExportBatchSize) {
      this.#wakeAt = Infinity;
      this.#cancelWake = eventLoop.nextTurn(() => this.#sendNextBatch());
    } else {
      this.#wakeAt = limits.maxExportBatchSize;
      this.#cancelWake = eventLoop.detached(() =>
        host.schedule(() => this.#sendNextBatch(), limits.scheduledDelayMillis),
      );
    }
  }

  #sendNextBatch(): void {
    this.#due = Math.max(this.#due, this.#departed + 1);
    this.#start();
  }

  #start(): void {
    this.#cancelWake?.();
    this.#cancelWake = undefined;
    this.#wakeAt = Infinity;
    if (this.#sending) return;
    this.#sending = true;
    void this.#sendWhatIsDue();
  }

  async #sendWhatIsDue(): Promise<void> {
    while (this.#mustSend()) await this.#sendBatch();
    this.#sending = false;
    // A flush may have been asked for between the end of the last batch and here.
    this.#finishFlushes();
    this.#wakeAt = 1;
    if (this.#queue.size > 0) this.#wake();
  }

  // Full batches do not wait for one another: one a turn would limit how many spans can leave.
  #mustSend(): boolean {
    const { size } = this.#queue;
    return size >= this.#options.limits.maxExportBatchSize || (size > 0 && this.#departed < this.#due);
  }

  async #sendBatch(): Promise<void> {
    const { limits, transport, host } = this.#options;
    const batch = this.#queue.take(limits.maxExportBatchSize);
    this.#departed += batch.spans.length;
    const departure = this.#ledger.depart(batch.spans.length);
    this.#export = new BatchExport(batch.spans, { transport, timeoutMillis: limits.exportTimeoutMillis, host });
    const outcome = await this.#export.outcome;
    this.#export = undefined;
    this.#queue.release(batch);
    this.#report(departure.settle(outcome));
    this.#finishFlushes();
  }

  #report({ dropped, error }: Settlement): void {
    for (const reason of DROP_REASONS) this.#reporter.add(reason, dropped[reason], error);
    const hasDropped = DROP_REASONS.some((reason) => dropped[reason] > 0);
    // Over UDP, nobody may be listening while every span counts as sent.
    if (error !== undefined && !hasDropped) this.#options.onError(error);
  }

  #finishFlushes(): void {
    const over = this.#flushes.filter(({ departures }) => departures <= this.#departed);
    this.#flushes = this.#flushes.filter(({ departures }) => departures > this.#departed);
    for (const { finish } of over) finish();
  }

  async #close(timeoutMillis: number): Promise<void> {
    const { host } = this.#options;
    const graceMillis = Math.min(ABORT_GRACE_MILLIS, timeoutMillis / 10);
    const { promise: timeIsUp, resolve } = Promise.withResolvers<void>();
    const cancelEnd = host.schedule(resolve, timeoutMillis);
    const cancelGivingUp = host.schedule(
      () => this.#giveUp(new TimeoutError('sending the last spans', timeoutMillis), graceMillis),
      timeoutMillis - graceMillis,
    );
    this.#queue.close();
    await this.forceFlush();
    cancelGivingUp();
    this.#cancelMeasuring?.();
    await Promise.race([this.#closeTransport(), timeIsUp]);
    cancelEnd();
    this.#reporter.flush();
  }

  #giveUp(error: Error, graceMillis: number): void {
    const batch = this.#queue.take(Infinity);
    this.#queue.release(batch);
    this.#departed += batch.spans.length;
    this.#reporter.add('shutdown', this.#ledger.dropQueued('shutdown', batch.spans.length));
    this.#export?.abort(error, { graceMillis, reason: 'shutdown' });
  }

  async #closeTransport(): Promise<void> {
    try {
      await this.#options.transport.close();
    } catch {
      // It has nothing left to send, so nothing is lost by it.
    }
  }
}

function sentNow(transport: SpanTransport, spans: readonly ReadableSpan[]): SendOutcome {
  const nothing = { sent: 0, dropped: {}, trimmed: 0 };
  try {
    return transport.sendNow?.(spans) ?? nothing;
  } catch (error) {
    return { ...nothing, error: toError(error) };
  }
}

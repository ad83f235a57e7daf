import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { abortableWait } from './abortableWait.ts';
import { AccountedTransport } from './accountedTransport.ts';
import { Backoff } from './backoff.ts';
import type { Courier, Verdict } from './courier.ts';
import type { OutcomeTally } from './outcomeTally.ts';
import { RejectedSpansError } from './rejectedSpansError.ts';
import type { PayloadFormat } from './payloadFormat.ts';
import { SendAbortedError } from './sendAbortedError.ts';
import type { EncodedPacket } from './thrift/batchEncoder.ts';
import type { TransportHost } from './transportHost.ts';

const FIRST_WAIT_MILLIS = 500;
const MAX_WAIT_MILLIS = 10_000;
// A collector, or what answers in its place, must not be able to silence an application for good.
const LONGEST_OBEYED_WAIT_MILLIS = 60_000;

/** What a `CollectorTransport` is made of. */
export interface CollectorTransportOptions {
  /** Where spans go, as text without credentials. */
  readonly destination: string;
  readonly format: PayloadFormat;
  readonly courier: Courier;
  readonly host: Pick<TransportHost, 'monotonicMillis' | 'schedule' | 'random'>;
}

type FinalVerdict = Exclude<Verdict, { kind: 'later' }>;

/**
 * Brings batches to a collector that answers, one request at a time.
 *
 * A collector that is busy or cannot be reached is asked again, at exponentially growing intervals or when it said, until
 * there is no time left. A request whose answer was lost is sent again: what a span's identifiers say is stored twice at
 * worst. What is too large for it is sent in halves, down to a single span, which is `oversize` then.
 */
export class CollectorTransport extends AccountedTransport {
  readonly #options: CollectorTransportOptions;
  // Beyond one batch: the next one is not what a busy collector waits for.
  #notBefore = Number.NEGATIVE_INFINITY;

  constructor(options: CollectorTransportOptions) {
    super(options.destination);
    this.#options = options;
  }

  protected async deliver(spans: readonly ReadableSpan[], tally: OutcomeTally, signal: AbortSignal): Promise<void> {
    for (let from = 0; from < spans.length && !signal.aborted;) {
      const packet = this.#options.format.take(spans, from);
      // Kept: the packet is overwritten while its halves are sent.
      const { nextIndex, spanCount } = packet;
      const verdict = spanCount === 0 ? undefined : await this.#persuade(packet.bytes, signal);
      if (verdict?.kind === 'tooLarge' && spanCount > 1) {
        const middle = Math.ceil((from + nextIndex) / 2);
        await this.deliver(spans.slice(from, middle), tally, signal);
        await this.deliver(spans.slice(middle, nextIndex), tally, signal);
      } else {
        this.#account(packet, verdict, tally);
      }
      from = nextIndex;
    }
  }

  protected release(): Promise<void> {
    this.#options.courier.close();
    return Promise.resolve();
  }

  /** Asks until there is an answer that counts. */
  async #persuade(body: Uint8Array, signal: AbortSignal): Promise<FinalVerdict> {
    const { courier, host } = this.#options;
    const backoff = new Backoff({
      firstMillis: FIRST_WAIT_MILLIS,
      maxMillis: MAX_WAIT_MILLIS,
      random: host.random,
    });
    let failure: Error | undefined;
    for (;;) {
      const hasTime = await abortableWait(this.#notBefore - host.monotonicMillis(), signal, host);
      if (!hasTime) return { kind: 'refused', error: new SendAbortedError(this.destination, failure) };
      const verdict = await courier.carry(body, signal);
      if (verdict.kind !== 'later') return verdict;
      if (!signal.aborted) failure = verdict.error;
      const obeyedMillis = Math.min(verdict.afterMillis ?? 0, LONGEST_OBEYED_WAIT_MILLIS);
      this.#notBefore = host.monotonicMillis() + Math.max(backoff.nextMillis(), obeyedMillis);
    }
  }

  #account(packet: EncodedPacket, verdict: FinalVerdict | undefined, tally: OutcomeTally): void {
    const { spanCount, trimmedCount, oversizeCount } = packet;
    tally.drop('oversize', oversizeCount);
    if (verdict === undefined) return;
    if (verdict.kind !== 'taken') {
      tally.drop(verdict.kind === 'tooLarge' ? 'oversize' : 'export_failed', spanCount, verdict.error);
      return;
    }
    const rejected = this.#rejectedIn(verdict.answer, spanCount, tally);
    tally.send(spanCount - rejected, trimmedCount);
  }

  #rejectedIn(answer: Uint8Array, spanCount: number, tally: OutcomeTally): number {
    const rejected = this.#options.format.rejectedIn(answer);
    if (rejected === undefined) return 0;
    const error = new RejectedSpansError({ ...rejected, destination: this.destination });
    const rejectedCount = Math.min(rejected.spanCount, spanCount);
    tally.drop('export_failed', rejectedCount, error);
    return rejectedCount;
  }
}

import type { DropReason } from './dropReason.ts';

/** What a `SpansDroppedError` is made of. */
export interface SpansDroppedErrorOptions {
  readonly reason: DropReason;
  /** How many spans were lost since the last report of this reason. */
  readonly spanCount: number;
  /** Where they were going, as text. */
  readonly destination: string;
  /** What went wrong last, where it is known. */
  readonly cause?: Error | undefined;
}

/**
 * Spans were lost. The first loss of each reason is reported at once, further ones in sum and at most once a minute.
 * The message says what can be changed.
 */
export class SpansDroppedError extends Error {
  override readonly name = 'SpansDroppedError';
  readonly reason: DropReason;
  /** How many spans were lost since the last report of this reason. */
  readonly spanCount: number;
  /** Where they were going, as text. */
  readonly destination: string;
  /** What to change so that it does not happen again. */
  readonly advice: string;

  constructor({ reason, spanCount, destination, cause }: SpansDroppedErrorOptions) {
    const subject = spanCount === 1 ? '1 span was' : `${spanCount} spans were`;
    const detail = cause === undefined ? '' : `: ${cause.message}`;
    super(
      `${subject} lost on the way to ${destination} (${reason})${detail}. ${ADVICE[reason]}`,
      cause === undefined ? undefined : { cause },
    );
    this.reason = reason;
    this.spanCount = spanCount;
    this.destination = destination;
    this.advice = ADVICE[reason];
  }
}

const ADVICE: Readonly<Record<DropReason, string>> = {
  queue_full:
    'More spans end than leave: sample fewer of them (sampler, OTEL_TRACES_SAMPLER_ARG), raise batch.maxQueueSize ' +
    '(OTEL_BSP_MAX_QUEUE_SIZE), with which the bound on memory rises too, or record shorter attributes ' +
    '(spanLimits.attributeValueLengthLimit).',
  oversize:
    'One span must fit into one packet: record fewer or shorter attributes and events on a span (spanLimits), or raise ' +
    'agent.maxPacketBytes (TRACEWRIGHT_AGENT_MAX_PACKET_BYTES) where the network carries larger packets.',
  export_failed:
    'See that the destination is up, that this process reaches it, and that it takes spans of this kind; where it is ' +
    'only slow, raise batch.exportTimeoutMillis (OTEL_BSP_EXPORT_TIMEOUT).',
  shutdown:
    'Raise shutdownTimeoutMillis where spans were still waiting, and shut tracing down last where spans ended after it.',
};

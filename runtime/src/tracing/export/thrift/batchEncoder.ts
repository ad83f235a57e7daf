import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { copySpan } from '../spanCopy.ts';
import { BinaryWriter } from './binaryWriter.ts';
import { CompactWriter } from './compactWriter.ts';
import { fitSpan } from './fitSpan.ts';
import { PacketStart } from './packetStart.ts';
import { SpanWriter } from './spanWriter.ts';
import { TagWriter } from './tagWriter.ts';
import type { ThriftWriter } from './thriftWriter.ts';
import { traceStateAsTag } from './traceStateTag.ts';

/** Field ids of `Batch` in jaeger.thrift. */
const PROCESS = 1;
const SPANS = 2;

/** Room for the ends of the batch and of the call, and for the length of a long list in the compact protocol. */
const END_BYTES = 6;

/** How a {@link BatchEncoder} writes. */
export interface BatchEncoderOptions {
  /** Thrift's protocol: agents take `binary` on port 6832 and `compact` on port 6831. */
  readonly protocol: 'binary' | 'compact';
  /**
   * `agentMessage`: a oneway call of the agent's `emitBatch`, for UDP. `batch`: a bare `Batch` of jaeger.thrift, which the
   * collector takes over HTTP in the binary protocol as `application/x-thrift`.
   */
  readonly framing: 'agentMessage' | 'batch';
  /** Largest packet, in bytes; as many are held in memory all the time. */
  readonly maxBytes: number;
}

/** What {@link BatchEncoder.take} made of a stretch of spans. */
export interface EncodedPacket {
  /** Valid until the next call of `take`; empty when nothing of this stretch fitted. */
  readonly bytes: Buffer;
  /** Index of the first span that is not dealt with yet. */
  readonly nextIndex: number;
  /** Spans in `bytes`. */
  readonly spanCount: number;
  /** How many of those were trimmed to fit, and marked as trimmed. */
  readonly trimmedCount: number;
  /** Spans that were left out, because they are too large even when trimmed. */
  readonly oversizeCount: number;
}

/** What became of a span that was dealt with. */
type Dealt = 'whole' | 'trimmed' | 'oversize';

/** What became of a span: `later` when it has to wait for the next packet. */
type Fate = Dealt | 'later';

/**
 * Encodes finished spans as Jaeger's thrift, packet by packet; never throws, whatever is in the spans.
 *
 * A packet holds the process once, and spans of one resource only. A span that does not fit into a packet of its own is
 * trimmed, and tagged with `tracewright.trimmed`, `tracewright.trimmed_bytes` and `tracewright.trimmed_texts`; parts that
 * are left out of it add to its `otel.dropped_attributes_count`, `otel.dropped_events_count` and `otel.dropped_links_count`.
 * A resource that takes more than half of a packet is trimmed and tagged likewise.
 */
export class BatchEncoder {
  readonly #options: BatchEncoderOptions;
  readonly #writer: ThriftWriter;
  readonly #start: PacketStart;
  readonly #spans: SpanWriter;

  constructor(options: BatchEncoderOptions) {
    const { protocol, framing, maxBytes } = options;
    this.#options = options;
    const Writer = protocol === 'binary' ? BinaryWriter : CompactWriter;
    this.#writer = new Writer(Math.max(0, maxBytes - END_BYTES));
    const tags = new TagWriter(this.#writer);
    const isCall = framing === 'agentMessage';
    this.#start = new PacketStart(this.#writer, tags, { isCall, mostBytes: Math.floor(maxBytes / 2) });
    this.#spans = new SpanWriter(this.#writer, tags);
  }

  /** Fills one packet with spans from index `from` on. Call it again with `nextIndex` until that is `spans.length`. */
  take(spans: readonly ReadableSpan[], from: number): EncodedPacket {
    const resource = spans[from]?.resource;
    const counts = { whole: 0, trimmed: 0, oversize: 0 };
    if (resource === undefined) return this.#nothing(spans, from);
    this.#start.write(resource);
    const place = this.#writer.beginStructs(SPANS, PROCESS);
    let index = from;
    for (let span = spans[index]; span?.resource === resource; span = spans[++index]) {
      const fate = this.#put(span, counts.whole + counts.trimmed === 0);
      if (fate === 'later') break;
      counts[fate]++;
    }
    this.#end(place, counts.whole + counts.trimmed);
    return this.#packet(index, counts);
  }

  /** Past the end there is nothing; and a span of no process, which no SDK makes, has no packet, but is counted. */
  #nothing(spans: readonly ReadableSpan[], from: number): EncodedPacket {
    const oversize = from < spans.length ? 1 : 0;
    return this.#packet(from + oversize, { whole: 0, trimmed: 0, oversize });
  }

  #end(place: number, count: number): void {
    this.#writer.endStructs(place, count);
    this.#writer.endStruct();
    if (this.#options.framing === 'agentMessage') this.#writer.endStruct();
  }

  #packet(nextIndex: number, { whole, trimmed, oversize }: Readonly<Record<Dealt, number>>): EncodedPacket {
    const spanCount = whole + trimmed;
    if (spanCount === 0) this.#writer.position = 0;
    return { bytes: this.#writer.written(), nextIndex, spanCount, trimmedCount: trimmed, oversizeCount: oversize };
  }

  #put(span: ReadableSpan, isFirst: boolean): Fate {
    const attempt = this.#tryToWrite(span);
    if (attempt === 'written') return 'whole';
    return attempt === 'full' && !isFirst ? 'later' : this.#putCopy(traceStateAsTag(copySpan(span)), isFirst);
  }

  /** The way of spans that cannot be read, or that do not fit into a packet of their own. */
  #putCopy(copy: ReadableSpan, isFirst: boolean): Fate {
    if (this.#tryToWrite(copy) === 'written') return 'whole';
    if (!isFirst) return 'later';
    const fitting = fitSpan(copy, this.#options.maxBytes, (span) => this.#fits(span));
    return fitting !== undefined && this.#tryToWrite(fitting) === 'written' ? 'trimmed' : 'oversize';
  }

  #fits(span: ReadableSpan): boolean {
    const start = this.#writer.position;
    const fits = this.#tryToWrite(span) === 'written';
    this.#writer.position = start;
    return fits;
  }

  /** Leaves the writer where it was when the span could not be written. */
  #tryToWrite(span: ReadableSpan): 'written' | 'full' | 'unreadable' {
    const start = this.#writer.position;
    try {
      this.#spans.write(span);
      if (!this.#writer.isFull) return 'written';
    } catch {
      this.#writer.position = start;
      return 'unreadable';
    }
    this.#writer.position = start;
    return 'full';
  }
}

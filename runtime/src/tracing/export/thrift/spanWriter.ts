import type { Link } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { attributeText } from '../attributeText.ts';
import { writeSpanId, writeTraceId } from './identifierWriter.ts';
import { LogWriter } from './logWriter.ts';
import { microsecondsOf } from './microseconds.ts';
import { SpanTagWriter } from './spanTagWriter.ts';
import type { TagWriter } from './tagWriter.ts';
import type { ThriftWriter } from './thriftWriter.ts';

/** Field ids of `Span` in jaeger.thrift; `traceIdHigh`, 2, follows `traceIdLow`. */
const TRACE_ID = 1;
const TRACE_ID_HIGH = 2;
const SPAN_ID = 3;
const PARENT_SPAN_ID = 4;
const OPERATION_NAME = 5;
const REFERENCES = 6;
const FLAGS = 7;
const START_TIME = 8;
const DURATION = 9;
const TAGS = 10;
const LOGS = 11;

/** Field ids of `SpanRef` in jaeger.thrift. */
const REFERENCE_TYPE = 1;
const REFERENCE_TRACE_ID = 2;
const REFERENCE_TRACE_ID_HIGH = 3;
const REFERENCE_SPAN_ID = 4;

/** Value of `SpanRefType` in jaeger.thrift. */
const FOLLOWS_FROM = 1;

/** The one bit of the trace flags that Jaeger's flags share: its debug bit is the random bit of W3C's trace context. */
const SAMPLED = 1;

/**
 * Writes spans as `Span` of jaeger.thrift.
 *
 * Source: "OpenTelemetry to Jaeger Transformation" and "OpenTelemetry Transformation to non-OTLP Formats" in OpenTelemetry's
 * specification; the tag `w3c.tracestate` is what Jaeger's own translation writes.
 */
export class SpanWriter {
  readonly #writer: ThriftWriter;
  readonly #tags: SpanTagWriter;
  readonly #logs: LogWriter;

  constructor(writer: ThriftWriter, tags: TagWriter) {
    this.#writer = writer;
    this.#tags = new SpanTagWriter(writer, tags);
    this.#logs = new LogWriter(writer, tags);
  }

  /** Writes one span; not all of it when the writer is full at the end. Throws what reading the span throws. */
  write(span: ReadableSpan): void {
    const writer = this.#writer;
    const context = span.spanContext();
    const { links } = span;
    writeTraceId(writer, TRACE_ID, 0, context);
    writeSpanId(writer, SPAN_ID, TRACE_ID_HIGH, context.spanId);
    writeSpanId(writer, PARENT_SPAN_ID, SPAN_ID, span.parentSpanContext?.spanId ?? '');
    writer.textField(OPERATION_NAME, PARENT_SPAN_ID, attributeText(span.name));
    if (links.length > 0) this.#references(links);
    writer.int32Field(FLAGS, links.length > 0 ? REFERENCES : OPERATION_NAME, context.traceFlags & SAMPLED);
    writer.integerField(START_TIME, FLAGS, microsecondsOf(span.startTime));
    writer.integerField(DURATION, START_TIME, microsecondsOf(span.duration));
    this.#tagsAndLogs(span);
    writer.endStruct();
  }

  #references(links: readonly Link[]): void {
    const writer = this.#writer;
    const place = writer.beginStructs(REFERENCES, OPERATION_NAME);
    for (const { context } of links) {
      if (writer.isFull) return;
      writer.int32Field(REFERENCE_TYPE, 0, FOLLOWS_FROM);
      writeTraceId(writer, REFERENCE_TRACE_ID, REFERENCE_TYPE, context);
      writeSpanId(writer, REFERENCE_SPAN_ID, REFERENCE_TRACE_ID_HIGH, context.spanId);
      writer.endStruct();
    }
    writer.endStructs(place, links.length);
  }

  /** A list that turns out to be empty is taken back. */
  #tagsAndLogs(span: ReadableSpan): void {
    const writer = this.#writer;
    const beforeTags = writer.position;
    const tags = writer.beginStructs(TAGS, DURATION);
    const tagCount = this.#tags.write(span);
    this.#endList(beforeTags, tags, tagCount);
    if (span.events.length === 0 && span.links.length === 0) return;
    const beforeLogs = writer.position;
    const logs = writer.beginStructs(LOGS, tagCount > 0 ? TAGS : DURATION);
    this.#endList(beforeLogs, logs, this.#logs.write(span));
  }

  #endList(start: number, place: number, count: number): void {
    if (count > 0) this.#writer.endStructs(place, count);
    // A writer that is full stays so: the list may be empty because there was no room.
    else if (!this.#writer.isFull) this.#writer.position = start;
  }
}

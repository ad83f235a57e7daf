import type { Attributes, Link } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { attributeText } from '../attributeText.ts';
import { microsecondsOf } from './microseconds.ts';
import type { TagWriter } from './tagWriter.ts';
import type { ThriftWriter } from './thriftWriter.ts';

/** Field ids of `Log` in jaeger.thrift. */
const TIMESTAMP = 1;
const FIELDS = 2;

type Event = ReadableSpan['events'][number];

/** Writes events as logs; and links that have attributes, for which Jaeger's references have no place. */
export class LogWriter {
  readonly #writer: ThriftWriter;
  readonly #tags: TagWriter;

  constructor(writer: ThriftWriter, tags: TagWriter) {
    this.#writer = writer;
    this.#tags = tags;
  }

  /** Writes all logs of a span and returns how many; stops when the writer is full. */
  write({ events, links, startTime }: ReadableSpan): number {
    let count = 0;
    for (const event of events) {
      if (this.#writer.isFull) return count;
      this.#event(event);
      count++;
    }
    for (const link of links) {
      if (this.#writer.isFull) return count;
      if (link.attributes === undefined || Object.keys(link.attributes).length === 0) continue;
      this.#link(link, link.attributes, microsecondsOf(startTime));
      count++;
    }
    return count;
  }

  /** An attribute `event` takes the place of the event's name. */
  #event({ name, time, attributes, droppedAttributesCount = 0 }: Event): void {
    const place = this.#begin(microsecondsOf(time));
    let count = 0;
    if (attributes === undefined || !Object.hasOwn(attributes, 'event')) {
      this.#tags.write('event', attributeText(name));
      count++;
    }
    if (attributes !== undefined) count += this.#tags.writeAll(attributes);
    if (droppedAttributesCount > 0) {
      this.#tags.write('otel.event.dropped_attributes_count', droppedAttributesCount);
      count++;
    }
    this.#end(place, count);
  }

  #link({ context, droppedAttributesCount = 0 }: Link, attributes: Attributes, timestamp: number): void {
    const place = this.#begin(timestamp);
    this.#tags.write('event', 'link');
    this.#tags.write('trace_id', context.traceId);
    this.#tags.write('span_id', context.spanId);
    let count = 3 + this.#tags.writeAll(attributes);
    if (droppedAttributesCount > 0) {
      this.#tags.write('otel.dropped_attributes_count', droppedAttributesCount);
      count++;
    }
    this.#end(place, count);
  }

  #begin(timestamp: number): number {
    this.#writer.integerField(TIMESTAMP, 0, timestamp);
    return this.#writer.beginStructs(FIELDS, TIMESTAMP);
  }

  #end(place: number, count: number): void {
    this.#writer.endStructs(place, count);
    this.#writer.endStruct();
  }
}

import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { attributeText } from '../attributeText.ts';
import type { TagWriter } from './tagWriter.ts';
import type { ThriftWriter } from './thriftWriter.ts';
import { TRACE_STATE_TAG } from './traceStateTag.ts';

/** Values of `span.kind`; there is none for what is internal, or what untyped code made of a kind. */
const KINDS: ReadonlyMap<SpanKind, string> = new Map([
  [SpanKind.SERVER, 'server'],
  [SpanKind.CLIENT, 'client'],
  [SpanKind.PRODUCER, 'producer'],
  [SpanKind.CONSUMER, 'consumer'],
]);

type Scope = ReadableSpan['instrumentationScope'];

/** The tags of one scope as they are written. */
interface EncodedScope {
  readonly bytes: Uint8Array;
  readonly count: number;
}

/** Writes what Jaeger has no field for, and OpenTelemetry's specification therefore maps to tags. */
export class SpanTagWriter {
  readonly #writer: ThriftWriter;
  readonly #tags: TagWriter;
  /** There is one object for a tracer, and all its spans share it. */
  readonly #scopes = new WeakMap<Scope, EncodedScope>();

  constructor(writer: ThriftWriter, tags: TagWriter) {
    this.#writer = writer;
    this.#tags = tags;
  }

  /** Writes all tags of a span and returns how many. */
  write(span: ReadableSpan): number {
    return (
      this.#tags.writeAll(span.attributes) +
      this.#text('span.kind', KINDS.get(span.kind)) +
      this.#status(span) +
      this.#scope(span.instrumentationScope) +
      this.#text(TRACE_STATE_TAG, span.spanContext().traceState?.serialize()) +
      this.#count('otel.dropped_attributes_count', span.droppedAttributesCount) +
      this.#count('otel.dropped_events_count', span.droppedEventsCount) +
      this.#count('otel.dropped_links_count', span.droppedLinksCount)
    );
  }

  /** A code that nobody knows, which untyped code can set, is no status. */
  #status({ status }: ReadableSpan): number {
    if (status.code === SpanStatusCode.OK) return this.#text('otel.status_code', 'OK');
    if (status.code !== SpanStatusCode.ERROR) return 0;
    this.#tags.write('error', true);
    return 1 + this.#text('otel.status_code', 'ERROR') + this.#text('otel.status_description', status.message);
  }

  #scope(scope: Scope): number {
    const known = this.#scopes.get(scope);
    if (known !== undefined) {
      this.#writer.bytes(known.bytes);
      return known.count;
    }
    const start = this.#writer.position;
    const count = this.#scopeTags(scope);
    if (!this.#writer.isFull) this.#scopes.set(scope, { bytes: this.#writer.copyFrom(start), count });
    return count;
  }

  /**
   * The names of today, and the deprecated ones that the specification demands beside them: they are what Jaeger 1.50 makes
   * of spans that come by OTLP, and what exporter-jaeger writes, so that one search finds the spans of all.
   */
  #scopeTags({ name, version }: Scope): number {
    return (
      this.#text('otel.scope.name', name) +
      this.#text('otel.scope.version', version) +
      this.#text('otel.library.name', name) +
      this.#text('otel.library.version', version)
    );
  }

  /** Nothing is written of a text that is missing or empty. */
  #text(name: string, value: string | undefined): number {
    const text = value === undefined ? '' : attributeText(value);
    if (text === '') return 0;
    this.#tags.write(name, text);
    return 1;
  }

  /** Nothing is written unless something was dropped. */
  #count(name: string, count: number): number {
    if (!(count > 0)) return 0;
    this.#tags.write(name, count);
    return 1;
  }
}

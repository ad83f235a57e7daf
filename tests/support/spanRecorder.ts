import {
  type Attributes,
  context,
  diag,
  DiagLogLevel,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  InMemorySpanExporter,
  type ReadableSpan,
  type Sampler,
  type SamplingDecision,
  SimpleSpanProcessor,
  type SpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';

/** What a test compares of a span. */
export interface SeenSpan {
  readonly name: string;
  readonly parent?: string;
  readonly kind?: string;
  readonly status?: string;
  readonly attributes?: Attributes;
  readonly events?: readonly string[];
}

interface RecorderOptions {
  readonly sampler?: Sampler;
  readonly processor?: SpanProcessor;
}

/** A real provider and context manager, registered globally until `stop()`, which keeps the spans that end. */
export class SpanRecorder {
  /** What was told to OpenTelemetry's diagnostics as warnings or errors. */
  readonly problems: unknown[][] = [];
  /** The provider that is registered. */
  readonly provider: TracerProvider;
  readonly #exporter = new InMemorySpanExporter();
  readonly #contexts = new AsyncLocalStorageContextManager().enable();

  constructor({ sampler, processor }: RecorderOptions = {}) {
    const tell = (...told: unknown[]): void => {
      this.problems.push(told);
    };
    diag.setLogger(
      { verbose: () => undefined, debug: () => undefined, info: () => undefined, warn: tell, error: tell },
      DiagLogLevel.WARN,
    );
    context.setGlobalContextManager(this.#contexts);
    const processors = [
      new SimpleSpanProcessor({ exporter: this.#exporter }),
      ...(processor === undefined ? [] : [processor]),
    ];
    this.provider = new TracerProvider({ spanProcessors: processors, ...(sampler === undefined ? {} : { sampler }) });
    trace.setGlobalTracerProvider(this.provider);
  }

  /** The spans that ended, in the order of their ends. */
  get ended(): readonly ReadableSpan[] {
    return this.#exporter.getFinishedSpans();
  }

  /** The same, with what is empty or usual left out. */
  get seen(): readonly SeenSpan[] {
    const names = new Map(this.ended.map((span) => [span.spanContext().spanId, span.name]));
    return this.ended.map((span) => {
      const parentId = span.parentSpanContext?.spanId;
      return {
        name: span.name,
        ...(parentId === undefined ? {} : { parent: names.get(parentId) ?? 'a span that has not ended' }),
        ...(span.kind === SpanKind.INTERNAL ? {} : { kind: SpanKind[span.kind] }),
        ...(span.status.code === SpanStatusCode.UNSET ? {} : { status: statusText(span) }),
        ...(Object.keys(span.attributes).length === 0 ? {} : { attributes: span.attributes }),
        ...(span.events.length === 0 ? {} : { events: span.events.map(({ name }) => name) }),
      };
    });
  }

  /** The names of the spans that ended. */
  get names(): readonly string[] {
    return this.ended.map(({ name }) => name);
  }

  /** The only span that ended. */
  get only(): ReadableSpan {
    const [span, ...others] = this.ended;
    if (span === undefined || others.length > 0) throw new Error(`${this.ended.length} spans ended`);
    return span;
  }

  /** Unregisters everything. */
  stop(): void {
    trace.disable();
    context.disable();
    diag.disable();
  }
}

/** A sampler that says the same of every span. */
export function fixedSampler(decision: SamplingDecision): Sampler {
  return { shouldSample: () => ({ decision }), toString: () => 'fixed' };
}

/** The name of the active span; `undefined` outside one. */
export function activeName(): string | undefined {
  const span: (Span & { readonly name?: string }) | undefined = trace.getActiveSpan();
  return span?.name;
}

/** Ends the macrotask: whatever was unhandled is known by then. */
export async function turn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

function statusText({ status }: ReadableSpan): string {
  const code = SpanStatusCode[status.code];
  return status.message === undefined ? code : `${code}: ${status.message}`;
}

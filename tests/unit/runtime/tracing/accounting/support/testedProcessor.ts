import { ROOT_CONTEXT, type Span } from '@opentelemetry/api';
import { AlwaysOnSampler, type Sampler, TracerProvider } from '@opentelemetry/sdk-trace';
import {
  BoundedSpanProcessor,
  type SpanProcessorLimits,
} from '../../../../../../runtime/src/tracing/accounting/boundedSpanProcessor.ts';
import { type SpanCounts, SpanLedger } from '../../../../../../runtime/src/tracing/accounting/spanLedger.ts';
import type { SpanTransport } from '../../../../../../runtime/src/tracing/export/spanTransport.ts';
import { FakeHost, settle } from '../../../../../support/fakeHost.ts';
import { FakeEventLoop } from './fakeEventLoop.ts';
import { HeldTransport } from './heldTransport.ts';

/** What a test may set. */
export interface TestedProcessorOptions<T extends SpanTransport> {
  readonly transport: T;
  readonly limits?: Partial<SpanProcessorLimits>;
  readonly sampler?: Sampler;
  readonly attributeValueLengthLimit?: number;
}

/** A `BoundedSpanProcessor` under the SDK's own tracer provider, with everything around it in the test's hands. */
export class TestedProcessor<T extends SpanTransport> {
  readonly host = new FakeHost();
  readonly eventLoop = new FakeEventLoop();
  readonly ledger = new SpanLedger();
  readonly errors: Error[] = [];
  readonly transport: T;
  readonly processor: BoundedSpanProcessor;
  readonly #provider: TracerProvider;

  constructor({ transport, limits, sampler, attributeValueLengthLimit }: TestedProcessorOptions<T>) {
    this.transport = transport;
    this.processor = new BoundedSpanProcessor({
      transport,
      limits: {
        maxQueueSize: 8,
        maxExportBatchSize: 3,
        scheduledDelayMillis: 5000,
        exportTimeoutMillis: 30_000,
        ...limits,
      },
      ledger: this.ledger,
      host: this.host,
      eventLoop: this.eventLoop,
      onError: (error) => this.errors.push(error),
    });
    this.#provider = new TracerProvider({
      sampler: sampler ?? new AlwaysOnSampler(),
      spanProcessors: [this.processor],
      ...(attributeValueLengthLimit === undefined ? {} : { spanLimits: { attributeValueLengthLimit } }),
    });
  }

  startSpan(name: string): Span {
    return this.#provider.getTracer('test').startSpan(name, {}, ROOT_CONTEXT);
  }

  /** Spans of these names start and end. */
  spans(...names: readonly string[]): void {
    for (const name of names) this.startSpan(name).end();
  }

  get counts(): SpanCounts {
    return this.ledger.snapshot();
  }

  /** The messages of the errors that were reported. */
  get messages(): string[] {
    return this.errors.map(({ message }) => message);
  }

  async advance(millis: number): Promise<void> {
    this.host.advance(millis);
    await settle();
  }

  async turn(): Promise<void> {
    this.eventLoop.turn();
    await settle();
  }
}

/** A processor whose transport answers when the test says so. */
export function heldProcessor(options: Omit<TestedProcessorOptions<HeldTransport>, 'transport'> = {}) {
  return new TestedProcessor({ ...options, transport: new HeldTransport() });
}

/** The counts of a ledger with nothing in it, but for what is given. */
export function counts({ dropped, ...given }: Partial<SpanCounts> = {}): SpanCounts {
  return {
    created: 0,
    exported: 0,
    dropped: { queue_full: 0, oversize: 0, export_failed: 0, shutdown: 0, ...dropped },
    queued: 0,
    inFlight: 0,
    unsampled: 0,
    trimmed: 0,
    ...given,
  };
}

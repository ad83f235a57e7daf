import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Tracer } from '@opentelemetry/api';
import {
  AlwaysOnSampler,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
  TracerProvider,
  type TracerProviderOptions,
} from '@opentelemetry/sdk-trace';

/** Which spans `finishedSpans` makes. */
export interface FinishedSpansOptions {
  readonly count: number;
  /** @defaultValue `'shop'` */
  readonly service?: string;
  /** Length of the attribute `padding`, which every span has beside the others. */
  readonly paddingCharacters?: number;
  /** Put into every span when it has ended, as a program may that keeps an object which it gave for a value. */
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** What every span of `finishedSpans` points to. */
export const linkedSpan = { traceId: '5b8aa5a2d2c872e8321cf37308d69df2', spanId: '5fb397be34d26b51', traceFlags: 1 };

/**
 * Finished spans of one trace, as the SDK leaves them: `step 1`, their parent, first, and then its children, each with
 * attributes of every type, an event, a link and the status of a failure.
 */
export function finishedSpans(options: FinishedSpansOptions): readonly ReadableSpan[] {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({
    resource: resourceOf(options.service ?? 'shop'),
    sampler: new AlwaysOnSampler(),
    spanProcessors: [new SimpleSpanProcessor({ exporter })],
  });
  const tracer = provider.getTracer('finished-spans', '1.2.3');
  let context = ROOT_CONTEXT;
  for (let number = 1; number <= options.count; number += 1) {
    const span = endSpan(tracer, number, options, context);
    if (number === 1) context = trace.setSpanContext(context, span);
  }
  const spans = exporter.getFinishedSpans();
  for (const span of spans) Object.assign(span.attributes, options.attributes);
  return spans;
}

function endSpan(
  tracer: Tracer,
  number: number,
  { paddingCharacters = 0 }: FinishedSpansOptions,
  parent: typeof ROOT_CONTEXT,
): ReturnType<ReadableSpan['spanContext']> {
  const attributes = {
    'shop.item': 'täa ☕',
    'shop.count': number,
    'shop.price': 2.5,
    'shop.paid': true,
    'shop.tags': ['hot', 'black'],
    padding: 'x'.repeat(paddingCharacters),
  };
  const links = [{ context: linkedSpan, attributes: { why: 'queued' } }];
  const span = tracer.startSpan(
    `step ${number}`,
    { kind: SpanKind.CLIENT, attributes, links, startTime: [1_700_000_000, 123_456_000] },
    parent,
  );
  span.addEvent('brewed', { degrees: 92 }, [1_700_000_000, 223_456_000]);
  span.setStatus({ code: SpanStatusCode.ERROR, message: 'too hot' });
  span.end([1_700_000_001, 123_456_000]);
  return span.spanContext();
}

/** Attributes that cannot be read to their end, or not at all. */
export function hostileAttributes(): Readonly<Record<string, unknown>> {
  const cyclic: unknown[] = ['round'];
  cyclic.push(cyclic);
  const throwing = {
    get secret(): string {
      throw new Error('not for you');
    },
  };
  return { cyclic, throwing, big: 10n ** 30n, symbol: Symbol('s'), nothing: null, date: new Date(Number.NaN) };
}

// The workspace has several versions of the library that makes these; a transport reads the attributes only.
function resourceOf(service: string): NonNullable<TracerProviderOptions['resource']> {
  const attributes = { 'service.name': service, 'deployment.environment.name': 'test' };
  const resource: NonNullable<TracerProviderOptions['resource']> = {
    attributes,
    merge: () => resource,
    getRawAttributes: () => Object.entries(attributes),
  };
  return resource;
}

import { EventEmitter } from 'node:events';
import { type Context, context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { isTracingSuppressed, suppressTracing } from '@opentelemetry/core';
import { InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bindContext } from '../../../../../runtime/src/tracing/context/bindContext.ts';
import { continueTrace } from '../../../../../runtime/src/tracing/context/continueTrace.ts';
import { createPropagator } from '../../../../../runtime/src/tracing/context/createPropagator.ts';
import { extractContext } from '../../../../../runtime/src/tracing/context/extractContext.ts';
import { injectContext } from '../../../../../runtime/src/tracing/context/injectContext.ts';
import { baggageOf, contextOf, SPAN_ID, TRACE_ID } from './carriers.ts';

const traceparent = `00-${TRACE_ID}-${SPAN_ID}-01`;
const sender = { traceId: TRACE_ID, spanId: SPAN_ID, traceFlags: 1, isRemote: true };

let exporter: InMemorySpanExporter;

beforeEach(() => {
  exporter = new InMemorySpanExporter();
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(createPropagator());
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }));
});
afterEach(() => {
  context.disable();
  propagation.disable();
  trace.disable();
});

function finished(name: string): ReadableSpan {
  return exporter.getFinishedSpans().find((span) => span.name === name) ?? expect.fail(`no span ${name}`);
}

function inside<T>(active: Context, work: () => T): T {
  return context.with(active, work);
}

describe('injectContext', () => {
  const headers = {
    traceparent,
    baggage: 'user=ada',
    'uber-trace-id': `${TRACE_ID}:${SPAN_ID}:0:1`,
    'uberctx-user': 'ada',
  };

  it('gives the headers of the active context, in a new object or beside others', () => {
    const active = contextOf({}, { user: { value: 'ada' } });
    expect(inside(active, () => injectContext())).toEqual(headers);
    const carrier = { type: 'order' };
    expect(inside(active, () => injectContext(carrier))).toBe(carrier);
    expect(carrier).toEqual({ type: 'order', ...headers });
  });

  it('gives nothing outside of a span', () => {
    expect(injectContext()).toEqual({});
  });
});

describe('extractContext', () => {
  it.each([
    ['texts', traceparent],
    ['bytes, as clients of Kafka give them', Buffer.from(traceparent)],
    ['an array of one', [new TextEncoder().encode(traceparent)]],
  ])('reads headers that are %s', (_form, value) => {
    expect(trace.getSpanContext(extractContext({ traceparent: value }))).toEqual(sender);
  });

  it.each([
    ['no headers', {}],
    ['nothing', undefined],
    ['null', null],
    ['a text', traceparent],
    ['headers of a prototype', Object.create({ traceparent })],
    ['bytes that are too many', { traceparent: Buffer.alloc(10_000_000, 'a') }],
    ['numbers', { traceparent: 5, baggage: [{}, 7, null] }],
  ])('finds nothing in %s, and does not take what is active for it', (_what, carrier) => {
    const found = inside(contextOf({}, { user: { value: 'eve' } }), () => extractContext(carrier));
    expect(trace.getSpanContext(found)).toBeUndefined();
    expect(baggageOf(found)).toEqual([]);
  });

  it('keeps tracing switched off where it is', () => {
    expect(isTracingSuppressed(inside(suppressTracing(ROOT_CONTEXT), () => extractContext({ traceparent })))).toBe(
      true,
    );
  });
});

describe('continueTrace', () => {
  const message = { traceparent, baggage: 'user=ada' };
  const process = { name: 'process orders' };

  it("works in a consumer span of the message's trace, with the message's baggage", () => {
    const attributes = { 'messaging.system': 'redis' };
    const result = continueTrace(message, { ...process, attributes }, (span) => {
      expect(trace.getActiveSpan()).toBe(span);
      return baggageOf(context.active());
    });
    expect(result).toEqual([['user', 'ada']]);
    const span = finished('process orders');
    expect(span).toMatchObject({ kind: SpanKind.CONSUMER, parentSpanContext: sender, links: [], attributes });
    expect(span.spanContext().traceId).toBe(TRACE_ID);
  });

  it("links to the span that was active, such as a polling loop's", () => {
    trace.getTracer('test').startActiveSpan('poll', (poll) => {
      continueTrace(message, process, () => undefined);
      poll.end();
      expect(finished('process orders').links.map((link) => link.context)).toEqual([poll.spanContext()]);
    });
  });

  it('can link to the message and begin a trace, or stay in the active one', () => {
    const link = { ...process, relation: 'link', kind: SpanKind.INTERNAL } as const;
    continueTrace(message, { ...link, name: 'alone' }, () => undefined);
    const alone = finished('alone');
    expect(alone.parentSpanContext).toBeUndefined();
    expect(alone.spanContext().traceId).not.toBe(TRACE_ID);
    expect({ kind: alone.kind, links: alone.links.map(({ context }) => context) }).toEqual({
      kind: SpanKind.INTERNAL,
      links: [sender],
    });
    trace.getTracer('test').startActiveSpan('poll', (poll) => {
      const other = { context: { ...sender, spanId: '1'.repeat(16) } };
      const baggage = continueTrace(message, { ...link, links: [other] }, () => baggageOf(context.active()));
      expect(baggage).toEqual([['user', 'ada']]);
      const span = finished('process orders');
      expect(span.parentSpanContext).toEqual(poll.spanContext());
      expect(span.links.map(({ context }) => context)).toEqual([sender, other.context]);
    });
  });

  it('works in an ordinary span where the message has no trace', () => {
    continueTrace({}, { ...process, name: 'alone' }, () => undefined);
    expect(finished('alone')).toMatchObject({ links: [], kind: SpanKind.CONSUMER });
    trace.getTracer('test').startActiveSpan('poll', (poll) => {
      continueTrace({ traceparent: 'garbage' }, process, () => undefined);
      expect(finished('process orders')).toMatchObject({ parentSpanContext: poll.spanContext(), links: [] });
    });
  });

  it('ends the span with the promise of the work, and passes on how that ends', async () => {
    const failure = new Error('no stock');
    const work = async (): Promise<never> => {
      await Promise.resolve();
      throw failure;
    };
    const done = continueTrace(message, process, work);
    expect(exporter.getFinishedSpans()).toEqual([]);
    await expect(done).rejects.toBe(failure);
    expect(finished('process orders').status).toEqual({ code: SpanStatusCode.ERROR, message: 'no stock' });
  });

  it('works without a span where nothing is traced', () => {
    trace.disable();
    context.disable();
    propagation.disable();
    expect(continueTrace(message, process, (span) => span.isRecording())).toBe(false);
  });
});

describe('bindContext', () => {
  const active = contextOf({});
  const spanId = (): string | undefined => trace.getActiveSpan()?.spanContext().spanId;

  it('lets a callback run in the context in which it was bound', () => {
    const bound = inside(active, () => bindContext((prefix: string) => prefix + String(spanId())));
    expect(bound('>')).toBe(`>${SPAN_ID}`);
  });

  it('lets the listeners of an emitter run in the context in which it was bound, and be taken off again', () => {
    const emitter = new EventEmitter();
    const heard: unknown[] = [];
    const listener = (value: unknown): unknown => heard.push([value, spanId()]);
    emitter.on('event', listener);
    expect(inside(active, () => bindContext(emitter))).toBe(emitter);
    emitter.on('event', listener).once('event', listener);
    expect(emitter.emit('event', 1)).toBe(true);
    expect(heard).toEqual([
      [1, SPAN_ID],
      [1, SPAN_ID],
      [1, SPAN_ID],
    ]);
    emitter.off('event', listener).off('event', listener);
    expect([emitter.emit('event', 2), heard.length, Object.keys(emitter).includes('emit')]).toEqual([false, 3, false]);
  });

  it('leaves an emitter bound as it is', () => {
    const emitter = new EventEmitter();
    inside(active, () => bindContext(emitter));
    bindContext(emitter);
    const heard: unknown[] = [];
    emitter.on('event', () => heard.push(spanId())).emit('event');
    expect(heard).toEqual([SPAN_ID]);
  });
});

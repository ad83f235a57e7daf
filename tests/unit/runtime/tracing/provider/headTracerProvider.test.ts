import {
  context,
  createContextKey,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { suppressTracing } from '@opentelemetry/core';
import { InMemorySpanExporter, SamplingDecision, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { learnSpanKey } from '../../../../../runtime/src/tracing/provider/contextWithSpan.ts';
import { DecisionHandOver } from '../../../../../runtime/src/tracing/provider/decisionHandOver.ts';
import { HeadTracerProvider } from '../../../../../runtime/src/tracing/provider/headTracerProvider.ts';
import { RandomIdGenerator } from '../../../../../runtime/src/tracing/provider/randomIdGenerator.ts';
import { ConstantSampler } from '../../../../../runtime/src/tracing/sampling/constantSampler.ts';
import type { RootSampler } from '../../../../../runtime/src/tracing/sampling/rootSampler.ts';

interface Provided {
  readonly tracer: Tracer;
  readonly finished: InMemorySpanExporter;
  readonly errors: unknown[];
  readonly unsampled: () => number;
}

function provide(sampler: RootSampler, parentBased = true): Provided {
  const finished = new InMemorySpanExporter();
  const ids = new RandomIdGenerator(Math.random);
  const handOver = new DecisionHandOver(ids);
  const sdk = new TracerProvider({
    sampler: handOver.sampler,
    idGenerator: handOver.idGenerator,
    spanProcessors: [new SimpleSpanProcessor({ exporter: finished })],
  });
  const errors: unknown[] = [];
  let unsampled = 0;
  const provider = new HeadTracerProvider(sdk, {
    sampler,
    parentBased,
    ids,
    handOver,
    countUnsampled: () => (unsampled += 1),
    onError: (error) => errors.push(error),
    spanKey: learnSpanKey(),
  });
  return { tracer: provider.getTracer('test'), finished, errors, unsampled: () => unsampled };
}

const on = new ConstantSampler(true);
const off = new ConstantSampler(false);

function remoteParent(sampled: boolean): ReturnType<typeof trace.setSpanContext> {
  const spanContext = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: sampled ? 1 : 0, isRemote: true };
  return trace.setSpanContext(ROOT_CONTEXT, spanContext);
}

beforeEach(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
});
afterEach(() => {
  context.disable();
});

describe('a span that is sampled', () => {
  it('is the span of the SDK, with the trace ID that the sampler was asked about', () => {
    const asked: string[] = [];
    const { tracer, finished } = provide({
      shouldSample: (_context, traceId) => {
        asked.push(traceId);
        return { decision: SamplingDecision.RECORD_AND_SAMPLED, attributes: { 'sampler.type': 'const' } };
      },
    });
    tracer.startSpan('root', { kind: SpanKind.SERVER, attributes: { a: 1 } }).end();
    const [span] = finished.getFinishedSpans();
    expect(asked).toEqual([span?.spanContext().traceId]);
    expect(span).toMatchObject({ name: 'root', kind: SpanKind.SERVER, attributes: { a: 1, 'sampler.type': 'const' } });
    expect(span?.parentSpanContext).toBeUndefined();
  });

  it('has its children in its trace', () => {
    const { tracer, finished } = provide(on);
    tracer.startActiveSpan('parent', (parent) => {
      tracer.startActiveSpan('child', {}, (child) => child.end());
      tracer.startActiveSpan('other root', { root: true }, context.active(), (span) => span.end());
      parent.end();
    });
    const [child, other, parent] = finished.getFinishedSpans();
    expect(child?.parentSpanContext?.spanId).toBe(parent?.spanContext().spanId);
    expect(child?.spanContext().traceId).toBe(parent?.spanContext().traceId);
    expect(other?.spanContext().traceId).not.toBe(parent?.spanContext().traceId);
  });

  it('follows a caller that sampled, whatever the sampler says of roots', () => {
    const { tracer, finished } = provide(off);
    tracer.startSpan('served', {}, remoteParent(true)).end();
    expect(finished.getFinishedSpans()[0]?.spanContext().traceId).toBe('a'.repeat(32));
  });

  it('is recorded also where one of its attributes makes a span while it is read', () => {
    const { tracer, finished } = provide(on);
    const attributes = Object.defineProperty({}, 'key', {
      enumerable: true,
      get: () => {
        tracer.startSpan('inner').end();
        return 'value';
      },
    });
    tracer.startSpan('outer', { attributes }).end();
    expect(finished.getFinishedSpans().map(({ name }) => name)).toEqual(['inner', 'outer']);
    const [inner, outer] = finished.getFinishedSpans().map((span) => span.spanContext().traceId);
    expect(inner).not.toBe(outer);
  });

  it('is started without the attributes and links that the SDK cannot take', () => {
    const { tracer, finished, errors } = provide(on);
    const attributes = Object.defineProperty({}, 'secret', {
      enumerable: true,
      get: () => {
        throw new Error('no');
      },
    });
    tracer.startSpan('root', { kind: SpanKind.CLIENT, startTime: [7, 0], attributes }).end();
    expect(finished.getFinishedSpans()[0]).toMatchObject({
      name: 'root',
      kind: SpanKind.CLIENT,
      startTime: [7, 0],
      attributes: {},
    });
    expect(errors).toEqual([new Error('no')]);
  });
});

describe('a span that is not sampled', () => {
  it('carries the trace on, is counted, and records nothing', () => {
    const { tracer, finished, unsampled } = provide(off);
    const ids = tracer.startActiveSpan('root', (root) =>
      tracer.startActiveSpan('child', (child) => {
        child.setAttribute('a', 1).addEvent('e').setStatus({ code: SpanStatusCode.ERROR }).updateName('x').end();
        root.end();
        return [root.spanContext(), child.spanContext(), child.isRecording()] as const;
      }),
    );
    expect(ids[0].traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(ids[0].spanId).toMatch(/^[0-9a-f]{16}$/);
    expect(ids[0].traceFlags).toBe(0);
    expect(ids[1].traceId).toBe(ids[0].traceId);
    expect(ids[1].spanId).not.toBe(ids[0].spanId);
    expect(ids[2]).toBe(false);
    expect(unsampled()).toBe(2);
    expect(finished.getFinishedSpans()).toEqual([]);
  });

  it('answers with the same ID whenever it is asked', () => {
    const span = provide(off).tracer.startSpan('root');
    expect(span.spanContext()).toBe(span.spanContext());
  });

  it('follows a caller that did not sample, and takes its trace over', () => {
    const { tracer, unsampled } = provide(on);
    expect(tracer.startSpan('served', {}, remoteParent(false)).spanContext()).toMatchObject({
      traceId: 'a'.repeat(32),
      traceFlags: 0,
    });
    expect(unsampled()).toBe(1);
  });

  it('can be foreseen inside of another one, and is counted then', () => {
    const { tracer, unsampled } = provide(off);
    const foresees = (): unknown => {
      const ask: unknown = Reflect.get(tracer, 'isTracingOff');
      return typeof ask === 'function' ? Reflect.apply(ask, tracer, [context.active()]) : undefined;
    };
    expect(foresees()).toBe(false);
    expect(unsampled()).toBe(0);
    expect(tracer.startActiveSpan('root', foresees)).toBe(true);
    expect(unsampled()).toBe(2);
    expect(context.with(suppressTracing(ROOT_CONTEXT), foresees)).toBe(true);
    expect(unsampled()).toBe(2);
    expect(provide(on).tracer.startActiveSpan('root', foresees)).toBe(false);
  });

  it('is not counted where tracing is suppressed', () => {
    const { tracer, unsampled } = provide(off);
    const span = tracer.startSpan('inside', {}, suppressTracing(ROOT_CONTEXT));
    expect(span.spanContext().traceId).toBe('0'.repeat(32));
    expect(unsampled()).toBe(0);
  });
});

it('asks the sampler about every span where the parent does not decide', () => {
  const { tracer, finished, unsampled } = provide(off, false);
  expect(tracer.startSpan('served', {}, remoteParent(true)).spanContext()).toMatchObject({
    traceId: 'a'.repeat(32),
    traceFlags: 0,
  });
  expect(unsampled()).toBe(1);
  const always = provide(on, false);
  always.tracer.startSpan('served', {}, remoteParent(false)).end();
  expect(always.finished.getFinishedSpans()[0]?.parentSpanContext?.spanId).toBe('b'.repeat(16));
  expect(finished.getFinishedSpans()).toEqual([]);
});

describe('the context of an active span', () => {
  const key = createContextKey('a value of the application');

  it('keeps what was in the context, and can be changed as any other', () => {
    const { tracer } = provide(on);
    const [outer, inner, without] = context.with(ROOT_CONTEXT.setValue(key, 'kept'), () =>
      tracer.startActiveSpan('a', (first) =>
        tracer.startActiveSpan('b', (second) => {
          first.end();
          second.end();
          const active = context.active();
          return [active, active.setValue(key, 'changed'), active.deleteValue(key)] as const;
        }),
      ),
    );
    expect([outer.getValue(key), inner.getValue(key), without.getValue(key)]).toEqual(['kept', 'changed', undefined]);
    const names = [outer, inner, without].map((one) => nameOf(trace.getSpan(one)));
    expect(names).toEqual(['b', 'b', 'b']);
    expect(trace.getSpan(trace.deleteSpan(outer))).toBeUndefined();
  });

  it('goes with promises and timers', async () => {
    const { tracer } = provide(off);
    const seen = await tracer.startActiveSpan('a', async (span) => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      return trace.getActiveSpan() === span;
    });
    expect(seen).toBe(true);
  });
});

it('gives one tracer for one scope', () => {
  const sdk = new TracerProvider();
  const { tracer } = provide(on);
  expect(tracer.startActiveSpan('x', (span) => span.isRecording())).toBe(true);
  const ids = new RandomIdGenerator(Math.random);
  const parts = { sampler: on, parentBased: true, ids, handOver: new DecisionHandOver(ids) };
  const rest = { countUnsampled: () => undefined, onError: () => undefined, spanKey: learnSpanKey() };
  const provider = new HeadTracerProvider(sdk, { ...parts, ...rest });
  expect(provider.getTracer('a', '1')).toBe(provider.getTracer('a', '1'));
  expect(provider.getTracer('a', '1')).not.toBe(provider.getTracer('b', '1'));
});

function nameOf(span: Span | undefined): unknown {
  return span === undefined ? undefined : Reflect.get(span, 'name');
}

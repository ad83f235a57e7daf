import { type Context, ROOT_CONTEXT, trace, type Tracer, type TracerProvider } from '@opentelemetry/api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { traced } from '../../../../../runtime/src/tracing/spans/traced.ts';
import { type ForeseeingTracer, TracerSource } from '../../../../../runtime/src/tracing/spans/tracerSource.ts';
import { withSpan } from '../../../../../runtime/src/tracing/spans/withSpan.ts';
import { activeName, SpanRecorder } from '../../../../support/spanRecorder.ts';

/** Gives tracers of another provider that say beforehand what they were told to. */
class ForeseeingProvider implements TracerProvider {
  readonly asked: Context[] = [];
  readonly scopes: string[] = [];
  isOff = false;
  readonly #provider: TracerProvider;

  constructor(provider: TracerProvider) {
    this.#provider = provider;
  }

  getTracer(name: string): Tracer {
    this.scopes.push(name);
    const tracer: ForeseeingTracer = Object.assign(this.#provider.getTracer(name), {
      isTracingOff: (context: Context) => {
        this.asked.push(context);
        return this.isOff;
      },
    });
    return tracer;
  }
}

let recorder: SpanRecorder;
let provider: ForeseeingProvider;

beforeEach(() => {
  recorder = new SpanRecorder();
  provider = new ForeseeingProvider(recorder.provider);
  trace.disable();
  trace.setGlobalTracerProvider(provider);
});

afterEach(() => {
  recorder.stop();
});

describe('TracerSource', () => {
  it('asks the running provider for a tracer once', () => {
    const source = new TracerSource();
    expect(source.tracerFor(ROOT_CONTEXT)).toBe(source.tracerFor(ROOT_CONTEXT));
    expect(provider.scopes).toEqual(['@tracewright/runtime']);
    trace.disable();
    expect(source.tracerFor(ROOT_CONTEXT)).toBeUndefined();
  });
});

describe('a tracer that says that tracing is off', () => {
  it('is asked before every call, which is then made without a span', () => {
    const names: unknown[] = [];
    const fn = traced(() => activeName(), { name: (_args, self) => `${names.push(self)}` });
    withSpan('outer', () => {
      provider.isOff = true;
      expect([fn(), withSpan('inner', (span) => [span.isRecording(), activeName()])]).toEqual([
        'outer',
        [false, 'outer'],
      ]);
      provider.isOff = false;
      fn();
    });
    expect(names).toHaveLength(1);
    expect(recorder.seen).toEqual([{ name: '1', parent: 'outer' }, { name: 'outer' }]);
  });

  it('leaves generators as they are', () => {
    provider.isOff = true;
    const generator = traced(function* numbers() {
      yield 1;
    })();
    expect(Object.hasOwn(generator, 'next')).toBe(false);
    expect([...generator]).toEqual([1]);
  });

  it('is asked about a root without the active span', () => {
    const root = traced('root', () => undefined, { root: true });
    withSpan('outer', () => {
      root();
      withSpan('second', { root: true }, () => undefined);
    });
    expect(provider.asked.map((context) => trace.getSpan(context))).toEqual([undefined, undefined, undefined]);
  });
});

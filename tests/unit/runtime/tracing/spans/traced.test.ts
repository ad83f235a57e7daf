// @spec S2.3
import { context, trace } from '@opentelemetry/api';
import { SamplingDecision } from '@opentelemetry/sdk-trace';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { traced } from '../../../../../runtime/src/tracing/spans/traced.ts';
import { activeName, fixedSampler, SpanRecorder } from '../../../../support/spanRecorder.ts';

let recorder: SpanRecorder;

function isPointClass(value: unknown): value is new (x: number) => object {
  return typeof value === 'function';
}

beforeEach(() => {
  recorder = new SpanRecorder();
});

afterEach(() => {
  recorder.stop();
});

describe('traced(fn)', () => {
  it('makes each call a span named after the function', () => {
    const add = traced(function add(a: number, b: number) {
      return a + b;
    });
    expect([add(1, 2), add(3, 4)]).toEqual([3, 7]);
    expect(recorder.seen).toEqual([{ name: 'add' }, { name: 'add' }]);
  });

  it.each([
    ['a name of its own', () => traced('sum', () => 1), 'sum'],
    ['a name and options', () => traced('sum', () => 1, { attributes: { unit: 'EUR' } }), 'sum'],
    ['a name among the options', () => traced(() => 1, { name: 'sum' }), 'sum'],
    [
      'no name at all',
      () =>
        traced(
          (
            () => () =>
              1
          )(),
        ),
      'anonymous',
    ],
  ])('takes %s', (_what, make, name) => {
    expect(make()()).toBe(1);
    expect(recorder.names).toEqual([name]);
  });

  it('is active while the function runs, and in what it starts', async () => {
    const inner = traced('inner', () => activeName());
    const later = traced('later', () => 'later');
    const outer = traced('outer', () => {
      setImmediate(later);
      return [activeName(), inner(), activeName()];
    });
    expect(outer()).toEqual(['outer', 'inner', 'outer']);
    expect(activeName()).toBeUndefined();
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    expect(recorder.seen).toEqual([
      { name: 'inner', parent: 'outer' },
      { name: 'outer' },
      { name: 'later', parent: 'outer' },
    ]);
  });

  it('passes this, arguments and the return value through', () => {
    const self = { tag: 'self' };
    const value = {};
    const fn = traced(function fn(this: unknown, ...args: unknown[]) {
      return { self: this, args, value };
    });
    const result = fn.call(self, 1, undefined, value);
    expect(result.self).toBe(self);
    expect(result.args).toEqual([1, undefined, value]);
    expect(result.value).toBe(value);
    expect(fn.apply(undefined, []).self).toBeUndefined();
    expect(fn.bind(self, 7)(8).args).toEqual([7, 8]);
  });

  it('is for callers the function that it traces', () => {
    const original = Object.assign(
      function original(this: unknown, a: unknown, b: unknown, ...rest: unknown[]): unknown[] {
        return [a, b, ...rest];
      },
      { version: 1 },
    );
    const fn = traced(original);
    expect([fn.name, fn.length, fn.version, Object.keys(fn)]).toEqual(['original', 2, 1, ['version']]);
    expect(fn.prototype).toBe(original.prototype);
    expect(Object.getPrototypeOf(fn)).toBe(Function.prototype);
    fn.version = 2;
    expect(original.version).toBe(2);
    Object.assign(original, { later: true });
    expect(Object.getOwnPropertyDescriptors(fn)).toEqual(Object.getOwnPropertyDescriptors(original));
    expect('later' in fn && !('never' in fn)).toBe(true);
  });

  it('leaves a function what it was written as', () => {
    const kinds = [() => 1, async () => Promise.resolve(1), function* () {}, async function* () {}];
    for (const kind of kinds) {
      const fn = traced(kind);
      expect(Object.prototype.toString.call(fn)).toBe(Object.prototype.toString.call(kind));
      expect(fn.constructor).toBe(kind.constructor);
      expect(Object.hasOwn(fn, 'prototype')).toBe(Object.hasOwn(kind, 'prototype'));
    }
    const arrow = traced(() => 1);
    expect(() => void Reflect.construct(arrow, [])).toThrow(TypeError);
  });

  it('traces new of a function that is a constructor', () => {
    function Point(this: { x: number; target: unknown; active: unknown }, x: number): void {
      this.x = x;
      this.target = new.target;
      this.active = activeName();
    }
    const TracedPoint = traced(Point);
    if (!isPointClass(TracedPoint)) throw new TypeError('it cannot be constructed');
    const point = new TracedPoint(3);
    expect(point).toBeInstanceOf(Point);
    expect(point).toBeInstanceOf(TracedPoint);
    expect(point).toMatchObject({ x: 3, target: Point, active: 'Point' });
    class Sub extends TracedPoint {}
    const sub = new Sub(4);
    expect(sub).toMatchObject({ x: 4, target: Sub });
    expect(sub).toBeInstanceOf(Sub);
    expect(recorder.names).toEqual(['Point', 'Point']);
  });

  it('traces a function that is traced already under both names', () => {
    traced(
      'outer',
      traced('inner', () => 1),
    )();
    expect(recorder.seen).toEqual([{ name: 'inner', parent: 'outer' }, { name: 'outer' }]);
  });

  it('lets the application end its active span itself', () => {
    traced('ended early', () => trace.getActiveSpan()?.end())();
    expect(recorder.names).toEqual(['ended early']);
    expect(recorder.problems).toEqual([]);
  });
});

describe('traced(fn) where nothing is recorded', () => {
  it('only calls the function where no provider runs, and traces it once one does', () => {
    recorder.stop();
    const fn = traced('fn', () => activeName());
    expect(fn()).toBeUndefined();
    recorder = new SpanRecorder();
    expect(fn()).toBe('fn');
    const former = recorder;
    recorder.stop();
    recorder = new SpanRecorder();
    expect(fn()).toBe('fn');
    expect([former.names, recorder.names]).toEqual([['fn'], ['fn']]);
  });

  it('carries an unsampled trace on', () => {
    recorder.stop();
    recorder = new SpanRecorder({ sampler: fixedSampler(SamplingDecision.NOT_RECORD) });
    const inner = traced('inner', () => trace.getActiveSpan()?.spanContext());
    const outer = traced('outer', () => [trace.getActiveSpan()?.spanContext(), inner()]);
    const [outerContext, innerContext] = outer();
    expect(innerContext?.traceId).toBe(outerContext?.traceId);
    expect(innerContext?.traceFlags).toBe(0);
    const error = new Error('x');
    expect(traced(() => Promise.resolve(1))()).toBeInstanceOf(Promise);
    expect(() =>
      traced(() => {
        throw error;
      })(),
    ).toThrow(error);
    expect(recorder.ended).toEqual([]);
  });

  it('calls the function where a sampler or a processor throws', () => {
    recorder.stop();
    const failing = (): never => {
      throw new Error('out of order');
    };
    recorder = new SpanRecorder({ sampler: { shouldSample: failing, toString: () => 'failing' } });
    let calls = 0;
    const fn = traced(() => (calls += 1));
    expect([fn(), calls]).toEqual([1, 1]);
    expect(recorder.problems).toMatchObject([
      ['@tracewright/runtime: a span could not be started', { message: 'out of order' }],
    ]);
    recorder.stop();
    const processor = { onStart: () => undefined, onEnd: failing, shutdown: failing, forceFlush: failing };
    recorder = new SpanRecorder({ processor });
    expect([fn(), calls]).toEqual([2, 2]);
    expect(recorder.problems).toMatchObject([
      ['@tracewright/runtime: a span could not be ended', { message: 'out of order' }],
    ]);
  });

  it('rethrows once what the function throws, however it is traced', () => {
    let calls = 0;
    const fn = traced(() => {
      calls += 1;
      throw new Error('no');
    });
    expect(fn).toThrow('no');
    expect(calls).toBe(1);
  });

  it('survives diagnostics that throw', () => {
    recorder.stop();
    recorder = new SpanRecorder();
    context.active();
    const fn = traced(() => 1, {
      attributes: () => {
        throw new Error('no attributes');
      },
    });
    recorder.problems.push = () => {
      throw new Error('no log');
    };
    expect(fn()).toBe(1);
  });
});

import { EventEmitter } from 'node:events';
import { type Context, context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bindContext } from '../../../../../runtime/src/tracing/context/bindContext.ts';
import { createPropagator } from '../../../../../runtime/src/tracing/context/createPropagator.ts';
import { extractContext } from '../../../../../runtime/src/tracing/context/extractContext.ts';
import { injectContext } from '../../../../../runtime/src/tracing/context/injectContext.ts';
import { withoutTracing } from '../../../../../runtime/src/tracing/context/withoutTracing.ts';
import { baggageOf, contextOf, SPAN_ID, TRACE_ID } from './carriers.ts';

const traceparent = `00-${TRACE_ID}-${SPAN_ID}-01`;
const sender = { traceId: TRACE_ID, spanId: SPAN_ID, traceFlags: 1, isRemote: true };

beforeEach(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(createPropagator());
});
afterEach(() => {
  context.disable();
  propagation.disable();
});

/** A call that no type checker would let through. */
function misused(fn: (...args: never[]) => unknown, ...args: unknown[]): () => void {
  return () => void Reflect.apply(fn, undefined, args);
}

/** The metadata of a client that has a way of its own to keep them, and does not tell their names. */
class Metadata {
  readonly #values = new Map<string, string[]>();

  get(name: string): string[] {
    return this.#values.get(name) ?? [];
  }

  set(name: string, value: string): void {
    this.#values.set(name, [value]);
  }
}

describe('headers that are kept in an object with get and set', () => {
  const active: Context = contextOf({}, { user: { value: 'ada' } });

  it.each([
    ['Headers', new Headers(), [['user', 'ada']]],
    ['a Map', new Map<string, string>(), [['user', 'ada']]],
    ['metadata without a list of names', new Metadata(), [['user', 'ada']]],
  ])('are written and read by these: %s', (_what, carrier: object, baggage) => {
    expect(context.with(active, () => injectContext(carrier))).toBe(carrier);
    expect(Object.keys(carrier)).toEqual([]);
    const found = extractContext(carrier);
    expect(trace.getSpanContext(found)).toEqual(sender);
    expect(baggageOf(found)).toEqual(baggage);
  });

  it('are written even where the object is frozen', () => {
    const headers = Object.freeze(new Map<string, string>());
    context.with(active, () => injectContext(headers));
    expect(headers.get('traceparent')).toBe(traceparent);
  });

  it('are a record like any other where get and set are texts', () => {
    const carrier = { get: 'a', set: 'b', traceparent: '' };
    context.with(active, () => injectContext(carrier));
    expect(carrier).toMatchObject({ get: 'a', set: 'b', traceparent });
    expect(trace.getSpanContext(extractContext(carrier))).toEqual(sender);
  });
});

describe('the names of headers', () => {
  it.each([
    ['a record', { Traceparent: traceparent, 'UberCtx-User': 'ada' }],
    [
      'a Map',
      new Map([
        ['TraceParent', traceparent],
        ['UBERCTX-User', 'ada'],
      ]),
    ],
  ])('are found in %s without regard to case', (_what, carrier) => {
    const found = extractContext(carrier);
    expect(trace.getSpanContext(found)).toEqual(sender);
    expect(baggageOf(found)).toEqual([['User', 'ada']]);
  });

  it('are those of the specification before others', () => {
    const other = `00-${'1'.repeat(32)}-${SPAN_ID}-01`;
    expect(trace.getSpanContext(extractContext({ Traceparent: other, traceparent }))).toEqual(sender);
  });
});

describe('what carries nothing', () => {
  const allowed =
    'allowed: a plain object that can be extended, a Map, Headers, or another object with the functions get and set';

  it.each([
    ['a number', 5],
    ['null', null],
    ['a string', 'headers'],
    ['an array', []],
    ['an object that cannot be extended', Object.freeze({})],
  ])('is refused by injectContext: %s', (what, carrier) => {
    expect(misused(injectContext, carrier)).toThrow(new TypeError(`injectContext was given ${what}; ${allowed}`));
  });

  it('is no mistake where it arrives: objects that throw have no trace', () => {
    const failing = (): never => {
      throw new Error('hostile');
    };
    const carriers = [new Proxy({}, { get: failing, has: failing, ownKeys: failing }), { get: failing, keys: failing }];
    expect(carriers.map((carrier) => trace.getSpanContext(extractContext(carrier)))).toEqual([undefined, undefined]);
  });

  it.each([[5], [{}], [undefined], [new EventTarget()]])('is refused by bindContext: %s', (target) => {
    expect(misused(bindContext, target)).toThrow(
      new TypeError(
        'bindContext takes a function or an EventEmitter; of an EventTarget bind each listener: ' +
          'target.addEventListener(type, bindContext(listener))',
      ),
    );
    expect(bindContext(new EventEmitter())).toBeInstanceOf(EventEmitter);
  });

  it('is refused by withoutTracing, which takes a function', () => {
    expect(misused(withoutTracing)).toThrow(new TypeError('withoutTracing takes a function'));
  });
});

import { AlwaysOnSampler, TracerProvider } from '@opentelemetry/sdk-trace';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { guardSpanMethods } from '../../../../../runtime/src/tracing/provider/guardSpanMethods.ts';

const thrown = new Error('a getter');
const hostile = Object.defineProperty({}, 'message', {
  enumerable: true,
  get: () => {
    throw thrown;
  },
});

const tracer = new TracerProvider({ sampler: new AlwaysOnSampler() }).getTracer('test');
let errors: unknown[];
let undo: () => void;

beforeEach(() => {
  errors = [];
  undo = guardSpanMethods(tracer.startSpan('probe'), (error) => errors.push(error));
});
afterEach(() => {
  undo();
});

describe('guarded methods of a span', () => {
  it.each([
    ['setAttribute', ['key', hostile]],
    ['setAttributes', [hostile]],
    ['addEvent', ['event', hostile]],
    ['recordException', [hostile]],
    ['setStatus', [null]],
    ['addLink', [null]],
    ['addLinks', [[null]]],
  ])('%s throws nothing at input that cannot be taken, and tells what it was', (method, args) => {
    const span = tracer.startSpan('span');
    const call: unknown = Reflect.get(span, method);
    if (typeof call !== 'function') throw new TypeError(`no method ${method}`);
    expect(() => void Reflect.apply(call, span, args)).not.toThrow();
    expect(errors).toHaveLength(1);
  });

  it('do what they did, with all their arguments', () => {
    const span = tracer.startSpan('span');
    expect(span.setAttribute('a', 1).addEvent('e', { b: 2 }, [7, 0])).toBe(span);
    expect(span).toMatchObject({ attributes: { a: 1 }, events: [{ name: 'e', attributes: { b: 2 }, time: [7, 0] }] });
    expect(errors).toEqual([]);
  });

  it('are as they were when the guard is taken away', () => {
    undo();
    expect(() => tracer.startSpan('span').setAttributes(hostile)).toThrow(thrown);
  });
});

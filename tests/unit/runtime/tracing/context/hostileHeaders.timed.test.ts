import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  type Context,
  defaultTextMapGetter,
  defaultTextMapSetter,
  isSpanContextValid,
  propagation,
  ROOT_CONTEXT,
  trace,
} from '@opentelemetry/api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPropagator } from '../../../../../runtime/src/tracing/context/createPropagator.ts';
import { PROPAGATOR_NAMES } from '../../../../../runtime/src/tracing/context/propagatorName.ts';
import { baggageOf, contextOf, extracted, extractedBaggage, extractedSpan, SPAN_ID, TRACE_ID } from './carriers.ts';

const propagator = createPropagator(PROPAGATOR_NAMES);
const HEADERS = [
  'traceparent',
  'tracestate',
  'baggage',
  'uber-trace-id',
  'uberctx-user',
  'uberctx-__proto__',
  'jaeger-baggage',
  'b3',
  'x-b3-traceid',
  'x-b3-spanid',
  'x-b3-sampled',
  'x-b3-flags',
];
const MEGABYTE = 1_048_576;

// What Node's http accepts as the value of a header.
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;

/** What the contract promises of any context that came in, and of what is sent on from it. */
function expectHarmless(context: Context): void {
  const span = trace.getSpanContext(context);
  if (span !== undefined)
    expect([isSpanContextValid(span), span.traceFlags & ~3, span.isRemote]).toEqual([true, 0, true]);
  const baggage = baggageOf(context);
  expect(baggage.length).toBeLessThanOrEqual(180);
  expect(baggage.reduce((sum, [key, value]) => sum + key.length + value.length, 0)).toBeLessThanOrEqual(8192);
  const sent: Record<string, string> = {};
  propagator.inject(context, sent, defaultTextMapSetter);
  for (const [name, value] of Object.entries(sent)) {
    expect(name).toMatch(HEADER_NAME);
    expect(value).toMatch(HEADER_VALUE);
  }
}

function extractAll(carrier: unknown): Context {
  return propagator.extract(ROOT_CONTEXT, carrier, defaultTextMapGetter);
}

/** The shortest of several runs: what the machine does beside them lengthens some. */
function bestMillis(work: () => unknown): number {
  const runs = Array.from({ length: 5 }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
  return Math.min(...runs);
}

/** The memory that is in use after a full collection; large strings lie outside of the heap. */
function usedMebibytes(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') Reflect.apply(collect, undefined, []);
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / MEGABYTE;
}

/** Headers of a megabyte each, of which something is read. */
function largeHeaders(index: number): unknown {
  const list = Buffer.from(`k${index}=${'v'.repeat(40)},`.repeat(MEGABYTE / 44)).toString('latin1');
  return { traceparent: `00-${TRACE_ID}-${SPAN_ID}-01`, tracestate: list, baggage: list };
}

// Nearly right headers find more than noise does.
const idPart = fc.oneof(
  fc.constantFrom(
    TRACE_ID,
    SPAN_ID,
    '0',
    '-1',
    '00',
    '01',
    'ff',
    '',
    '99999999999999999999',
    '0'.repeat(32),
    'd',
    '\0',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
);
const nearlyRight = fc
  .tuple(fc.constantFrom('-', ':', '%3A', ',', '='), fc.array(idPart, { maxLength: 6 }))
  .map(([separator, parts]) => parts.join(separator));
const pairs = fc
  .array(fc.tuple(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })), { maxLength: 5 })
  .map((entries) => entries.map(([key, value]) => `${key}=${value};${key}`).join(','));
const text = fc.oneof(nearlyRight, pairs, fc.string({ unit: 'binary', maxLength: 300 }));
const value: fc.Arbitrary<unknown> = fc.oneof({ arbitrary: text, weight: 5 }, fc.array(text), fc.anything());

describe('hostile headers', () => {
  it('never throw, never make an invalid context, and are never sent on as what cannot be a header', () => {
    const carriers = fc.dictionary(fc.oneof(fc.constantFrom(...HEADERS), fc.string({ unit: 'binary' })), value);
    fc.assert(
      fc.property(carriers, (carrier) => expectHarmless(extractAll(carrier))),
      { numRuns: 500 },
    );
  });

  it('may come in anything that is called a carrier', () => {
    fc.assert(fc.property(fc.anything(), (carrier) => expectHarmless(extractAll(carrier))));
    const trap = new Proxy({}, { get: () => expect.fail('a trap'), ownKeys: () => expect.fail('a trap') });
    expect(extracted(trap)).toBe(ROOT_CONTEXT);
    const getter = Object.defineProperty({ baggage: 'user=ada' }, 'traceparent', {
      get: () => expect.fail('a getter'),
    });
    expect(extractedBaggage(getter)).toEqual([['user', 'ada']]);
  });

  it.each([
    ['hexadecimal digits', 'a'],
    ['zeros', '0'],
    ['commas', ','],
    ['colons', ':'],
    ['hyphens', '-'],
    ['percent signs', '%'],
    ['equals signs', '='],
    ['spaces', ' '],
    ['NULs', '\0'],
    ['half surrogates', '\ud800'],
  ])('of a megabyte of %s are left alone at once', (_what, character) => {
    const carrier = Object.fromEntries(HEADERS.map((name) => [name, character.repeat(MEGABYTE)]));
    expect(extractAll(carrier)).toBe(ROOT_CONTEXT);
    expect(bestMillis(() => extractAll(carrier))).toBeLessThan(50);
  });

  it('of megabytes are not kept in memory with what was read of them', () => {
    const before = usedMebibytes();
    const kept = Array.from({ length: 50 }, (_, index) => extractAll(largeHeaders(index)));
    expect(usedMebibytes() - before).toBeLessThan(35);
    expect(baggageOf(kept[7] ?? ROOT_CONTEXT)[0]).toEqual(['k7', 'v'.repeat(40)]);
  });

  it('of 10,000 entries leave 180', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => `k${index}=v`);
    expect(extractedBaggage({ baggage: many.join(',') })).toHaveLength(180);
    expect(extractedBaggage({ baggage: many })).toHaveLength(180);
  });

  it('change no prototype', () => {
    const carrier = JSON.parse('{"baggage":"__proto__=x,constructor=y,toString=z","uberctx-__proto__":"x"}') as unknown;
    expectHarmless(extracted(carrier));
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('that carry trace context from a prototype are no headers of the carrier', () => {
    expect(extractedSpan(Object.create({ b3: 5, traceparent: {} }))).toBeUndefined();
  });

  it('are not sent at all by a setter that throws, and nobody hears of it', () => {
    const context = propagation.setBaggage(contextOf({}), propagation.createBaggage({ a: { value: 'b' } }));
    const set = (): void => expect.fail('a setter');
    expect(() => propagator.inject(context, {}, { set })).not.toThrow();
  });
});

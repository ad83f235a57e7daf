import { type BaggageEntry, baggageEntryMetadataFromString, ROOT_CONTEXT } from '@opentelemetry/api';
import { TraceState } from '@opentelemetry/core';
import { describe, expect, it } from 'vitest';
import { createPropagator } from '../../../../../runtime/src/tracing/context/createPropagator.ts';
import type { PropagatorName } from '../../../../../runtime/src/tracing/context/propagatorName.ts';
import { contextOf, extracted, extractedBaggage, extractedSpan, injected, SPAN_ID, TRACE_ID } from './carriers.ts';

const traceparent = `00-${TRACE_ID}-${SPAN_ID}-01`;
const id = (digit: string): string => digit.repeat(32);
const remote = { traceId: TRACE_ID, spanId: SPAN_ID, traceFlags: 1, isRemote: true };

const everyFormat = {
  traceparent: `00-${id('a')}-${SPAN_ID}-01`,
  'uber-trace-id': `${id('b')}:${SPAN_ID}:0:1`,
  b3: `${id('c')}-${SPAN_ID}-1`,
  'x-b3-traceid': id('d'),
  'x-b3-spanid': SPAN_ID,
  'x-b3-sampled': '1',
};

describe('the default propagator', () => {
  it("writes W3C trace context and baggage, and both of Jaeger's", () => {
    const context = contextOf({ traceState: new TraceState('vendor=1') }, { user: { value: 'ada' } });
    expect(injected(context)).toEqual({
      traceparent,
      tracestate: 'vendor=1',
      baggage: 'user=ada',
      'uber-trace-id': `${TRACE_ID}:${SPAN_ID}:0:1`,
      'uberctx-user': 'ada',
    });
    expect(createPropagator().fields()).toEqual(['traceparent', 'tracestate', 'baggage', 'uber-trace-id']);
  });

  it('believes W3C first, then uber-trace-id, then b3, then x-b3-*', () => {
    const headers: Record<string, string> = { ...everyFormat };
    const read = (): unknown => extractedSpan(headers)?.traceId;
    expect(read()).toBe(id('a'));
    headers['traceparent'] = 'garbage';
    expect(read()).toBe(id('b'));
    headers['uber-trace-id'] = 'garbage';
    expect(read()).toBe(id('c'));
    headers['b3'] = 'garbage';
    expect(read()).toBe(id('d'));
    headers['x-b3-spanid'] = 'garbage';
    expect(read()).toBeUndefined();
  });

  it('takes baggage from one format, W3C first, and mixes none', () => {
    const headers = { baggage: 'user=ada', 'uberctx-user': 'eve', 'uberctx-other': 'x' };
    expect(extractedBaggage(headers)).toEqual([['user', 'ada']]);
    expect(extractedBaggage({ ...headers, baggage: '=' })).toEqual([
      ['user', 'eve'],
      ['other', 'x'],
    ]);
  });

  it("continues the caller's trace in place of the one that is active", () => {
    const active = contextOf({ traceId: id('e') }, { mine: { value: 'x' } });
    const propagator = createPropagator();
    const getter = { get: (carrier: object, key: string) => Reflect.get(carrier, key) as string, keys: Object.keys };
    expect(propagator.extract(active, {}, getter)).toBe(active);
    const continued = propagator.extract(active, { traceparent, baggage: 'user=ada' }, getter);
    expect(injected(continued, ['tracecontext', 'baggage'])).toEqual({ traceparent, baggage: 'user=ada' });
  });
});

describe('a chosen list of propagators', () => {
  const context = contextOf({}, { user: { value: 'ada' } });

  it.each<[PropagatorName[], object]>([
    [[], {}],
    [['tracecontext'], { traceparent }],
    [['baggage'], { baggage: 'user=ada' }],
    [['jaeger'], { 'uber-trace-id': `${TRACE_ID}:${SPAN_ID}:0:1`, 'uberctx-user': 'ada' }],
    [['b3'], { b3: `${TRACE_ID}-${SPAN_ID}-1` }],
    [['b3multi'], { 'x-b3-traceid': TRACE_ID, 'x-b3-spanid': SPAN_ID, 'x-b3-sampled': '1' }],
    [['b3-extract'], {}],
    [['b3', 'tracecontext', 'b3'], { b3: `${TRACE_ID}-${SPAN_ID}-1`, traceparent }],
  ])('%j writes its own headers only', (names, headers) => {
    expect(injected(context, names)).toEqual(headers);
  });

  it.each<[PropagatorName[], string | undefined]>([
    [[], undefined],
    [['tracecontext', 'jaeger'], id('a')],
    [['jaeger', 'tracecontext'], id('a')],
    [['b3-extract', 'jaeger'], id('b')],
    [['jaeger'], id('b')],
    [['b3'], id('c')],
    [['b3multi'], id('c')],
    [['b3-extract'], id('c')],
    [['baggage'], undefined],
  ])('%j reads its own headers only, in the order of precedence', (names, traceId) => {
    expect(extractedSpan(everyFormat, names)?.traceId).toBe(traceId);
  });
});

describe('W3C trace context', () => {
  it('is read with its trace state', () => {
    const span = extractedSpan({ traceparent, tracestate: ['a=1', 'b=2'] });
    expect(span).toMatchObject(remote);
    expect(span?.traceState?.serialize()).toBe('a=1,b=2');
  });

  it('is read of a later version, and goes on as version 00 without flags that nobody knows', () => {
    const header = `cc-${TRACE_ID}-${SPAN_ID}-ff-what-comes-then`;
    expect(extractedSpan({ traceparent: header })).toEqual({ ...remote, traceFlags: 3 });
    expect(injected(extracted({ traceparent: header }), ['tracecontext'])).toEqual({
      traceparent: `00-${TRACE_ID}-${SPAN_ID}-03`,
    });
  });

  it('is ignored where it was sent twice, for nobody knows which is meant', () => {
    expect(extractedSpan({ traceparent: [traceparent, traceparent] })).toBeUndefined();
    expect(extractedSpan({ traceparent: [traceparent] })).toEqual(remote);
  });
});

describe('B3', () => {
  it.each([
    ['one header', { b3: `${TRACE_ID}-${SPAN_ID}-1` }, {}],
    ['one header with a parent', { b3: `${TRACE_ID}-${SPAN_ID}-1-${SPAN_ID}` }, {}],
    ['one header, debug', { b3: `${TRACE_ID}-${SPAN_ID}-d` }, {}],
    ['one header, not sampled', { b3: `${TRACE_ID}-${SPAN_ID}-0` }, { traceFlags: 0 }],
    ['one header, 64 bits', { b3: `${SPAN_ID}-${SPAN_ID}-1` }, { traceId: SPAN_ID.padStart(32, '0') }],
    ['several headers', { 'x-b3-traceid': TRACE_ID, 'x-b3-spanid': SPAN_ID, 'x-b3-sampled': 'true' }, {}],
    ['several headers, debug', { 'x-b3-traceid': TRACE_ID, 'x-b3-spanid': SPAN_ID, 'x-b3-flags': '1' }, {}],
    ['several headers, undecided', { 'x-b3-traceid': TRACE_ID, 'x-b3-spanid': SPAN_ID }, { traceFlags: 0 }],
  ])('is read from %s', (_form, headers, change) => {
    expect(extractedSpan(headers)).toEqual({ ...remote, ...change });
  });

  it.each([
    ['inside of a longer number', `ff${TRACE_ID}-${SPAN_ID}-1`],
    ['before something else', `${TRACE_ID}-${SPAN_ID}-1-x`],
    ['of zeros', `${'0'.repeat(32)}-${SPAN_ID}-1`],
    ['that only denies sampling', '0'],
  ])('is ignored %s', (_fault, b3) => {
    expect(extractedSpan({ b3 })).toBeUndefined();
  });
});

describe('baggage that cannot be a header', () => {
  const send = (entries: Parameters<typeof contextOf>[1]): unknown => injected(contextOf({}, entries), ['baggage']);
  const metadata = baggageEntryMetadataFromString;

  it('is sent without metadata that would be a header of its own', () => {
    const kept = { value: '1', metadata: metadata('ttl=5') };
    expect(send({ a: kept, b: { value: '2', metadata: metadata('x\r\nset-cookie: y') } })).toEqual({
      baggage: 'a=1;ttl=5,b=2',
    });
  });

  it('is sent with half surrogate pairs replaced, and without what is no text', () => {
    const noText = JSON.parse('{ "value": 5 }') as BaggageEntry;
    expect(send({ a: { value: '\ud800' }, b: noText, 'c\udfff': { value: '3' } })).toEqual({
      baggage: 'a=%EF%BF%BD,c%EF%BF%BD=3',
    });
  });

  it('is left out, and the trace is not, where it throws', () => {
    const throwing = {
      value: '1',
      metadata: { ...metadata(''), toString: () => expect.fail('metadata that throws') },
    };
    expect(injected(contextOf({}, { a: throwing }), ['tracecontext', 'baggage'])).toEqual({ traceparent });
  });
});

it('an empty carrier changes nothing', () => {
  expect(extracted({})).toBe(ROOT_CONTEXT);
});

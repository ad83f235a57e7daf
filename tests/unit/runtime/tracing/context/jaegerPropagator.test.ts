import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contextOf, extracted, extractedSpan, injected, SPAN_ID, TRACE_ID } from './carriers.ts';

const jaeger = ['jaeger'] as const;
const read = (header: unknown): unknown => extractedSpan({ 'uber-trace-id': header }, jaeger);
const remote = { traceId: TRACE_ID, spanId: SPAN_ID, traceFlags: 1, isRemote: true };

describe('uber-trace-id on the way in', () => {
  it.each([
    ["as Jaeger's clients send it", `${TRACE_ID}:${SPAN_ID}:0000000000000000:1`, {}],
    ['with a parent of one zero', `${TRACE_ID}:${SPAN_ID}:0:1`, {}],
    ['with a parent that is not written', `${TRACE_ID}:${SPAN_ID}::1`, {}],
    ['with colons percent-encoded', `${TRACE_ID}%3A${SPAN_ID}%3a0%3A01`, {}],
    ['in capitals', `${TRACE_ID.toUpperCase()}:${SPAN_ID.toUpperCase()}:0:1`, {}],
    ['with a trace ID of 64 bits', `8448eb211c80319c:${SPAN_ID}:0:1`, { traceId: '00000000000000008448eb211c80319c' }],
    ['without leading zeros', 'af7651916cd43dd8448eb211c80319c:ad6b7169203331:0:1', { spanId: '00ad6b7169203331' }],
    ['with IDs of one digit', '1:2:0:1', { traceId: '1'.padStart(32, '0'), spanId: '2'.padStart(16, '0') }],
    ['that is not sampled', `${TRACE_ID}:${SPAN_ID}:0:0`, { traceFlags: 0 }],
    ['with the debug flag, which means sampled', `${TRACE_ID}:${SPAN_ID}:0:3`, {}],
    ['with the debug flag alone', `${TRACE_ID}:${SPAN_ID}:0:2`, {}],
    ['with bits that mean nothing here', `${TRACE_ID}:${SPAN_ID}:0:f8`, { traceFlags: 0 }],
    ['in an array of one', [`${TRACE_ID}:${SPAN_ID}:0:1`], {}],
  ])('is read %s', (_form, header, change) => {
    expect(read(header)).toEqual({ ...remote, ...change });
  });

  it.each([
    ['a trace ID of zeros', `${'0'.repeat(32)}:${SPAN_ID}:0:1`],
    ['a span ID of zeros', `${TRACE_ID}:0:0:1`],
    ['a trace ID that is too long', `0${TRACE_ID}:${SPAN_ID}:0:1`],
    ['a span ID that is too long', `${TRACE_ID}:0${SPAN_ID}:0:1`],
    ['three fields', `${TRACE_ID}:${SPAN_ID}:1`],
    ['five fields', `${TRACE_ID}:${SPAN_ID}:0:1:1`],
    ['negative flags', `${TRACE_ID}:${SPAN_ID}:0:-1`],
    ['flags of more than a byte', `${TRACE_ID}:${SPAN_ID}:0:100`],
    ['other characters', `${TRACE_ID}:xyz:0:1`],
    ['a NUL', `${TRACE_ID}:${SPAN_ID}\0:0:1`],
    ['a broken percent-encoding', `${TRACE_ID}%3${SPAN_ID}%:0:1`],
    ['two values', [`${TRACE_ID}:${SPAN_ID}:0:1`, `${TRACE_ID}:${SPAN_ID}:0:1`]],
    ['two values that a server joined', `${TRACE_ID}:${SPAN_ID}:0:1, ${TRACE_ID}:${SPAN_ID}:0:1`],
    ['a megabyte', `${TRACE_ID}:${SPAN_ID}:${'0'.repeat(1_000_000)}:1`],
    ['no text', new String(`${TRACE_ID}:${SPAN_ID}:0:1`)],
  ])('is ignored with %s', (_fault, header) => {
    expect(read(header)).toBeUndefined();
  });
});

describe('uber-trace-id on the way out', () => {
  it('has the sampled flag of the span', () => {
    expect(injected(contextOf({ traceFlags: 1 }), jaeger)).toEqual({ 'uber-trace-id': `${TRACE_ID}:${SPAN_ID}:0:1` });
    expect(injected(contextOf({ traceFlags: 0 }), jaeger)).toEqual({ 'uber-trace-id': `${TRACE_ID}:${SPAN_ID}:0:0` });
  });

  it('keeps the debug flag for the spans of its trace, and for no other', () => {
    const incoming = extracted({ 'uber-trace-id': `${TRACE_ID}:${SPAN_ID}:0:3` }, jaeger);
    const child = { traceId: TRACE_ID, spanId: '1'.repeat(16), traceFlags: 1 };
    const sent = (change: object): unknown => injected(trace.setSpanContext(incoming, { ...child, ...change }), jaeger);
    expect(sent({})).toEqual({ 'uber-trace-id': `${TRACE_ID}:${'1'.repeat(16)}:0:3` });
    expect(sent({ traceFlags: 0 })).toEqual({ 'uber-trace-id': `${TRACE_ID}:${'1'.repeat(16)}:0:0` });
    expect(sent({ traceId: 'a'.repeat(32) })).toEqual({ 'uber-trace-id': `${'a'.repeat(32)}:${'1'.repeat(16)}:0:1` });
  });

  it('is not sent without a valid span, nor where tracing is switched off', () => {
    expect(injected(ROOT_CONTEXT, jaeger)).toEqual({});
    expect(injected(contextOf({ spanId: '0'.repeat(16) }), jaeger)).toEqual({});
    expect(injected(suppressTracing(contextOf({}, { user: { value: 'ada' } })), jaeger)).toEqual({});
  });

  it('comes back as it was sent, whatever the IDs', () => {
    const hex = (length: number): fc.Arbitrary<string> =>
      fc
        .array(fc.integer({ min: 0, max: 15 }), { minLength: length, maxLength: length })
        .map((digits) => digits.map((digit) => digit.toString(16)).join(''))
        .filter((digits) => !/^0*$/.test(digits));
    fc.assert(
      fc.property(hex(32), hex(16), fc.constantFrom(0, 1), (traceId, spanId, traceFlags) => {
        const sent = injected(contextOf({ traceId, spanId, traceFlags }), jaeger);
        expect(extractedSpan(sent, jaeger)).toEqual({ traceId, spanId, traceFlags, isRemote: true });
      }),
    );
  });
});

import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { TraceState } from '@opentelemetry/core';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { describe, expect, it } from 'vitest';
import { decodePacket, type DecodedPacket, type DecodedSpan, type Tags } from './decodedPacket.ts';
import { finishedSpan, resourceWith } from './finishedSpan.ts';
import { encodeAll, formats } from './formats.ts';

/** Tags that every span of {@link finishedSpan} has. */
const usual = {
  'span.kind': 'server',
  'otel.scope.name': 'orders',
  'otel.scope.version': '1.2.3',
  'otel.library.name': 'orders',
  'otel.library.version': '1.2.3',
};

describe.each(formats)('a packet ($protocol, $framing)', (format) => {
  const packetOf = (spans: readonly ReadableSpan[]): DecodedPacket => {
    const [packet, ...more] = encodeAll({ ...format, maxBytes: 65_000 }, spans);
    if (packet === undefined || more.length > 0) throw new Error('not one packet');
    return decodePacket(packet.bytes, format);
  };

  const encoded = (span: ReadableSpan): DecodedSpan => {
    const [decoded] = packetOf([span]).spans;
    if (decoded === undefined) throw new Error('the packet holds no span');
    return decoded;
  };

  it('holds the identifiers of a span bit by bit, its name, times and flags', () => {
    const span = finishedSpan({
      parentSpanContext: { traceId: 'fedcba98765432100123456789abcdef', spanId: 'ffffffffffffffff', traceFlags: 1 },
    });
    expect(encoded(span)).toEqual({
      traceId: 'fedcba98765432100123456789abcdef',
      spanId: '8000000000000001',
      parentSpanId: 'ffffffffffffffff',
      name: 'GET /orders',
      references: [],
      flags: 1,
      startMicroseconds: 1_790_000_000_123_456n,
      durationMicroseconds: 12_345n,
      tags: usual,
      logs: [],
    });
  });

  it('says of a root that it has no parent', () => {
    expect(encoded(finishedSpan()).parentSpanId).toBe('0000000000000000');
  });

  it('keeps the bit of sampling alone: what Jaeger calls debug is called random now', () => {
    const flags = (traceFlags: number): number => {
      const context = { traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags };
      return encoded(finishedSpan({ spanContext: () => context })).flags;
    };
    expect([0, 1, 2, 3].map(flags)).toEqual([0, 1, 0, 1]);
  });

  it.each([
    ['a text', 'text', 'text'],
    ['an empty text', '', ''],
    ['a text beyond ASCII', 'Grüße 💶', 'Grüße 💶'],
    ['a long text beyond ASCII', 'ß💶'.repeat(50), 'ß💶'.repeat(50)],
    ['true', true, true],
    ['false', false, false],
    ['zero', 0, 0n],
    ['an integer', 8443, 8443n],
    ['a negative integer', -1, -1n],
    ['an integer of more than 32 bits', 2 ** 32, 4_294_967_296n],
    ['a negative integer of more than 32 bits', -(2 ** 40) - 1, -1_099_511_627_777n],
    ['the largest safe integer', Number.MAX_SAFE_INTEGER, 9_007_199_254_740_991n],
    ['the smallest safe integer', Number.MIN_SAFE_INTEGER, -9_007_199_254_740_991n],
    ['an integer that is not safe', 2 ** 53, 2 ** 53],
    ['a fraction', -0.1, -0.1],
    ['a list of texts', ['a', 'ü'], '["a","ü"]'],
    ['a list of numbers', [1, 2.5, NaN], '[1,2.5,"NaN"]'],
    ['a list with nothing in it', [], '[]'],
    ['a list with holes', ['a', null, undefined], '["a",null,null]'],
    ['a map', { a: { b: [true] } }, '{"a":{"b":[true]}}'],
    ['bytes', new Uint8Array([0, 255]), 'AP8='],
    ['a buffer in a map', { bytes: Buffer.from('ab') }, '{"bytes":"YWI="}'],
    ['nothing', null, ''],
  ])('writes %s as Jaeger knows it', (_what, value, expected) => {
    expect(encoded(finishedSpan({ attributes: { 'shop.value': value } })).tags).toEqual({
      'shop.value': expected,
      ...usual,
    });
  });

  it.each([
    [SpanKind.INTERNAL, undefined],
    [SpanKind.SERVER, 'server'],
    [SpanKind.CLIENT, 'client'],
    [SpanKind.PRODUCER, 'producer'],
    [SpanKind.CONSUMER, 'consumer'],
  ])('tells kind %i as %s', (kind, expected) => {
    expect(encoded(finishedSpan({ kind })).tags['span.kind']).toBe(expected);
  });

  it.each<[string, ReadableSpan['status'], Tags]>([
    ['no status', { code: SpanStatusCode.UNSET, message: 'unset' }, {}],
    ['success', { code: SpanStatusCode.OK, message: 'fine' }, { 'otel.status_code': 'OK' }],
    ['an error', { code: SpanStatusCode.ERROR }, { 'otel.status_code': 'ERROR', error: true }],
    [
      'an error with a description',
      { code: SpanStatusCode.ERROR, message: 'till is empty' },
      { 'otel.status_code': 'ERROR', error: true, 'otel.status_description': 'till is empty' },
    ],
  ])('tells %s', (_what, status, expected) => {
    expect(encoded(finishedSpan({ status })).tags).toEqual({ ...usual, ...expected });
  });

  it('leaves out a scope that has no name and no version', () => {
    expect(encoded(finishedSpan({ instrumentationScope: { name: '' } })).tags).toEqual({ 'span.kind': 'server' });
  });

  it('leaves out lists that are empty', () => {
    const span = finishedSpan({ kind: SpanKind.INTERNAL, instrumentationScope: { name: '' } });
    expect(encoded(span)).toMatchObject({ tags: {}, references: [], logs: [] });
  });

  it('writes the logs of a span that has no tags', () => {
    const bare = finishedSpan({ kind: SpanKind.INTERNAL, instrumentationScope: { name: '' } });
    const { tags, logs } = encoded({ ...bare, events: [{ name: 'event', time: [1, 0] }] });
    expect({ tags, logs }).toEqual({ tags: {}, logs: [{ microseconds: 1_000_000n, fields: { event: 'event' } }] });
  });

  it('tells the trace state, and what the SDK dropped', () => {
    const context = { ...finishedSpan().spanContext(), traceState: new TraceState('shop=1,till=2') };
    const dropped = { droppedAttributesCount: 1, droppedEventsCount: 2, droppedLinksCount: 300 };
    expect(encoded(finishedSpan({ spanContext: () => context, ...dropped })).tags).toEqual({
      ...usual,
      'w3c.tracestate': 'shop=1,till=2',
      'otel.dropped_attributes_count': 1n,
      'otel.dropped_events_count': 2n,
      'otel.dropped_links_count': 300n,
    });
  });

  it('writes events as logs, in order', () => {
    const events: ReadableSpan['events'] = [
      { name: 'picked', time: [1, 2999] },
      { name: 'packed', time: [2, 0], attributes: { boxes: 2, 'by.hand': true }, droppedAttributesCount: 4 },
      { name: 'named otherwise', time: [3, 0], attributes: { event: 'sent' } },
    ];
    expect(encoded(finishedSpan({ events })).logs).toEqual([
      { microseconds: 1_000_002n, fields: { event: 'picked' } },
      {
        microseconds: 2_000_000n,
        fields: { event: 'packed', boxes: 2n, 'by.hand': true, 'otel.event.dropped_attributes_count': 4n },
      },
      { microseconds: 3_000_000n, fields: { event: 'sent' } },
    ]);
  });

  it('writes links as references, and their attributes, for which those have no place, as logs', () => {
    const bare = { context: { traceId: '0'.repeat(16) + 'a'.repeat(16), spanId: 'b'.repeat(16), traceFlags: 0 } };
    const told = { context: { traceId: 'c'.repeat(32), spanId: 'd'.repeat(16), traceFlags: 0 } };
    const links = [bare, { ...told, attributes: { queue: 'mail' }, droppedAttributesCount: 2 }];
    expect(encoded(finishedSpan({ links }))).toMatchObject({
      flags: 1,
      references: [
        { type: 1, traceId: '0'.repeat(16) + 'a'.repeat(16), spanId: 'b'.repeat(16) },
        { type: 1, traceId: 'c'.repeat(32), spanId: 'd'.repeat(16) },
      ],
      logs: [
        {
          microseconds: 1_790_000_000_123_456n,
          fields: {
            event: 'link',
            trace_id: 'c'.repeat(32),
            span_id: 'd'.repeat(16),
            queue: 'mail',
            'otel.dropped_attributes_count': 2n,
          },
        },
      ],
    });
  });

  it('writes long lists of everything', () => {
    const context = { traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1 };
    const names = Array.from({ length: 200 }, (_, index) => `name.${index}`);
    const span = finishedSpan({
      attributes: Object.fromEntries(names.map((name) => [name, name])),
      events: names.map((name) => ({ name, time: [0, 0] })),
      links: names.map(() => ({ context })),
    });
    const decoded = encoded(span);
    expect(decoded.tags).toEqual({ ...Object.fromEntries(names.map((name) => [name, name])), ...usual });
    expect(decoded.logs.map(({ fields }) => fields['event'])).toEqual(names);
    expect(decoded.references).toHaveLength(200);
  });

  it('holds the process once, without its service name among its tags', () => {
    const { serviceName, processTags, spans } = packetOf([finishedSpan(), finishedSpan()]);
    expect({ serviceName, processTags }).toEqual({ serviceName: 'shop', processTags: { 'host.name': 'till' } });
    expect(spans).toHaveLength(2);
  });

  it('writes a process of 20 tags', () => {
    const tags = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`tag.${index}`, 'value']));
    const resource = resourceWith({ 'service.name': 'shop', ...tags });
    expect(packetOf([finishedSpan({ resource })]).processTags).toEqual(tags);
  });

  it('gives a service without a name the one that OpenTelemetry has for it', () => {
    expect(packetOf([finishedSpan({ resource: resourceWith({}) })]).serviceName).toBe('unknown_service');
  });
});

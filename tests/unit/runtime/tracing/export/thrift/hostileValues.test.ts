import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { describe, expect, it } from 'vitest';
import { decodePacket, type DecodedSpan } from './decodedPacket.ts';
import { finishedSpan, resourceWith } from './finishedSpan.ts';
import { encodeAll, formats } from './formats.ts';

/** What untyped code can make of a span. */
function spoiled(parts: Readonly<Record<string, unknown>>): ReadableSpan {
  return Object.defineProperties(
    finishedSpan(),
    Object.fromEntries(Object.entries(parts).map(([name, value]) => [name, { value, enumerable: true }])),
  );
}

function thrower(): never {
  throw new Error('not to be read');
}

const cyclic: unknown[] = ['cycle'];
cyclic.push(cyclic);

/** Anything that is done to it throws, even showing it in the title of a test. */
function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

describe.each(formats)('hostile values ($protocol, $framing)', (format) => {
  const encoded = (span: ReadableSpan): DecodedSpan => {
    const packets = encodeAll({ ...format, maxBytes: 65_000 }, [finishedSpan(), span, finishedSpan()]);
    const spans = packets.flatMap(({ bytes }) => decodePacket(bytes, format).spans);
    expect(spans).toHaveLength(3);
    expect(spans[0]).toEqual(spans[2]);
    if (spans[1] === undefined) throw new Error('the packet lacks the span');
    return spans[1];
  };

  it.each([
    ['a cycle', () => cyclic, '[no JSON]'],
    ['a big integer', () => 12345678901234567890n, '12345678901234567890'],
    ['big integers in a list', () => [1n], '["1"]'],
    ['a symbol', () => Symbol('secret'), 'Symbol(secret)'],
    ['a function', () => thrower, '[function]'],
    ['an object whose toJSON throws', () => ({ toJSON: thrower }), '[no JSON]'],
    ['an object whose toJSON gives nothing', () => ({ toJSON: () => undefined }), '[no JSON]'],
    [
      'an object whose getter throws',
      () => Object.defineProperty({}, 'a', { get: thrower, enumerable: true }),
      '[no JSON]',
    ],
    ['a revoked proxy', () => revoked(), '[unreadable]'],
    ['not a number', () => NaN, 'NaN'],
    ['infinity', () => -Infinity, '-Infinity'],
    ['half of a character', () => 'a\ud83d', 'a\ufffd'],
    ['halves of characters in a long text', () => '\udcb6'.repeat(200), '\ufffd'.repeat(200)],
    ['a text with NUL', () => 'a\0b', 'a\0b'],
  ])('become a text: %s', (_what, make, expected) => {
    expect(encoded(finishedSpan({ attributes: { value: make(), other: 1 } })).tags).toMatchObject({
      value: expected,
      other: 1n,
    });
  });

  it('leave out an attribute that is undefined', () => {
    expect(encoded(finishedSpan({ attributes: { value: undefined } })).tags).not.toHaveProperty('value');
  });

  it('are no reason to lose the attributes beside one that cannot be read', () => {
    const attributes = Object.defineProperty({ first: 1 }, 'second', { get: thrower, enumerable: true });
    const { tags } = encoded(finishedSpan({ attributes: Object.assign(attributes, { third: 3 }) }));
    expect(tags).toMatchObject({ first: 1n, second: '[unreadable]', third: 3n, 'span.kind': 'server' });
  });

  it.each(['__proto__', 'constructor', 'toString', ''])('write an attribute of the name "%s"', (name) => {
    const attributes: Attributes = Object.fromEntries([[name, 'own']]);
    expect(Object.entries(encoded(finishedSpan({ attributes })).tags)).toContainEqual([name, 'own']);
  });

  it('write nothing that an attribute list has inherited', () => {
    const attributes = Object.setPrototypeOf({ own: 1 }, { inherited: 1 }) as Attributes;
    const { tags } = encoded(finishedSpan({ attributes }));
    expect(tags).toMatchObject({ own: 1n });
    expect(tags).not.toHaveProperty('inherited');
  });

  it.each([
    ['name', 7, { name: '7' }],
    ['name', undefined, { name: '[undefined]' }],
    ['name', Symbol('name'), { name: 'Symbol(name)' }],
    ['startTime', ['soon', {}], { startMicroseconds: 0n }],
    ['startTime', undefined, { startMicroseconds: 0n }],
    ['startTime', [1n, 1n], { startMicroseconds: 0n }],
    ['startTime', [-1, 0], { startMicroseconds: 0n }],
    ['duration', [NaN, 0], { durationMicroseconds: 0n }],
    ['duration', [-1, 0], { durationMicroseconds: 0n }],
    ['duration', [1e300, 0], { durationMicroseconds: 0n }],
    ['links', [{}], { references: [] }],
    ['links', [{ context: { traceId: 7, spanId: null, traceFlags: 1n } }], { references: [{ type: 1 }] }],
    ['links', undefined, { references: [] }],
    ['events', [{ name: 'event' }], { logs: [{ microseconds: 0n, fields: { event: 'event' } }] }],
    ['events', [undefined], { logs: [{ microseconds: 0n, fields: { event: '[unreadable]' } }] }],
    ['events', undefined, { logs: [] }],
    ['attributes', undefined, { tags: { 'otel.scope.name': 'orders' } }],
    ['kind', 'server', { tags: { 'otel.scope.name': 'orders' } }],
    ['status', undefined, { tags: { 'otel.scope.name': 'orders' } }],
    ['status', { code: 7 }, { tags: { 'otel.scope.name': 'orders' } }],
    ['status', { code: 2, message: { a: 1 } }, { tags: { 'otel.status_description': '{"a":1}' } }],
    ['instrumentationScope', undefined, { tags: { 'span.kind': 'server' } }],
    ['instrumentationScope', { name: 7, version: () => 1 }, { tags: { 'span.kind': 'server' } }],
    ['droppedLinksCount', 7n, { tags: { 'span.kind': 'server' } }],
    ['parentSpanContext', { spanId: 7 }, { parentSpanId: '0000000000000000' }],
    ['spanContext', undefined, { traceId: '0'.repeat(32) }],
  ])('are no reason to lose a span whose %s is %o', (part, value, expected) => {
    expect(encoded(spoiled({ [part]: value }))).toMatchObject(expected);
  });

  it('are no reason to lose a span whose attributes cannot even be listed', () => {
    expect(encoded(spoiled({ attributes: revoked() })).tags).toMatchObject({ 'otel.scope.name': 'orders' });
  });

  it('are no reason to lose a span with a trace state that throws', () => {
    const traceState = { serialize: thrower, get: thrower, set: thrower, unset: thrower };
    const context = { ...finishedSpan().spanContext(), traceState };
    expect(encoded(finishedSpan({ spanContext: () => context })).traceId).toBe(context.traceId);
  });

  it('take identifiers of the wrong length from their ends', () => {
    const context = { traceId: 'ABCDEF', spanId: '12345678901234567890', traceFlags: 1 };
    expect(encoded(finishedSpan({ spanContext: () => context }))).toMatchObject({
      traceId: '00000000000000000000000000abcdef',
      spanId: '5678901234567890',
    });
  });

  it('are no reason to lose a packet because of its resource', () => {
    const attributes = Object.defineProperty({ 'service.name': 7 }, 'bad', { get: thrower, enumerable: true });
    const [packet] = encodeAll({ ...format, maxBytes: 65_000 }, [finishedSpan({ resource: resourceWith(attributes) })]);
    expect(decodePacket(packet?.bytes ?? Buffer.alloc(0), format)).toMatchObject({
      serviceName: 'unknown_service',
      processTags: { bad: '[unreadable]' },
    });
  });

  it('are counted where a span has no resource', () => {
    const packets = encodeAll({ ...format, maxBytes: 65_000 }, [finishedSpan(), spoiled({ resource: undefined })]);
    expect(packets.map(({ spanCount, oversizeCount }) => ({ spanCount, oversizeCount }))).toEqual([
      { spanCount: 1, oversizeCount: 0 },
      { spanCount: 0, oversizeCount: 1 },
    ]);
  });

  it('are no reason to trim a span that fits into a packet of its own', () => {
    const attributes = Object.defineProperty({ text: 'x'.repeat(1400) }, 'bad', { get: thrower, enumerable: true });
    const packets = encodeAll({ ...format, maxBytes: 2000 }, [
      finishedSpan(),
      finishedSpan(),
      finishedSpan({ attributes }),
    ]);
    expect(packets.map(({ spanCount, trimmedCount }) => ({ spanCount, trimmedCount }))).toEqual([
      { spanCount: 2, trimmedCount: 0 },
      { spanCount: 1, trimmedCount: 0 },
    ]);
  });

  it('are no reason to lose a span that is too large besides', () => {
    const attributes = { big: { text: 'x'.repeat(1_000_000) }, cyclic, number: 12n };
    const [packet] = encodeAll({ ...format, maxBytes: 2000 }, [finishedSpan({ attributes })]);
    expect(packet).toMatchObject({ spanCount: 1, trimmedCount: 1 });
    const [span] = decodePacket(packet?.bytes ?? Buffer.alloc(0), format).spans;
    expect(span?.tags).toMatchObject({ cyclic: '[no JSON]', number: '12', 'tracewright.trimmed': true });
    expect(span?.tags['big']).toMatch(/^\{"text":"x{1000,}$/);
  });
});

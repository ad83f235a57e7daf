import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { describe, expect, it } from 'vitest';
import { BatchEncoder } from '../../../../../../runtime/src/tracing/export/thrift/batchEncoder.ts';
import { decodePacket, type DecodedPacket, type DecodedSpan } from './decodedPacket.ts';
import { finishedSpan, resourceWith } from './finishedSpan.ts';
import { encodeAll, formats } from './formats.ts';

const maxBytes = 2000;

describe.each(formats)('a span that is too large ($protocol, $framing)', (format) => {
  const packetOf = (span: ReadableSpan): DecodedPacket => {
    const packets = encodeAll({ ...format, maxBytes }, [span]);
    const [packet] = packets;
    if (packet === undefined || packets.length > 1) throw new Error('not one packet');
    expect(packet).toMatchObject({ nextIndex: 1, spanCount: 1, trimmedCount: 1, oversizeCount: 0 });
    expect(packet.bytes.length).toBeLessThanOrEqual(maxBytes);
    return decodePacket(packet.bytes, format);
  };

  const trimmed = (span: ReadableSpan): DecodedSpan => {
    const [decoded] = packetOf(span).spans;
    if (decoded === undefined) throw new Error('the packet holds no span');
    expect(decoded.tags['tracewright.trimmed']).toBe(true);
    return decoded;
  };

  it('loses the end of its one long text, and nothing else', () => {
    const { tags } = trimmed(finishedSpan({ attributes: { short: 'kept', long: 'x'.repeat(10_000_000), number: 7 } }));
    const long = String(tags['long']);
    expect(tags).toMatchObject({ short: 'kept', number: 7n, 'span.kind': 'server', 'tracewright.trimmed_texts': 1n });
    expect(tags['tracewright.trimmed_bytes']).toBe(BigInt(10_000_000 - long.length));
    expect(long).toMatch(/^x{1300,1700}$/);
  });

  it('fills its packet', () => {
    const [packet] = encodeAll({ ...format, maxBytes }, [finishedSpan({ attributes: { long: 'x'.repeat(10_000) } })]);
    // Room is kept for the ends of lists and structs; in the compact protocol for longer counts of what was cut, too.
    expect(packet?.bytes.length).toBeGreaterThanOrEqual(maxBytes - (format.protocol === 'binary' ? 5 : 20));
  });

  it.each([
    ['two bytes', 'ü'],
    ['three bytes', '€'],
    ['four bytes', '💶'],
  ])('is cut between characters of %s', (_size, character) => {
    const { tags } = trimmed(finishedSpan({ attributes: { long: character.repeat(5000) } }));
    const long = String(tags['long']);
    expect(long.replaceAll(character, '')).toBe('');
    const cut = Buffer.byteLength(character) * 5000 - Buffer.byteLength(long);
    expect(tags['tracewright.trimmed_bytes']).toBe(BigInt(cut));
  });

  it('loses the ends of several long texts, wherever they are', () => {
    const long = 'x'.repeat(5000);
    const context = { ...finishedSpan().spanContext() };
    const span = trimmed(
      finishedSpan({
        name: long,
        status: { code: SpanStatusCode.ERROR, message: long },
        attributes: { long, [long]: 'named at length' },
        events: [{ name: long, time: [0, 0], attributes: { long } }],
        links: [{ context, attributes: { long } }],
        instrumentationScope: { name: 'orders' },
      }),
    );
    const texts = [
      span.name,
      span.tags['long'],
      span.tags['otel.status_description'],
      span.logs[0]?.fields['event'],
      span.logs[0]?.fields['long'],
      span.logs[1]?.fields['long'],
      Object.keys(span.tags).find((name) => name.startsWith('xx')),
    ].map((text) => String(text).length);
    expect(new Set(texts).size).toBe(1);
    expect(texts[0]).toBeGreaterThan(128);
    expect(span.references).toHaveLength(1);
    expect(span.tags['tracewright.trimmed_texts']).toBe(7n);
    expect(span.tags['tracewright.trimmed_bytes']).toBe(BigInt(7 * (5000 - (texts[0] ?? 0))));
  });

  it('is cut where its scope or trace state are too long', () => {
    const traceState = {
      serialize: () => 'x'.repeat(5000),
      get: () => undefined,
      set: () => traceState,
      unset: () => traceState,
    };
    const instrumentationScope = { name: 'y'.repeat(5000), version: 'z'.repeat(5000) };
    const context = { ...finishedSpan().spanContext(), traceState };
    const { tags } = trimmed(finishedSpan({ instrumentationScope, spanContext: () => context }));
    expect(tags['w3c.tracestate']).toMatch(/^x{128,}$/);
    expect(tags['otel.scope.name']).toMatch(/^y{128,}$/);
    expect(tags['otel.scope.version']).toMatch(/^z{128,}$/);
    expect(tags['tracewright.trimmed_texts']).toBe(3n);
  });

  it('loses its first events when short texts do not help, and keeps the last', () => {
    const events = Array.from({ length: 500 }, (_, index) => ({
      name: `event ${index}`,
      time: [0, 0] satisfies [number, number],
    }));
    const { logs, tags } = trimmed(finishedSpan({ events, attributes: { kept: 'text' }, droppedEventsCount: 3 }));
    const names = events.map(({ name }) => name);
    expect(logs.length).toBeGreaterThan(10);
    expect(logs.map(({ fields }) => fields['event'])).toEqual(names.slice(500 - logs.length));
    expect(tags).toMatchObject({ kept: 'text', 'otel.dropped_events_count': BigInt(503 - logs.length) });
    expect(tags).toMatchObject({ 'tracewright.trimmed_texts': 0n, 'tracewright.trimmed_bytes': 0n });
  });

  it('loses its first links when there is no event left to lose', () => {
    const context = finishedSpan().spanContext();
    const links = Array.from({ length: 500 }, (_, index) => ({
      context: { ...context, spanId: String(index).padStart(16, '0') },
    }));
    const events = [{ name: 'event', time: [0, 0] satisfies [number, number] }];
    const { references, logs, tags } = trimmed(finishedSpan({ links, events }));
    expect(logs).toEqual([]);
    expect(references.length).toBeGreaterThan(10);
    expect(references.at(-1)?.spanId).toBe('0000000000000499');
    expect(tags['otel.dropped_events_count']).toBe(1n);
    expect(tags['otel.dropped_links_count']).toBe(BigInt(500 - references.length));
  });

  it('loses its last attributes when nothing else is left to lose', () => {
    const attributes = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`name.${index}`, index]));
    const { tags } = trimmed(finishedSpan({ attributes }));
    const names = Object.keys(tags).filter((name) => name.startsWith('name.'));
    expect(names.length).toBeGreaterThan(10);
    expect(names).toEqual(Object.keys(attributes).slice(0, names.length));
    expect(tags['otel.dropped_attributes_count']).toBe(BigInt(500 - names.length));
  });

  it('gives the room that dropped events leave to texts', () => {
    const events = Array.from({ length: 50 }, () => ({
      name: 'event',
      time: [0, 0] satisfies [number, number],
      attributes: Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`name.${index}`, true])),
    }));
    const { tags } = trimmed(finishedSpan({ events, attributes: { statement: 'x'.repeat(300) } }));
    expect(tags['statement']).toMatch(/^x{200,300}$/);
  });

  it('is left out, and counted, when not even that helps', () => {
    const [packet] = encodeAll({ ...format, maxBytes: 200 }, [finishedSpan()]);
    expect(packet).toMatchObject({ nextIndex: 1, spanCount: 0, trimmedCount: 0, oversizeCount: 1 });
    expect(packet?.bytes.length).toBe(0);
  });

  it('does no harm to the spans before and behind it', () => {
    const huge = finishedSpan({ name: 'huge', attributes: { long: 'x'.repeat(100_000) } });
    const packets = encodeAll({ ...format, maxBytes }, [finishedSpan(), huge, finishedSpan(), finishedSpan()]);
    const names = packets.flatMap(({ bytes }) => decodePacket(bytes, format).spans.map(({ name }) => name));
    expect(names).toEqual(['GET /orders', 'huge', 'GET /orders', 'GET /orders']);
    expect(packets.map(({ trimmedCount }) => trimmedCount)).toEqual([0, 1, 0]);
  });

  it('is encoded no further than it fits, though it is tried again and again', () => {
    const long = Buffer.alloc(10_000_000, 'x').toString();
    const attributes = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`name.${index}`, long]));
    const encoder = new BatchEncoder({ ...format, maxBytes: 65_000 });
    const start = performance.now();
    const packet = encoder.take([finishedSpan({ attributes })], 0);
    // A fraction of what it would take to encode all of it as often as it is tried.
    expect(performance.now() - start).toBeLessThan(5000);
    expect(packet.trimmedCount).toBe(1);
  });
});

describe.each(formats)('a resource that is too large ($protocol, $framing)', (format) => {
  const packetOf = (attributes: ReadableSpan['resource']['attributes']): DecodedPacket => {
    const span = finishedSpan({ resource: resourceWith(attributes), kind: SpanKind.INTERNAL });
    const [packet] = encodeAll({ ...format, maxBytes }, [span]);
    if (packet === undefined) throw new Error('no packet');
    expect(packet).toMatchObject({ nextIndex: 1, spanCount: 1, trimmedCount: 0, oversizeCount: 0 });
    return decodePacket(packet.bytes, format);
  };

  it('loses the ends of long texts, is marked, and leaves half of the packet to spans', () => {
    const { processTags, spans } = packetOf({
      'service.name': 'shop',
      command: 'x'.repeat(100_000),
      'host.name': 'till',
    });
    expect(processTags).toMatchObject({
      'host.name': 'till',
      'tracewright.trimmed': true,
      'tracewright.trimmed_texts': 1n,
      'tracewright.trimmed_bytes': BigInt(100_000 - String(processTags['command']).length),
    });
    expect(processTags['command']).toMatch(/^x{600,900}$/);
    expect(spans).toHaveLength(1);
  });

  it('loses its last attributes when short texts do not help', () => {
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`name.${index}`, index]));
    const { serviceName, processTags } = packetOf({ ...many, 'service.name': 'shop' });
    const names = Object.keys(processTags).filter((name) => name.startsWith('name.'));
    expect(names.length).toBeGreaterThan(10);
    expect(names).toEqual(Object.keys(many).slice(0, names.length));
    expect({ serviceName, marked: processTags['tracewright.trimmed'] }).toEqual({ serviceName: 'shop', marked: true });
  });

  it('loses the end of a long service name', () => {
    expect(packetOf({ 'service.name': 'x'.repeat(100_000) }).serviceName).toMatch(/^x{600,950}$/);
  });
});

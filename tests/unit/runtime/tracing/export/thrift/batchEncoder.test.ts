import { SpanKind } from '@opentelemetry/api';
import { describe, expect, it } from 'vitest';
import { BatchEncoder } from '../../../../../../runtime/src/tracing/export/thrift/batchEncoder.ts';
import { decodePacket } from './decodedPacket.ts';
import { finishedSpan, resourceWith } from './finishedSpan.ts';
import { encodeAll, formats } from './formats.ts';

describe.each(formats)('a stretch of spans ($protocol, $framing)', (format) => {
  const spans = Array.from({ length: 100 }, (_, index) => finishedSpan({ name: `span ${index}` }));

  it('fills packets up to their size, in order', () => {
    const packets = encodeAll({ ...format, maxBytes: 2000 }, spans);
    const names = packets.flatMap(({ bytes }) => decodePacket(bytes, format).spans.map(({ name }) => name));
    expect(names).toEqual(spans.map(({ name }) => name));
    for (const { bytes } of packets) expect(bytes.length).toBeLessThanOrEqual(2000);
    const [one] = encodeAll({ ...format, maxBytes: 2000 }, [finishedSpan({ name: 'span 50' })]);
    for (const { bytes } of packets.slice(0, -1)) expect(bytes.length).toBeGreaterThan(2000 - (one?.bytes.length ?? 0));
  });

  it('never gets beyond that size by what ends a packet', () => {
    for (let maxBytes = 4000; maxBytes < 4200; maxBytes++) {
      const packets = encodeAll({ ...format, maxBytes }, spans);
      expect(Math.max(...packets.map(({ bytes }) => bytes.length))).toBeLessThanOrEqual(maxBytes);
    }
  });

  it('is counted packet by packet', () => {
    const packets = encodeAll({ ...format, maxBytes: 2000 }, spans);
    expect(packets.length).toBeGreaterThan(5);
    const counts = packets.map(({ bytes }) => decodePacket(bytes, format).spans.length);
    expect(packets.map(({ spanCount }) => spanCount)).toEqual(counts);
    expect(packets.at(-1)?.nextIndex).toBe(100);
    expect(packets.every(({ trimmedCount, oversizeCount }) => trimmedCount === 0 && oversizeCount === 0)).toBe(true);
  });

  it('is written whole or put off, wherever the end of a packet falls', () => {
    const { traceId, spanId } = finishedSpan().spanContext();
    const full = finishedSpan({
      name: 'GET /grüße',
      attributes: { long: '€'.repeat(40), short: 'ü💶', list: ['ß'], number: 0.5 },
      events: [{ name: 'événement', time: [1, 0], attributes: { note: '💶'.repeat(10) } }],
      links: [{ context: { traceId, spanId, traceFlags: 1 } }],
    });
    const [bare] = encodeAll({ ...format, maxBytes: 65_000 }, [full]).map(({ bytes }) => decodePacket(bytes, format));
    const bytesOfOne = encodeAll({ ...format, maxBytes: 65_000 }, [full])[0]?.bytes.length ?? 0;
    for (let maxBytes = bytesOfOne + 10; maxBytes < 2 * bytesOfOne + 10; maxBytes++) {
      const fresh = { ...full, instrumentationScope: { ...full.instrumentationScope } };
      const packets = encodeAll({ ...format, maxBytes }, [full, fresh]);
      const decoded = packets.flatMap(({ bytes }) => decodePacket(bytes, format).spans);
      expect(decoded).toEqual([bare?.spans[0], bare?.spans[0]]);
    }
  });

  it('comes in packets of one resource each', () => {
    const other = resourceWith({ 'service.name': 'mail' });
    const mixed = [finishedSpan(), finishedSpan(), finishedSpan({ resource: other }), finishedSpan()];
    const packets = encodeAll({ ...format, maxBytes: 65_000 }, mixed);
    expect(packets.map(({ spanCount, nextIndex }) => ({ spanCount, nextIndex }))).toEqual([
      { spanCount: 2, nextIndex: 2 },
      { spanCount: 1, nextIndex: 3 },
      { spanCount: 1, nextIndex: 4 },
    ]);
    const services = packets.map(({ bytes }) => decodePacket(bytes, format).serviceName);
    expect(services).toEqual(['shop', 'mail', 'shop']);
  });

  it('is empty at its end', () => {
    const packet = new BatchEncoder({ ...format, maxBytes: 2000 }).take(spans, 100);
    expect({ ...packet, bytes: packet.bytes.length }).toEqual({
      bytes: 0,
      nextIndex: 100,
      spanCount: 0,
      trimmedCount: 0,
      oversizeCount: 0,
    });
  });

  it('shows attributes of a resource that is still being detected as soon as they are there', () => {
    const resource = { ...resourceWith({ 'service.name': 'shop' }), asyncAttributesPending: true };
    const encoder = new BatchEncoder({ ...format, maxBytes: 65_000 });
    const tags = (): unknown => {
      const { bytes } = encoder.take([finishedSpan({ resource })], 0);
      return decodePacket(bytes, format).processTags;
    };
    expect(tags()).toEqual({});
    resource.attributes = { 'service.name': 'shop', 'host.id': '7' };
    expect(tags()).toEqual({ 'host.id': '7' });
  });

  it('reads a resource once', () => {
    let reads = 0;
    const resource = resourceWith({});
    Object.defineProperty(resource, 'attributes', { get: () => (reads++, { 'service.name': 'shop' }) });
    const encoder = new BatchEncoder({ ...format, maxBytes: 65_000 });
    for (let time = 0; time < 3; time++) encoder.take([finishedSpan({ resource })], 0);
    expect(reads).toBe(1);
  });
});

it.each(['binary', 'compact'] as const)(
  'writes 10,000 names of attributes, and some of them again (%s)',
  (protocol) => {
    const format = { protocol, framing: 'batch' } as const;
    const names = Array.from({ length: 10_000 }, (_, index) => `made.up.${index}`);
    const spans = [...names, ...names.slice(0, 10)].map((name) => finishedSpan({ attributes: { [name]: name } }));
    const packets = encodeAll({ ...format, maxBytes: 65_000 }, spans);
    const tags = packets.flatMap(({ bytes }) => decodePacket(bytes, format).spans.map((span) => span.tags));
    expect(tags.map((own) => Object.keys(own)[0])).toEqual([...names, ...names.slice(0, 10)]);
  },
);

describe('the bytes of a packet', () => {
  const span = finishedSpan({
    name: 'n',
    kind: SpanKind.INTERNAL,
    resource: resourceWith({ 'service.name': 's' }),
    instrumentationScope: { name: '' },
    attributes: { t: 'x', b: true, i: -1, d: 0.5 },
    spanContext: () => ({ traceId: '0'.repeat(31) + '1', spanId: '0'.repeat(15) + '2', traceFlags: 1 }),
    startTime: [0, 64_000],
    duration: [0, 1000],
  });

  /** As the specifications of the two protocols and jaeger.thrift have it, field by field. */
  const expected = {
    binary: [
      '80010004 00000009 656d69744261746368 00000000', // strict, oneway, emitBatch, sequence number
      '0c0001 0c0001 0b0001 00000001 73', // batch, process, serviceName: s
      '00', // end of process
      '0f0002 0c 00000001', // one span
      '0a0001 0000000000000001 0a0002 0000000000000000', // traceIdLow, traceIdHigh
      '0a0003 0000000000000002 0a0004 0000000000000000', // spanId, parentSpanId
      '0b0005 00000001 6e 080007 00000001', // operationName: n, flags
      '0a0008 0000000000000040 0a0009 0000000000000001', // startTime, duration
      '0f000a 0c 00000004', // four tags
      '0b0001 00000001 74 080002 00000000 0b0003 00000001 78 00', // t: x
      '0b0001 00000001 62 080002 00000002 020005 01 00', // b: true
      '0b0001 00000001 69 080002 00000003 0a0006 ffffffffffffffff 00', // i: -1
      '0b0001 00000001 64 080002 00000001 040004 3fe0000000000000 00', // d: 0.5
      '00 00 00', // end of span, batch, arguments
    ],
    compact: [
      '82 81 00 09 656d69744261746368', // oneway, sequence number, emitBatch
      '1c 1c 18 01 73', // batch, process, serviceName: s
      '00', // end of process
      '19 1c', // one span
      '16 02 16 00', // traceIdLow, traceIdHigh
      '16 04 16 00', // spanId, parentSpanId
      '18 01 6e 25 02', // operationName: n, flags
      '16 8001 16 02', // startTime, duration
      '19 4c', // four tags
      '18 01 74 15 00 18 01 78 00', // t: x
      '18 01 62 15 04 31 00', // b: true
      '18 01 69 15 06 46 01 00', // i: -1
      '18 01 64 15 02 27 000000000000e03f 00', // d: 0.5
      '00 00 00', // end of span, batch, arguments
    ],
  };

  it.each(['binary', 'compact'] as const)('are those of the %s protocol', (protocol) => {
    const { bytes } = new BatchEncoder({ protocol, framing: 'agentMessage', maxBytes: 1000 }).take([span], 0);
    expect(bytes.toString('hex')).toBe(expected[protocol].join('').replaceAll(' ', ''));
  });
});

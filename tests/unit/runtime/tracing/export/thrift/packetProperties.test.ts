import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePacket, type DecodedSpan, type TagValue } from './decodedPacket.ts';
import { expectedSpan, expectedTags } from './expectedSpan.ts';
import { finishedSpan, resourceWith } from './finishedSpan.ts';
import { encodeAll, formats } from './formats.ts';

const hex = (digits: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.nat(15).map((digit) => digit.toString(16)), minLength: digits, maxLength: digits });

/** Any UTF-16, halves of characters included; now and then longer than a packet. */
const text = fc.oneof(
  { weight: 8, arbitrary: fc.string({ unit: 'binary' }) },
  { weight: 2, arbitrary: fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units)) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('x', 'ü', '€', '💶', '\ud83d'), fc.nat(3000))
      .map(([unit, count]) => unit.repeat(count)),
  },
);

const value = fc.oneof(
  text,
  fc.boolean(),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double(),
  fc.array(fc.oneof(fc.string(), fc.integer(), fc.boolean())),
);

/** Names of an application's own, as short as names are or longer than a packet. */
const name = fc.oneof(
  { weight: 9, arbitrary: fc.string() },
  { weight: 1, arbitrary: fc.nat(2000).map((count) => 'n'.repeat(count)) },
);

const attributes: fc.Arbitrary<Attributes> = fc
  .array(fc.tuple(name, value), { maxLength: 30 })
  .map((entries) => Object.fromEntries(entries.map(([key, own]) => [`own.${key}`, own])));

const time = fc.tuple(fc.nat(2_000_000_000), fc.nat(999_999_999));

const context = fc.record({ traceId: hex(32), spanId: hex(16), traceFlags: fc.nat(3) });

const resource = fc.constantFrom(
  resourceWith({ 'service.name': 'shop', 'host.name': 'till' }),
  resourceWith({ 'service.name': 'mail', command: 'x'.repeat(5000) }),
);

const span: fc.Arbitrary<ReadableSpan> = fc
  .record({
    name: text,
    kind: fc.constantFrom(0, 1, 2, 3, 4),
    own: context,
    parentSpanContext: fc.option(context, { nil: undefined }),
    startTime: time,
    duration: time,
    status: fc.record({ code: fc.constantFrom(0, 1, 2), message: text }),
    attributes,
    events: fc.array(fc.record({ name: text, time, attributes })),
    links: fc.array(fc.record({ context })),
    droppedEventsCount: fc.nat(5),
    resource,
  })
  .map(({ own, parentSpanContext, ...parts }) =>
    finishedSpan({ ...parts, ...(parentSpanContext && { parentSpanContext }), spanContext: () => own }),
  );

describe.each(formats)('any spans ($protocol, $framing)', (format) => {
  it('are decoded to what they say, or are marked as trimmed; in order, and counted', () => {
    const property = fc.property(
      fc.array(span, { maxLength: 8 }),
      fc.integer({ min: 1600, max: 6000 }),
      (spans, maxBytes) => {
        const packets = encodeAll({ ...format, maxBytes }, spans);
        let next = 0;
        for (const packet of packets) {
          expect(packet.bytes.length).toBeLessThanOrEqual(maxBytes);
          const given = spans.slice(next, packet.nextIndex);
          next = packet.nextIndex;
          expect(packet.spanCount + packet.oversizeCount).toBe(given.length);
          expect(packet.oversizeCount).toBe(0);
          const decoded = decodePacket(packet.bytes, format);
          expect(decoded.serviceName).toBe(given[0]?.resource.attributes['service.name']);
          expect(decoded.spans).toHaveLength(given.length);
          const trimmed = decoded.spans.filter((one, index) => !isWhole(one, given[index]));
          expect(trimmed).toHaveLength(packet.trimmedCount);
        }
        expect(next).toBe(spans.length);
      },
    );
    fc.assert(property, { numRuns: 30 });
  });

  it('are never too large, however small a packet is', () => {
    const property = fc.property(
      fc.array(span, { maxLength: 3 }),
      fc.integer({ min: 1, max: 1600 }),
      (spans, maxBytes) => {
        const packets = encodeAll({ ...format, maxBytes }, spans);
        const dealt = packets.map(({ spanCount, oversizeCount }) => spanCount + oversizeCount);
        expect(dealt.reduce((sum, count) => sum + count, 0)).toBe(spans.length);
        for (const { bytes, spanCount } of packets) {
          expect(bytes.length).toBeLessThanOrEqual(maxBytes);
          expect(bytes.length === 0 ? 0 : decodePacket(bytes, format).spans.length).toBe(spanCount);
        }
      },
    );
    fc.assert(property, { numRuns: 30 });
  });
});

/** Whether a span says all; one that does not has to be marked, and to hold nothing but starts of what it should. */
function isWhole(decoded: DecodedSpan, given: ReadableSpan | undefined): boolean {
  if (given === undefined) throw new Error('more spans than were given');
  const expected = expectedSpan(given);
  if (decoded.tags['tracewright.trimmed'] === undefined) {
    expect(decoded).toEqual(expected);
    return true;
  }
  const { traceId, spanId, parentSpanId, flags, startMicroseconds, durationMicroseconds } = expected;
  expect(decoded).toMatchObject({ traceId, spanId, parentSpanId, flags, startMicroseconds, durationMicroseconds });
  expect(expected.name.startsWith(decoded.name)).toBe(true);
  expect(decoded.references).toEqual(expected.references.slice(given.links.length - decoded.references.length));
  const own = Object.entries(decoded.tags).filter(([key]) => key.startsWith('own.'));
  for (const [key, kept] of own) expect(isStartOfOne(key, kept, given.attributes)).toBe(true);
  return false;
}

function isStartOfOne(key: string, kept: TagValue, attributes: Attributes): boolean {
  return Object.entries(expectedTags(attributes)).some(
    ([name, whole]) =>
      name.startsWith(key) && (typeof whole === 'string' ? whole.startsWith(String(kept)) : whole === kept),
  );
}

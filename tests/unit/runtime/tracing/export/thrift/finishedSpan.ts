import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';

type Resource = ReadableSpan['resource'];

/** A resource with these attributes, which are all there from the start. */
export function resourceWith(attributes: Resource['attributes']): Resource {
  return { attributes, merge: (other) => other ?? resourceWith(attributes), getRawAttributes: () => [] };
}

const shop = resourceWith({ 'service.name': 'shop', 'host.name': 'till' });

const scope = { name: 'orders', version: '1.2.3' };

/** A span of a server, with some of its parts replaced. */
export function finishedSpan(parts: Partial<ReadableSpan> = {}): ReadableSpan {
  const traceId = 'fedcba98765432100123456789abcdef';
  return {
    name: 'GET /orders',
    kind: SpanKind.SERVER,
    spanContext: () => ({ traceId, spanId: '8000000000000001', traceFlags: 1 }),
    startTime: [1_790_000_000, 123_456_789],
    endTime: [1_790_000_000, 135_802_467],
    duration: [0, 12_345_678],
    status: { code: SpanStatusCode.UNSET },
    attributes: {},
    links: [],
    events: [],
    ended: true,
    resource: shop,
    instrumentationScope: scope,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
    ...parts,
  };
}

import { SpanKind } from '@opentelemetry/api';
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { randomBytes } from 'node:crypto';
import { readableSpan, resourceOf } from '../readableSpan.ts';

/** Spans of one request, encoded for OTLP over HTTP. */
export interface LoadRequest {
  readonly body: Uint8Array;
  /** One span has a trace of its own; these are their IDs. */
  readonly traceIds: readonly string[];
}

/** Makes spans of an HTTP server, some 430 bytes each, that end now. @param service - Name of the service that they are of. */
export function encodeLoadSpans(service: string, count: number, nowMillis: number): LoadRequest {
  const resource = resourceOf({ 'service.name': service, 'host.name': 'tracewright-validate' });
  const spans = Array.from({ length: count }, (_, index) => loadSpan(resource, nowMillis, index));
  const body = ProtobufTraceSerializer.serializeRequest(spans);
  if (body === undefined) throw new TypeError('the spans of a load can always be encoded');
  return { body, traceIds: spans.map((span) => span.spanContext().traceId) };
}

function loadSpan(resource: ReadableSpan['resource'], nowMillis: number, index: number): ReadableSpan {
  return readableSpan({
    traceId: randomBytes(16).toString('hex'),
    spanId: randomBytes(8).toString('hex'),
    name: 'GET /orders/{id}',
    kind: SpanKind.SERVER,
    startMillis: nowMillis - 12,
    durationMillis: 12,
    attributes: {
      'http.request.method': 'GET',
      'http.route': '/orders/{id}',
      'http.response.status_code': 200,
      'url.full': `http://shop.example/orders/${index}?expand=lines`,
      'user_agent.original': 'Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0',
      'client.address': `10.244.0.${index % 256}`,
      'client.port': 30_000 + (index % 30_000),
      'customer.id': `c-${String(index).padStart(8, '0')}`,
    },
    resource,
  });
}

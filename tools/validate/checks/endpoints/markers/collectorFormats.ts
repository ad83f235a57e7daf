import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { collectorPorts } from '../../../../../infra/jaeger/ports.ts';
import type { NamedPort } from '../../../../../infra/kubernetes/ports.ts';
import { BatchEncoder } from '../../../../../runtime/src/tracing/export/thrift/batchEncoder.ts';
import { callUnary } from '../callUnary.ts';
import { markerService, toReadableSpan, type Marker } from './marker.ts';
import { protobufMessage } from './protobuf.ts';
import { zipkinThriftList } from './zipkinThrift.ts';

/** A form in which collectors take spans, and where. */
export interface CollectorFormat {
  readonly name: string;
  readonly port: NamedPort;
  /** Sends a marker to the port of a collector, as it is reached on loopback. @throws Error when it is not taken. */
  readonly send: (loopbackPort: number, marker: Marker, signal: AbortSignal) => Promise<void>;
}

const maxBytes = 65_000;
const answerSeconds = 15;

/** Every form that the collectors of a stack take. */
export const collectorFormats: readonly CollectorFormat[] = [
  overHttp('Jaeger thrift over HTTP', collectorPorts.thriftHttp, '/api/traces', 'application/x-thrift', (marker) =>
    jaegerThrift(marker),
  ),
  {
    name: 'Jaeger gRPC',
    port: collectorPorts.grpc,
    send: async (port, marker) => {
      await callUnary(port, '/jaeger.api_v2.CollectorService/PostSpans', postSpans(marker));
    },
  },
  {
    name: 'OTLP over gRPC',
    port: collectorPorts.otlpGrpc,
    send: async (port, marker) => {
      const path = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';
      await callUnary(port, path, Buffer.from(otlp(marker)));
    },
  },
  overHttp('OTLP over HTTP, protobuf', collectorPorts.otlpHttp, '/v1/traces', 'application/x-protobuf', otlp),
  overHttp('OTLP over HTTP, JSON', collectorPorts.otlpHttp, '/v1/traces', 'application/json', (marker) =>
    encoded(JsonTraceSerializer.serializeRequest([toReadableSpan(marker)])),
  ),
  overHttp('Zipkin 2, JSON', collectorPorts.zipkin, '/api/v2/spans', 'application/json', zipkin2),
  overHttp('Zipkin 2, protobuf', collectorPorts.zipkin, '/api/v2/spans', 'application/x-protobuf', zipkinProtobuf),
  overHttp('Zipkin 1, JSON', collectorPorts.zipkin, '/api/v1/spans', 'application/json', zipkin1),
  overHttp('Zipkin 1, thrift', collectorPorts.zipkin, '/api/v1/spans', 'application/x-thrift', zipkinThriftList),
];

function overHttp(
  name: string,
  port: NamedPort,
  path: string,
  contentType: string,
  encode: (marker: Marker) => Uint8Array | string,
): CollectorFormat {
  return {
    name,
    port,
    send: async (loopbackPort, marker, signal) => {
      const body = encode(marker);
      const answer = await fetch(`http://127.0.0.1:${loopbackPort}${path}`, {
        method: 'POST',
        headers: { 'content-type': contentType },
        body: typeof body === 'string' ? body : new Uint8Array(body),
        signal: AbortSignal.any([signal, AbortSignal.timeout(answerSeconds * 1000)]),
      });
      const said = await answer.text();
      if (!answer.ok) throw new Error(`it answered with ${answer.status}: ${said.slice(0, 200)}`);
    },
  };
}

function jaegerThrift(marker: Marker): Uint8Array {
  return new BatchEncoder({ protocol: 'binary', framing: 'batch', maxBytes }).take([toReadableSpan(marker)], 0).bytes;
}

function otlp(marker: Marker): Uint8Array {
  return encoded(ProtobufTraceSerializer.serializeRequest([toReadableSpan(marker)]));
}

function encoded(bytes: Uint8Array | undefined): Uint8Array {
  if (bytes === undefined) throw new TypeError('a marker can always be encoded');
  return bytes;
}

/** `PostSpansRequest` of Jaeger's `api_v2/collector.proto`. */
function postSpans({ traceId, spanId, operation, startMillis }: Marker): Buffer {
  const start = protobufMessage([1, Math.floor(startMillis / 1000)], [2, (startMillis % 1000) * 1e6]);
  const span = protobufMessage(
    [1, Buffer.from(traceId, 'hex')],
    [2, Buffer.from(spanId, 'hex')],
    [3, operation],
    [5, 1],
    [6, start],
    [7, protobufMessage([2, 1e6])],
  );
  return protobufMessage([1, protobufMessage([1, span], [2, protobufMessage([1, markerService])])]);
}

function zipkin2({ traceId, spanId, operation, startMillis }: Marker): string {
  const localEndpoint = { serviceName: markerService, ipv4: '127.0.0.1' };
  const times = { timestamp: startMillis * 1000, duration: 1000 };
  return JSON.stringify([{ traceId, id: spanId, name: operation, ...times, localEndpoint, tags: {} }]);
}

/** `ListOfSpans` of `zipkin.proto`. Jaeger 1.50 panics over an endpoint without an IPv4 address. */
function zipkinProtobuf({ traceId, spanId, operation, startMillis }: Marker): Buffer {
  const span = protobufMessage(
    [1, Buffer.from(traceId, 'hex')],
    [3, Buffer.from(spanId, 'hex')],
    [5, operation],
    [6, { fixed64: BigInt(startMillis) * 1000n }],
    [7, 1000],
    [8, protobufMessage([1, markerService], [2, Buffer.from([127, 0, 0, 1])])],
  );
  return protobufMessage([1, span]);
}

function zipkin1({ traceId, spanId, operation, startMillis }: Marker): string {
  const endpoint = { serviceName: markerService, ipv4: '127.0.0.1' };
  const annotations = [
    { endpoint, timestamp: startMillis * 1000, value: 'sr' },
    { endpoint, timestamp: startMillis * 1000 + 1000, value: 'ss' },
  ];
  const times = { timestamp: startMillis * 1000, duration: 1000 };
  return JSON.stringify([{ traceId, id: spanId, name: operation, ...times, annotations, binaryAnnotations: [] }]);
}

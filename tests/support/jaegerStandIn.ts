import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A trace as Jaeger's query API answers it. */
export interface StandInTrace {
  readonly traceID: string;
  readonly spans: readonly unknown[];
  readonly processes: Readonly<Record<string, unknown>>;
}

/** A server that answers as Jaeger's query API does, from memory. */
export interface JaegerStandIn extends AsyncDisposable {
  readonly url: string;
  /** Paths that were asked for, with their queries. */
  readonly asked: readonly string[];
}

/** Starts one that has these traces, whatever is sought. */
export async function startJaegerStandIn(traces: readonly StandInTrace[]): Promise<JaegerStandIn> {
  const asked: string[] = [];
  const byId = new Map(traces.map((trace) => [trace.traceID, JSON.stringify({ data: [trace] })]));
  const all = JSON.stringify({ data: traces.filter(({ spans }) => spans.length < 1000) });
  const services = [...new Set(traces.flatMap(({ processes }) => Object.values(processes).map(nameOf)))];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const id = /^\/api\/traces\/([\da-f]+)$/.exec(path)?.[1];
    response.setHeader('content-type', 'application/json');
    if (id !== undefined) {
      const found = byId.get(id);
      response.statusCode = found === undefined ? 404 : 200;
      response.end(found ?? JSON.stringify({ errors: [{ code: 404, msg: 'trace not found' }] }));
    } else if (path.startsWith('/api/services')) response.end(JSON.stringify({ data: services }));
    else if (path.startsWith('/api/operations')) response.end(JSON.stringify({ data: [{ name: 'POST /orders' }] }));
    else response.end(all);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const SERVICES = ['shop', 'payments', 'stock', 'mail', 'search'];

/** How a trace is made. */
export interface MadeTrace {
  readonly traceId: string;
  readonly spans: number;
  /** Microseconds since 1970. */
  readonly startMicros: number;
  readonly tags?: number;
}

/** A trace of several services, up to ten deep, of which each 50th span failed. */
export function madeTrace({ traceId, spans, startMicros, tags = 15 }: MadeTrace): StandInTrace {
  return {
    traceID: traceId,
    spans: Array.from({ length: spans }, (_, index) => madeSpan({ traceId, spans, startMicros, tags }, index)),
    processes: Object.fromEntries(
      SERVICES.map((serviceName, index) => [
        `p${index}`,
        { serviceName, tags: [{ key: 'hostname', type: 'string', value: `${serviceName}-7d4f-${index}` }] },
      ]),
    ),
  };
}

function madeSpan({ traceId, spans, startMicros, tags = 15 }: MadeTrace, index: number): object {
  const parent = index % 10 === 0 ? 0 : index - 1;
  const isFailed = index % 50 === 49;
  const step = 20;
  const start = index === 0 ? 0 : index * step;
  const duration = index === 0 ? spans * step + 100 : (10 - (index % 10)) * step - (index % 10);
  return {
    traceID: traceId,
    spanID: spanIdOf(index),
    operationName:
      index === 0 ? 'POST /orders' : `${['query', 'call', 'cache', 'render'][index % 4] ?? ''} ${index % 37}`,
    references: index === 0 ? [] : [{ refType: 'CHILD_OF', traceID: traceId, spanID: spanIdOf(parent) }],
    startTime: startMicros + start,
    duration,
    tags: [
      { key: 'span.kind', type: 'string', value: index === 0 ? 'server' : 'client' },
      ...(isFailed ? [{ key: 'error', type: 'bool', value: true }] : []),
      ...Array.from({ length: tags }, (_, tag) => ({
        key: `attribute.number.${tag}`,
        type: 'string',
        value: `the value ${tag} of the span ${index}`,
      })),
    ],
    logs: isFailed
      ? [
          {
            timestamp: startMicros + start + 5,
            fields: [
              { key: 'event', type: 'string', value: 'exception' },
              { key: 'exception.type', type: 'string', value: 'PaymentError' },
              { key: 'exception.message', type: 'string', value: 'the card was refused' },
              {
                key: 'exception.stacktrace',
                type: 'string',
                value: 'PaymentError: the card was refused\n    at pay (src/pay.ts:12:9)',
              },
            ],
          },
        ]
      : [],
    processID: `p${index === 0 ? 0 : index % SERVICES.length}`,
    warnings: null,
  };
}

/** 16 hexadecimal digits. */
export function spanIdOf(index: number): string {
  return (index + 1).toString(16).padStart(16, '0');
}

function nameOf(process: unknown): string {
  return (process as { readonly serviceName: string }).serviceName;
}

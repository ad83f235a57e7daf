// Asks a query service within a span, by itself and by the dashboard's client; says what was traced, and which headers came.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { trace } from '@opentelemetry/api';
import { createTracing } from '@tracewright/runtime';
import { JaegerQueryClient } from '../../../../runtime/src/dashboard/traces/adapters/jaegerQueryClient.ts';

const tracing = createTracing({ onError: () => undefined });
const parents: boolean[] = [];
const server = createServer((request, response) => {
  parents.push('traceparent' in request.headers || 'uber-trace-id' in request.headers);
  response.end('{"data":["shop"]}');
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

async function spansOf(work: () => Promise<unknown>): Promise<number> {
  const before = tracing.stats().created;
  await trace.getTracer('app').startActiveSpan('ask', async (span) => {
    await work();
    span.end();
  });
  // The span of a client ends when its body was read.
  await new Promise((resolve) => setTimeout(resolve, 50));
  return tracing.stats().created - before;
}

const plain = await spansOf(() => fetch(url).then((response) => response.text()));
const query = await spansOf(() => new JaegerQueryClient({ url }).services());
server.close();
server.closeAllConnections();
await tracing.stop();
process.stdout.write(JSON.stringify({ plain, query, parents }));

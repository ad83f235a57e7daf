// A traced application in one process: a job that asks an HTTP server for a price. Run by sendOneTrace.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { SpanStatusCode, trace } from '@opentelemetry/api';
import { setHttpRoute } from '@tracewright/runtime';
import { tracing } from '@tracewright/runtime/register';

// The job, the request as its client and its server see it, and the look-up.
const SPAN_COUNT = 4;

const tracer = trace.getTracer('checkout-local');
const failures: Error[] = [];
process.on('warning', (warning) => failures.push(warning));

const server = createServer((_request, response) => {
  setHttpRoute('/prices/:sku');
  tracer.startActiveSpan('look up price', (span) => {
    response.end(JSON.stringify({ cents: 450 }));
    span.end();
  });
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');

const address = server.address();
const port = typeof address === 'object' && address !== null ? address.port : 0;
const traceId = await tracer.startActiveSpan('price job', async (span) => {
  const response = await fetch(`http://127.0.0.1:${port}/prices/TEA-1`);
  await response.json();
  span.setStatus({ code: SpanStatusCode.OK });
  span.end();
  return span.spanContext().traceId;
});
server.close();
server.closeAllConnections();
await tracing.stop();

// Warnings are emitted on the next turn of the event loop.
await new Promise((resolve) => setImmediate(resolve));
if (failures.length > 0) process.exitCode = 1;
else process.stdout.write(JSON.stringify({ traceId, spanCount: SPAN_COUNT, services: [tracing.config?.serviceName] }));

import { trace } from '@opentelemetry/api';
import { createObservability, serveMetrics } from '@tracewright/runtime';

// Run by alertsFire.timed.test.ts: an application with all that can be wrong in a minute, the runtime's real metrics included.
const observability = createObservability({
  // Nobody listens there.
  tracing: {
    serviceName: 'shop',
    exporter: 'otlp-http',
    otlpEndpoint: 'http://127.0.0.1:9',
    batch: { scheduledDelayMillis: 200, exportTimeoutMillis: 300 },
  },
  performance: { intervalMillis: 1000, maxSeriesPerMetric: 10 },
  // On a machine that is busy with other tests, too.
  errors: { uncaught: false, loggers: false, maxTimeShare: 1 },
  onError: () => undefined,
});
const { requests, errors, performance } = observability;
if (performance === undefined) throw new Error('nothing is measured');

const stuck = Array.from({ length: 40 }, () => requests?.start({ operation: 'POST /hang' }).process());
const counter = performance.meterProvider.getMeter('shop').createCounter('shop.visits');

let round = 0;
let isResolved = false;
setInterval(() => {
  round += 1;
  trace.getTracer('shop').startSpan('work').end();
  requests?.start({ operation: 'GET /fails' }).process().fail({ type: '503' });
  const slow = requests?.start({ operation: 'GET /slow' }).process();
  setTimeout(() => slow?.complete(), 2600);
  counter.add(1, { visitor: round });
  // Resolved as it comes first; the next one is back.
  const declined = errors?.capture(new Error('the card was declined'));
  if (!isResolved && declined !== undefined) {
    errors?.groups.resolve(declined.groupId);
    isResolved = true;
  }
}, 200);
setInterval(() => {
  const end = Date.now() + 400;
  while (Date.now() < end);
}, 600);
setTimeout(() => {
  // Many users whom an error of the database hits make it critical.
  for (let user = 0; user < 300; user += 1)
    errors?.capture(new Error('no order is stored'), {
      category: 'database',
      request: { operation: 'POST /orders', userId: `user-${user}` },
    });
}, 1000);

const server = await serveMetrics(performance, { port: 0 });
process.stdout.write(`${stuck.length} stuck, ${server.url}\n`);

// Gives work to a worker thread, once with its data and once with a message, inside of a span.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { context, propagation, trace } from '@opentelemetry/api';
import { injectContext } from '@tracewright/runtime';
import '@tracewright/runtime/register';

const worker = process.env['WORKER'] ?? '';
const options = process.env['EXEC_ARGV'] === undefined ? {} : { execArgv: process.env['EXEC_ARGV'].split(' ') };
const baggage = propagation.createBaggage({ user: { value: 'ada' } });

await context.with(propagation.setBaggage(context.active(), baggage), () =>
  trace.getTracer('threads').startActiveSpan('main', async (span) => {
    const thread = new Worker(new URL(worker, import.meta.url), { workerData: { trace: injectContext() }, ...options });
    thread.postMessage({ trace: injectContext() });
    await once(thread, 'exit');
    span.end();
  }),
);

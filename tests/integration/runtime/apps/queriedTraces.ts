// Sends traces of an order that works, one that fails and one of 2,000 spans; says their IDs.
import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { createTracing } from '@tracewright/runtime';

const tracing = createTracing({ batch: { maxQueueSize: 5000 } });
const tracer = trace.getTracer('orders');

interface Order {
  readonly operation: string;
  readonly millis: number;
  readonly steps: number;
  readonly error?: Error;
}

function order({ operation, millis, steps, error }: Order): string {
  const start = Date.now() - 60_000;
  return tracer.startActiveSpan(operation, { kind: SpanKind.SERVER, startTime: start }, (root) => {
    const at = (step: number): number => start + (step * millis) / steps;
    for (let step = 0; step < steps; step += 1) {
      const span = tracer.startSpan(`step ${step % 5}`, { startTime: at(step), attributes: { 'order.step': step } });
      span.end(at(step + 1));
    }
    root.setAttribute('order.id', operation);
    if (error !== undefined) {
      root.recordException(error, start + 1);
      root.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
    }
    root.end(start + millis);
    return root.spanContext().traceId;
  });
}

const works = order({ operation: 'POST /orders', millis: 50, steps: 2 });
const fails = order({ operation: 'POST /orders/:id/pay', millis: 4000, steps: 2, error: new TypeError('no card') });
const large = order({ operation: 'GET /report', millis: 1000, steps: 1999 });
await tracing.stop();
process.stdout.write(JSON.stringify({ works, fails, large }));

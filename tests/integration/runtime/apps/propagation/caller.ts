// Calls URL inside of a span, with baggage, and writes what was answered.
import { context, propagation, trace } from '@opentelemetry/api';
import { tracing } from '@tracewright/runtime/register';

const baggage = propagation.createBaggage({ user: { value: process.env['USER_NAME'] ?? '' } });
await context.with(propagation.setBaggage(context.active(), baggage), () =>
  trace.getTracer('caller').startActiveSpan('order', async (span) => {
    const answer = await fetch(process.env['URL'] ?? '');
    process.stdout.write(await answer.text());
    span.end();
  }),
);
await tracing.stop();

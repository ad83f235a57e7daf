// Makes a span that is sent, then one that still waits when the process ends, in the way that HOW names.
import { trace } from '@opentelemetry/api';
import { tracing } from '@tracewright/runtime/register';

const tracer = trace.getTracer('ending');
const how = process.env['HOW'];
if (how === 'caught') {
  process.on('uncaughtException', () => {
    process.stdout.write('caught\n');
    process.exit(0);
  });
}
tracer.startSpan('early').end();
await tracing.flush();
tracer.startSpan('last').end();
if (how === 'exit') process.exit(3);
if (how === 'listener') endByListener();
else if (how !== 'nothing') tracer.startActiveSpan('doomed', () => setTimeout(end, 1));

function end(): void {
  if (how === 'rejection') void Promise.reject(new RangeError('nobody waits for this'));
  else throw new TypeError('nobody catches this');
}

/** Ten spans wait when a listener of the application ends the process at once. */
function endByListener(): void {
  for (let number = 2; number <= 10; number += 1) tracer.startSpan('last').end();
  process.on('SIGTERM', () => process.exit(0));
  setTimeout(() => process.kill(process.pid, 'SIGTERM'), 1);
  // Node does not stay for a signal.
  setTimeout(() => process.exit(4), 5000);
}

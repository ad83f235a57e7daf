// Makes one span and waits to be ended by a signal.
import { trace } from '@opentelemetry/api';
import '@tracewright/runtime/register';

trace.getTracer('waiting').startSpan('before the signal').end();
const timer = setInterval(() => undefined, 1000);
if (process.env['OWN_LISTENER'] === 'yes') {
  process.once('SIGTERM', () => {
    clearInterval(timer);
    trace.getTracer('waiting').startSpan('after the signal').end();
    process.exitCode = 7;
  });
}
process.stdout.write('ready');

// A cluster of two workers, each of which makes a span and is ended in the way that HOW names; the first process makes one
// too.
import cluster from 'node:cluster';
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { trace } from '@opentelemetry/api';
import '@tracewright/runtime/register';

const tracer = trace.getTracer('clustered');
if (process.argv[2] === 'forked') {
  tracer.startSpan('forked').end();
  process.disconnect();
} else if (cluster.isPrimary) {
  tracer.startSpan('first process').end();
  for (const worker of [cluster.fork(), cluster.fork()]) {
    worker.once('message', () => {
      if (process.env['HOW'] === 'disconnect') worker.disconnect();
      else worker.kill('SIGTERM');
    });
  }
  fork(fileURLToPath(import.meta.url), ['forked']);
} else {
  tracer.startSpan('worker').end();
  process.send?.('ready');
}

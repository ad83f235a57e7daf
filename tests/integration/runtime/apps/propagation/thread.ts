// The worker thread of threads.ts.
import { parentPort, workerData } from 'node:worker_threads';
import { context, propagation, SpanKind } from '@opentelemetry/api';
import { continueTrace } from '@tracewright/runtime';

interface Traced {
  readonly trace: Record<string, string>;
}

function work(name: string, { trace }: Traced): void {
  continueTrace(trace, { name, kind: SpanKind.INTERNAL }, (span) => {
    span.setAttribute('user', propagation.getBaggage(context.active())?.getEntry('user')?.value ?? 'nobody');
  });
}

work('with data', workerData as Traced);
parentPort?.once('message', (message: Traced) => work('with a message', message));

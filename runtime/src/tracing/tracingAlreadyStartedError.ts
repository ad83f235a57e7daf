/** OpenTelemetry is already set up in this process; a second tracer provider would silently get no spans. */
export class TracingAlreadyStartedError extends Error {
  override readonly name = 'TracingAlreadyStartedError';

  constructor() {
    super(
      'Tracing was already started in this process. Call createTracing once, and not where --import @tracewright/runtime/register ' +
        "is used: there, import { tracing } from '@tracewright/runtime/register' gives what it started.",
    );
  }
}

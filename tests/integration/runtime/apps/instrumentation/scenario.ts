import { SpanStatusCode, trace } from '@opentelemetry/api';

/** Does some work under a span of its own, whose status says whether it failed. */
export async function scenario(name: string, work: () => Promise<unknown>): Promise<void> {
  await trace.getTracer('app').startActiveSpan(name, async (span) => {
    try {
      await work();
    } catch {
      span.setStatus({ code: SpanStatusCode.ERROR });
    } finally {
      span.end();
    }
  });
}

/** Waits for work that is expected to fail. */
export async function failing(work: Promise<unknown>): Promise<void> {
  await work.then(
    () => {
      throw new Error('that should have failed');
    },
    () => undefined,
  );
}

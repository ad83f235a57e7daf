import { trace } from '@opentelemetry/api';
import { afterEach, expect, it } from 'vitest';
import { createTracing } from '../../../runtime/src/tracing/createTracing.ts';
import type { Tracing } from '../../../runtime/src/tracing/tracing.ts';
import { watchErrors } from '../../../runtime/src/watchErrors.ts';
import { traceOf, tracked } from './errors/support/trackerFixture.ts';
import { FakeHost } from '../../support/fakeHost.ts';

let tracing: Tracing | undefined;

afterEach(async () => {
  await tracing?.stop();
  tracing = undefined;
});

/** An error tracker that is told what is recorded on spans, while another trace is active. */
function watched() {
  tracing = createTracing(
    { serviceName: 'orders', exporter: 'none', instrumentations: [], logCorrelation: [], crashRecordFile: false },
    { host: new FakeHost() },
  );
  const { tracker, event } = tracked({}, { currentTrace: () => traceOf('a') });
  const end = watchErrors(tracker, { tracing, requests: undefined });
  return { tracker, event, end, span: trace.getTracer('a library').startSpan('query') };
}

it('what is recorded on a span is an error of its trace, whichever is active', () => {
  const { event, span } = watched();
  span.recordException(new Error('deadlock'));
  const { traceId, spanId } = span.spanContext();
  expect(event()).toMatchObject({ source: 'span', isHandled: false, traceId, spanId, sampled: true });
});

it('what is recorded on a span is none of the errors any more when that is ended, though tracing goes on', () => {
  const { tracker, span, end } = watched();
  end();
  span.recordException(new Error('deadlock'));
  expect(tracker.groups.counts().errors).toBe(0);
});

import { trace } from '@opentelemetry/api';
import { afterEach, expect, it } from 'vitest';
import type { TraceContext } from '../../../../runtime/src/core/currentTraceContext.ts';
import { createTracing } from '../../../../runtime/src/tracing/createTracing.ts';
import { recordException } from '../../../../runtime/src/tracing/spans/recordException.ts';
import { withSpan } from '../../../../runtime/src/tracing/spans/withSpan.ts';
import type { Tracing } from '../../../../runtime/src/tracing/tracing.ts';
import { FakeHost } from '../../../support/fakeHost.ts';

let tracing: Tracing | undefined;

afterEach(async () => {
  await tracing?.stop();
  tracing = undefined;
});

/** Tracing, and what it tells of what is thrown. */
function watched(sampleRatio = 1) {
  tracing = createTracing(
    {
      serviceName: 'orders',
      exporter: 'none',
      instrumentations: [],
      logCorrelation: [],
      crashRecordFile: false,
      sampler: { kind: 'traceidratio', ratio: sampleRatio },
    },
    { host: new FakeHost() },
  );
  const told: (readonly [thrown: unknown, trace: TraceContext | undefined])[] = [];
  const end = tracing.watchThrown((thrown, at) => told.push([thrown, at]));
  return { tracing, told, end };
}

it('tells what leaves a span, at every span that it passes, and passes it on', () => {
  const { told } = watched();
  const error = new Error('sold out');
  expect(() => withSpan('outer', () => withSpan('inner', () => raise(error)))).toThrow(error);
  expect(told.map(([thrown]) => thrown)).toEqual([error, error]);
  expect(told[0]?.[1]?.traceId).toBe(told[1]?.[1]?.traceId);
  expect(told[0]?.[1]?.sampled).toBe(true);
});

it.each([1, 0])('tells what is recorded by whomever, where the share of sampled traces is %d', (ratio) => {
  const { told } = watched(ratio);
  const tracer = trace.getTracer('a library');
  tracer.startActiveSpan('work', (span) => {
    span.recordException('by the library');
    recordException('by the application');
    span.end();
  });
  expect(told).toEqual([
    ['by the library', expect.objectContaining({ sampled: ratio === 1 })],
    ['by the application', expect.objectContaining({ sampled: ratio === 1 })],
  ]);
});

it('tells a text that is recorded after an error: it is about something else', () => {
  const { told } = watched();
  const error = new Error('column "price" does not exist');
  const [span, other] = ['query', 'other'].map((name) => trace.getTracer('a library').startSpan(name));
  span?.recordException(error);
  span?.recordException('the cache is cold, too');
  other?.recordException('a text alone');
  expect(told.map(([thrown]) => thrown)).toEqual([error, 'the cache is cold, too', 'a text alone']);
});

it('keeps what a listener throws from whoever records', () => {
  const { tracing: running, told } = watched();
  running.watchThrown(() => raise(new Error('a broken listener')));
  trace.getTracer('a library').startSpan('work').recordException('sold out');
  expect(told).toHaveLength(1);
});

it('tells nothing any more when it is ended, or tracing is stopped', async () => {
  const { tracing: running, told, end } = watched();
  const span = trace.getTracer('a library').startSpan('work');
  end();
  span.recordException('unheard');
  running.watchThrown((thrown) => told.push([thrown, undefined]));
  await running.stop();
  span.recordException('too late');
  expect(told).toEqual([]);
});

function raise(error: Error): never {
  throw error;
}

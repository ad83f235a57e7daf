import { context, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../../runtime/src/core/configurationError.ts';
import { createTracing } from '../../../../runtime/src/tracing/createTracing.ts';
import { currentTraceContext } from '../../../../runtime/src/tracing/currentTraceContext.ts';
import type { Tracing } from '../../../../runtime/src/tracing/tracing.ts';
import { TracingAlreadyStartedError } from '../../../../runtime/src/tracing/tracingAlreadyStartedError.ts';
import type { TracingOptions } from '../../../../runtime/src/tracing/configuration/tracingOptions.ts';
import { withoutTracing } from '../../../../runtime/src/tracing/withoutTracing.ts';
import { FakeHost, settle } from '../fakeHost.ts';
import { stackOutputs } from './configuration/stackOutputsFixture.ts';

/** Keeps what it is given; answers unless it is told not to. */
class MemoryExporter implements SpanExporter {
  readonly spans: ReadableSpan[] = [];
  answers = true;
  shutdowns = 0;

  export(spans: ReadableSpan[], resultCallback: (result: ExportResult) => void): void {
    this.spans.push(...spans);
    if (this.answers) resultCallback({ code: ExportResultCode.SUCCESS });
  }

  shutdown(): Promise<void> {
    this.shutdowns += 1;
    return Promise.resolve();
  }
}

let host: FakeHost;
let exporter: MemoryExporter;
let tracing: Tracing | undefined;

beforeEach(() => {
  host = new FakeHost(
    { OTEL_SERVICE_NAME: 'orders' },
    { '/outputs.json': JSON.stringify(stackOutputs), '/broken.json': '{' },
  );
  exporter = new MemoryExporter();
});
afterEach(async () => {
  exporter.answers = true;
  await tracing?.shutdown();
  tracing = undefined;
});

function start(options: TracingOptions = {}): Tracing {
  tracing = createTracing({ instrumentations: [], ...options }, { host, createExporter: () => exporter });
  return tracing;
}

function makeSpan(name: string): void {
  trace.getTracer('test').startSpan(name).end();
}

describe('createTracing', () => {
  it('gives every span the resource, and sends it when asked', async () => {
    const running = start({ resourceAttributes: { tier: 'gold' } });
    makeSpan('work');
    await running.flush();
    expect(exporter.spans.map(({ name, resource }) => ({ name, attributes: resource.attributes }))).toEqual([
      { name: 'work', attributes: expect.objectContaining({ 'service.name': 'orders', tier: 'gold' }) as unknown },
    ]);
  });

  it('reads the stack outputs from the file that an option or the environment names', () => {
    expect(start({ stackOutputs: '/outputs.json' }).config?.exporter).toMatchObject({ port: 16_832 });
  });

  it('reads the stack outputs from the file that the environment names', () => {
    host.environment['TRACEWRIGHT_STACK_OUTPUTS_FILE'] = '/outputs.json';
    expect(start().config?.exporter).toMatchObject({ host: 'jaeger-agent.tracing.svc' });
  });

  it.each([
    ['/missing.json', 'ENOENT: no such file /missing.json'],
    ['/broken.json', 'JSON'],
  ])('says why the stack outputs cannot be read from %s', (path, reason) => {
    host.environment['TRACEWRIGHT_STACK_OUTPUTS_FILE'] = path;
    expect(() => start()).toThrow(ConfigurationError);
    expect(() => start()).toThrow(`stackOutputs: "${path}" (TRACEWRIGHT_STACK_OUTPUTS_FILE)`);
    expect(() => start()).toThrow(reason);
  });

  it('refuses to start twice, and starts again after a shutdown', async () => {
    await start().shutdown();
    const second = start();
    expect(() => createTracing({}, { host, createExporter: () => exporter })).toThrow(TracingAlreadyStartedError);
    expect(second.config?.serviceName).toBe('orders');
  });

  it('starts nothing where OTEL_SDK_DISABLED is true, whatever else is wrong', async () => {
    host.environment['OTEL_SDK_DISABLED'] = 'TRUE';
    host.environment['OTEL_SERVICE_NAME'] = undefined;
    expect(start().config).toBeUndefined();
    makeSpan('work');
    await tracing?.flush();
    expect(exporter.spans).toEqual([]);
  });

  it('carries trace context and baggage as the W3C writes them', () => {
    start();
    const carrier = { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', baggage: 'user=ada' };
    const incoming = propagation.extract(ROOT_CONTEXT, carrier);
    const span = trace.getTracer('test').startSpan('child', {}, incoming);
    const outgoing: Record<string, string> = {};
    propagation.inject(trace.setSpan(incoming, span), outgoing);
    expect(outgoing).toEqual({
      traceparent: `00-0af7651916cd43dd8448eb211c80319c-${span.spanContext().spanId}-01`,
      baggage: 'user=ada',
    });
  });

  it('knows the active span', () => {
    start();
    expect(currentTraceContext()).toBeUndefined();
    trace.getTracer('test').startActiveSpan('work', (span) => {
      const { traceId, spanId } = span.spanContext();
      expect(currentTraceContext()).toEqual({ traceId, spanId, sampled: true });
      expect(withoutTracing(() => trace.getTracer('test').startSpan('hidden').isRecording())).toBe(false);
      span.end();
    });
  });
});

describe('shutdown', () => {
  it('sends what waits, closes the exporter once, and can be called again', async () => {
    const running = start();
    makeSpan('last');
    const first = running.shutdown();
    expect(running.shutdown()).toBe(first);
    expect(running[Symbol.asyncDispose]()).toBe(first);
    await first;
    expect(exporter.spans.map(({ name }) => name)).toEqual(['last']);
    expect({ shutdowns: exporter.shutdowns, timers: host.timerCount }).toEqual({ shutdowns: 1, timers: 0 });
  });

  it('leaves nothing behind', async () => {
    await start().shutdown();
    expect(host.signalListenerCount('SIGTERM')).toBe(0);
    expect(trace.getTracer('test').startSpan('late').isRecording()).toBe(false);
    expect(context.active()).toBe(ROOT_CONTEXT);
  });

  it('gives up after its time, and tells of the time and of every lost batch', async () => {
    const errors: Error[] = [];
    const running = start({ shutdownTimeoutMillis: 50, onError: (error) => errors.push(error) });
    exporter.answers = false;
    makeSpan('stuck');
    const done = running.shutdown();
    await settle();
    host.advance(50);
    await done;
    expect(errors.map(({ message }) => message)).toEqual([
      'flushing spans at shutdown took longer than 50 ms',
      '1 span was not exported to the Jaeger agent at localhost:6832 (shutdown)',
    ]);
  });

  it('survives an onError that throws', async () => {
    const running = start({
      shutdownTimeoutMillis: 50,
      onError: () => {
        throw new Error('the handler is broken');
      },
    });
    exporter.answers = false;
    makeSpan('stuck');
    const done = running.shutdown();
    await settle();
    host.advance(50);
    await expect(done).resolves.toBeUndefined();
  });

  it('ends the process by the signal that came, after the spans were sent', async () => {
    start();
    makeSpan('last');
    host.deliver('SIGTERM');
    await tracing?.shutdown();
    await settle();
    expect({ raised: host.raised, spans: exporter.spans.length }).toEqual({ raised: ['SIGTERM'], spans: 1 });
  });
});

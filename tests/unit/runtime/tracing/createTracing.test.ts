import { context, logs, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../../runtime/src/core/configurationError.ts';
import { createTracing } from '../../../../runtime/src/tracing/createTracing.ts';
import { currentTraceContext } from '../../../../runtime/src/core/currentTraceContext.ts';
import type { SendOutcome, SpanTransport } from '../../../../runtime/src/tracing/export/spanTransport.ts';
import type { Tracing } from '../../../../runtime/src/tracing/tracing.ts';
import { TracingAlreadyStartedError } from '../../../../runtime/src/tracing/tracingAlreadyStartedError.ts';
import type { TracingOptions } from '../../../../runtime/src/tracing/configuration/tracingOptions.ts';
import { withoutTracing } from '../../../../runtime/src/tracing/context/withoutTracing.ts';
import { FakeHost, settle } from '../../../support/fakeHost.ts';
import { stackOutputs } from './configuration/stackOutputsFixture.ts';

/** Keeps what it is given; answers unless it is told not to. */
class MemoryTransport implements SpanTransport {
  readonly destination = 'memory';
  readonly spans: ReadableSpan[] = [];
  answers = true;
  closed = 0;

  send(spans: readonly ReadableSpan[]): Promise<SendOutcome> {
    this.spans.push(...spans);
    return this.answers
      ? Promise.resolve({ sent: spans.length, dropped: {}, trimmed: 0 })
      : new Promise(() => undefined);
  }

  close(): Promise<void> {
    this.closed += 1;
    return Promise.resolve();
  }
}

let host: FakeHost;
let transport: MemoryTransport;
let tracing: Tracing | undefined;

beforeEach(() => {
  host = new FakeHost(
    { OTEL_SERVICE_NAME: 'orders' },
    { '/outputs.json': JSON.stringify(stackOutputs), '/broken.json': '{' },
  );
  transport = new MemoryTransport();
});
afterEach(async () => {
  transport.answers = true;
  await tracing?.stop();
  tracing = undefined;
});

function start(options: TracingOptions = {}): Tracing {
  tracing = createTracing(
    { instrumentations: [], logCorrelation: [], crashRecordFile: false, ...options },
    { host, createTransport: () => transport },
  );
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
    expect(transport.spans.map(({ name, resource }) => ({ name, attributes: resource.attributes }))).toEqual([
      {
        name: 'work',
        attributes: expect.objectContaining({
          'service.name': 'orders',
          tier: 'gold',
          'host.name': 'a-pod',
          'process.pid': 7,
        }) as unknown,
      },
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

  it('warns of a variable that no setting has, even where it then refuses to start', () => {
    Object.assign(host.environment, { TRACEWRIGHT_AGENT_HSOT: 'a-node', TRACEWRIGHT_AGENT_PORT: 'x' });
    expect(() => start()).toThrow(ConfigurationError);
    expect(host.warnings.map(String)).toEqual([
      expect.stringMatching(/^ConfigurationWarning: TRACEWRIGHT_AGENT_HSOT .* did you mean TRACEWRIGHT_AGENT_HOST\?$/),
    ]);
  });

  it('refuses to start twice, and starts again after a stop', async () => {
    await start().stop();
    const second = start();
    expect(() => createTracing({}, { host, createTransport: () => transport })).toThrow(TracingAlreadyStartedError);
    expect(second.config?.serviceName).toBe('orders');
  });

  it('starts nothing where OTEL_SDK_DISABLED is true, whatever else is wrong', async () => {
    host.environment['OTEL_SDK_DISABLED'] = 'TRUE';
    host.environment['OTEL_SERVICE_NAME'] = undefined;
    expect(start().config).toBeUndefined();
    makeSpan('work');
    await tracing?.flush();
    expect(transport.spans).toEqual([]);
  });

  it('carries trace context and baggage as the W3C and clients of Jaeger write them', () => {
    start();
    const carrier = { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', baggage: 'user=ada' };
    const incoming = propagation.extract(ROOT_CONTEXT, carrier);
    const span = trace.getTracer('test').startSpan('child', {}, incoming);
    const outgoing: Record<string, string> = {};
    propagation.inject(trace.setSpan(incoming, span), outgoing);
    expect(outgoing).toEqual({
      traceparent: `00-0af7651916cd43dd8448eb211c80319c-${span.spanContext().spanId}-01`,
      baggage: 'user=ada',
      'uber-trace-id': `0af7651916cd43dd8448eb211c80319c:${span.spanContext().spanId}:0:1`,
      'uberctx-user': 'ada',
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

it('opens no transport where tracing was started already', () => {
  start();
  let opened = 0;
  const createTransport = (): MemoryTransport => {
    opened += 1;
    return transport;
  };
  expect(() => createTracing({}, { host, createTransport })).toThrow(TracingAlreadyStartedError);
  expect(opened).toBe(0);
});

it('tells the transport how long the export of a batch may take', () => {
  const told: unknown[] = [];
  const createTransport = (...[, limits]: readonly unknown[]): MemoryTransport => {
    told.push(limits);
    return transport;
  };
  const options = { instrumentations: [], logCorrelation: [], crashRecordFile: false } as const;
  tracing = createTracing({ ...options, batch: { exportTimeoutMillis: 90_000 } }, { host, createTransport });
  expect(told).toEqual([{ exportTimeoutMillis: 90_000 }]);
});

it('leaves nothing started where the transport cannot be made', () => {
  const createTransport = (): never => {
    throw new Error('no such header');
  };
  const options = { instrumentations: [], logCorrelation: [], crashRecordFile: false } as const;
  expect(() => createTracing(options, { host, createTransport })).toThrow('no such header');
  expect(start().config?.serviceName).toBe('orders');
});

it("leaves the application's logs alone", () => {
  start();
  const loggers = { getLogger: (): never => expect.fail('no logger is asked for') };
  expect(logs.setGlobalLoggerProvider(loggers)).toBe(true);
  logs.disable();
});

it.each([
  ['started', undefined],
  ['named', 42],
  ['renamed', null],
])('counts a span that is %s by something that is no text, and throws nothing', async (_how, name) => {
  const running = start();
  const tracer = trace.getTracer('test');
  const startSpan: unknown = Reflect.get(tracer, 'startSpan');
  const span: unknown = typeof startSpan === 'function' ? Reflect.apply(startSpan, tracer, [name]) : undefined;
  for (const [method, ...args] of [['updateName', name], ['addEvent', name], ['end']]) {
    const call: unknown = Reflect.get(Object(span), String(method));
    if (typeof call === 'function') Reflect.apply(call, span, args);
  }
  await running.flush();
  expect(running.stats()).toMatchObject({ created: 1, exported: 1 });
});

describe('stop', () => {
  it('sends what waits, closes the transport once, and can be called again', async () => {
    const running = start();
    makeSpan('last');
    const first = running.stop();
    expect(running.stop()).toBe(first);
    expect(running[Symbol.asyncDispose]()).toBe(first);
    await first;
    expect(transport.spans.map(({ name }) => name)).toEqual(['last']);
    expect({ closed: transport.closed, timers: host.timerCount }).toEqual({ closed: 1, timers: 0 });
  });

  it('leaves nothing behind', async () => {
    await start().stop();
    expect(host.signalListenerCount('SIGTERM')).toBe(0);
    expect(trace.getTracer('test').startSpan('late').isRecording()).toBe(false);
    expect(context.active()).toBe(ROOT_CONTEXT);
  });

  it('gives up after its time, and tells of what is lost and counts it', async () => {
    const errors: Error[] = [];
    const running = start({ shutdownTimeoutMillis: 50, onError: (error) => errors.push(error) });
    transport.answers = false;
    makeSpan('stuck');
    const done = running.stop();
    await settle();
    host.advance(45);
    // A transport that was told to give up gets a moment for saying what it sent after all.
    await settle();
    host.advance(5);
    await done;
    expect(errors).toEqual([expect.objectContaining({ name: 'SpansDroppedError', reason: 'shutdown', spanCount: 1 })]);
    expect(running.stats()).toMatchObject({
      created: 1,
      exported: 0,
      dropped: { shutdown: 1 },
      queued: 0,
      inFlight: 0,
    });
  });

  it('survives an onError that throws', async () => {
    const running = start({
      shutdownTimeoutMillis: 50,
      onError: () => {
        throw new Error('the handler is broken');
      },
    });
    transport.answers = false;
    makeSpan('stuck');
    const done = running.stop();
    await settle();
    host.advance(45);
    // A transport that was told to give up gets a moment for saying what it sent after all.
    await settle();
    host.advance(5);
    await expect(done).resolves.toBeUndefined();
  });

  it('ends the process by the signal that came, after the spans were sent', async () => {
    start();
    makeSpan('last');
    host.deliver('SIGTERM');
    await tracing?.stop();
    await settle();
    expect({ raised: host.raised, spans: transport.spans.length }).toEqual({ raised: ['SIGTERM'], spans: 1 });
  });
});

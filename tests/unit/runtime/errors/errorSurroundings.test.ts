import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { afterEach, describe, expect, it } from 'vitest';
import type { TraceContext } from '../../../../runtime/src/core/currentTraceContext.ts';
import type { ErrorRequest } from '../../../../runtime/src/errors/capturedError.ts';
import { ErrorTracker } from '../../../../runtime/src/errors/errorTracker.ts';
import { FakeHost } from '../../../support/fakeHost.ts';
import { traceOf, tracked } from './support/trackerFixture.ts';

/** Where something happens that has this ID. */
interface PortsOf {
  readonly currentRequest?: (id: string) => ErrorRequest;
  readonly currentTrace?: (id: string) => TraceContext;
}

const FAILED = 'connect ECONNREFUSED';

describe('the trace of an error', () => {
  it('is the one that is told, and the active one where none is', () => {
    const { tracker, event } = tracked({}, { currentTrace: () => traceOf('a', false) });
    tracker.tell(new Error(FAILED), { source: 'span', trace: traceOf('b') });
    expect(event()).toMatchObject(traceOf('b'));
    tracker.capture(new Error(FAILED));
    expect(event()).toMatchObject(traceOf('a', false));
  });

  it("is that of OpenTelemetry's active span where nothing else is said", () => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    const { traceId, spanId } = traceOf('c');
    const tracker = new ErrorTracker({}, { host: new FakeHost() });
    context.with(trace.setSpanContext(context.active(), { traceId, spanId, traceFlags: 1 }), () =>
      tracker.capture(new Error(FAILED)),
    );
    expect(tracker.groups.query().groups[0]?.events[0]).toMatchObject(traceOf('c'));
  });

  afterEach(() => context.disable());
});

describe('the request of an error', () => {
  it('is the one that is told, and the one that is worked on where none is', () => {
    const { tracker, event } = tracked({}, { currentRequest: () => ({ id: 'worked on' }) });
    tracker.capture(new Error(FAILED), { request: { id: 'told' } });
    expect(event()?.request).toEqual({ id: 'told' });
    tracker.capture(new Error(FAILED));
    expect(event()?.request).toEqual({ id: 'worked on' });
  });

  it('is none where none is known', () => {
    const tracker = new ErrorTracker({}, { host: new FakeHost() });
    tracker.capture(new Error(FAILED));
    expect(tracker.groups.query().groups[0]?.events[0]?.request).toEqual({});
  });

  it('is kept with all that is known of it, cut, without secrets', () => {
    const { tracker, event } = tracked();
    const long = 'x'.repeat(300);
    const cut = `${'x'.repeat(199)}…`;
    tracker.capture(new Error(FAILED), {
      request: { id: long, operation: 'GET /?password=hunter2', userId: long, agentId: long, status: 503 },
    });
    expect(event()?.request).toEqual({
      id: cut,
      operation: 'GET /?password=[redacted]',
      userId: cut,
      agentId: cut,
      status: 503,
    });
    expect(event()?.request).toSatisfy(Object.isFrozen);
    tracker.capture(new Error(FAILED), { request: { operation: long } });
    expect(event()?.request).toEqual({ operation: cut });
  });

  it('has nothing of callers without types that is of another type, and nothing else', () => {
    const { tracker, event } = tracked();
    const odd: unknown = { id: 7, operation: {}, userId: null, agentId: true, status: '503', password: 'hunter2' };
    tracker.capture(new Error(FAILED), { request: odd as ErrorRequest });
    expect(event()?.request).toEqual({});
  });
});

describe('an error', () => {
  it('that a part of the runtime tells was handled where it does not say otherwise', () => {
    const { tracker, event } = tracked();
    tracker.tell(new Error(FAILED), { source: 'log' });
    expect(event()).toMatchObject({ source: 'log', isHandled: true });
    tracker.tell(new Error(FAILED), { source: 'span', handled: false });
    expect(event()).toMatchObject({ source: 'span', isHandled: false });
  });

  it('that is captured comes of a call, whatever a caller without types says', () => {
    const { tracker, event } = tracked();
    const options: object = { source: 'uncaughtException' };
    tracker.capture(new Error(FAILED), options);
    expect(event()?.source).toBe('call');
  });

  it('is frozen as it is kept, and so is the receipt, which others get, too', () => {
    const { tracker, event } = tracked();
    const receipt = tracker.capture(new Error(FAILED), { context: { basket: 3 } });
    for (const part of [receipt, event(), event()?.context, event()?.breadcrumbs])
      expect(part).toSatisfy(Object.isFrozen);
  });

  it('is called by its path from where the process was started', () => {
    const tracker = new ErrorTracker({}, { host: new FakeHost() });
    tracker.capture(new Error(FAILED));
    expect(tracker.groups.query().groups[0]?.events[0]?.error.frames[0]?.file).toBe(
      'tests/unit/runtime/errors/errorSurroundings.test.ts',
    );
  });
});

describe('what goes wrong while an error is captured', () => {
  const broken = (): never => {
    throw new Error('a broken port');
  };

  it('is told, and not thrown', () => {
    const { tracker, problems } = tracked({}, { currentRequest: broken });
    expect(tracker.capture(new Error(FAILED))).toBeUndefined();
    expect(problems).toEqual(['a broken port']);
  });

  it('is warned of where nobody is there to be told, once a minute', () => {
    const host = new FakeHost();
    const tracker = new ErrorTracker({}, { host, currentTrace: broken });
    tracker.capture(new Error(FAILED));
    tracker.capture(new Error(FAILED));
    expect(host.warnings.map(({ message }) => message)).toEqual(['a broken port']);
  });

  it('disturbs nobody, even where what is told of it throws', () => {
    const { tracker } = tracked({}, { currentRequest: broken, onError: broken });
    expect(tracker.capture(new Error(FAILED))).toBeUndefined();
  });
});

describe('the breadcrumbs of an error', () => {
  it.each<[string, PortsOf]>([
    ['request', { currentRequest: (id) => ({ id }) }],
    ['trace', { currentTrace: (id) => traceOf(id) }],
  ])('are those of its %s and of none, and not those of another', (_, ports) => {
    let current: string | undefined;
    const { tracker, event } = tracked(
      {},
      {
        currentRequest: () => (current === undefined ? undefined : ports.currentRequest?.(current)),
        currentTrace: () => (current === undefined ? undefined : ports.currentTrace?.(current)),
      },
    );
    tracker.addBreadcrumb('log', 'the cache is warm');
    for (const [id, message] of [
      ['a', 'alice pays'],
      ['b', 'bob looks'],
    ] as const) {
      current = id;
      tracker.addBreadcrumb('log', message);
    }
    tracker.capture(new Error(FAILED));
    expect(event()?.breadcrumbs.map(({ message }) => message)).toEqual(['the cache is warm', 'bob looks']);
  });
});

import { metrics, trace } from '@opentelemetry/api';
import { afterEach, describe, expect, it } from 'vitest';
import { createObservability, type Observability } from '../../../runtime/src/observability.ts';
import { track } from '../../../runtime/src/requests/track.ts';
import { createTracing } from '../../../runtime/src/tracing/createTracing.ts';
import { withSpan } from '../../../runtime/src/tracing/spans/withSpan.ts';
import { FakeHost } from '../../support/fakeHost.ts';

let observability: Observability | undefined;

afterEach(async () => {
  await observability?.stop();
  observability = undefined;
  metrics.disable();
});

function started(config: Parameters<typeof createObservability>[0] = {}): Observability {
  const tracing = createTracing(
    {
      serviceName: 'orders',
      resourceAttributes: { 'service.version': '1.4.0' },
      exporter: 'none',
      instrumentations: [],
      logCorrelation: [],
      crashRecordFile: false,
    },
    { host: new FakeHost() },
  );
  observability = createObservability({ tracing, performance: { system: false }, ...config });
  return observability;
}

/** The groups of errors, the first one first. */
function groupsOf({ errors }: Observability) {
  return errors?.groups.query({}, { order: 'firstSeen' }).groups.toReversed() ?? [];
}

describe('errors in createObservability', () => {
  it('are captured once, with their trace, release and request, whoever tells them', () => {
    const running = started();
    const { requests } = running;
    if (requests === undefined) throw new Error('requests are not tracked');
    const placeOrder = track(requests, () => withSpan('stock', () => raise(new RangeError('sold out'))), {
      operation: 'POST /orders',
    });
    expect(() => withSpan('server', placeOrder)).toThrow('sold out');
    const [group, ...others] = groupsOf(running);
    expect(others).toEqual([]);
    expect(group).toMatchObject({ type: 'RangeError', count: 1, firstRelease: '1.4.0' });
    expect(group?.events[0]).toMatchObject({
      source: 'span',
      isHandled: false,
      sampled: true,
      request: { operation: 'POST /orders' },
    });
    expect(group?.events[0]?.traceId).toMatch(/^[0-9a-f]{32}$/);
  });

  it('are what requests failed with, be it only a status; what was cancelled is none', () => {
    const running = started();
    const { requests } = running;
    requests?.start({ operation: 'GET /stock', userId: 'ada' }).fail({ error: new TypeError('no stock') });
    requests?.start({ operation: 'GET /stock' }).fail({ type: '503' });
    requests?.start({ operation: 'GET /stock' }).cancel();
    expect(groupsOf(running)).toMatchObject([
      { type: 'TypeError', users: 1, events: [{ source: 'request', request: { userId: 'ada' } }] },
      { type: 'RequestFailedError', message: 'GET /stock failed: 503', events: [{ request: { status: 503 } }] },
    ]);
  });

  it('are what libraries record on their spans, until everything is stopped', async () => {
    const running = started();
    const span = trace.getTracer('a library').startSpan('query');
    span.recordException(new Error('deadlock'));
    expect(groupsOf(running)).toHaveLength(1);
    await running.stop();
    span.recordException(new Error('after the end'));
    running.requests?.start({ operation: 'late' }).fail({ error: new Error('late') });
    expect(groupsOf(running)).toHaveLength(1);
  });

  it('are shown as metrics', async () => {
    const running = started();
    const error = (): Error => new Error('sold out');
    running.errors?.capture(error(), { category: 'business_logic' });
    running.errors?.capture(error(), { category: 'business_logic' });
    const shown = (await running.performance?.collect()) ?? [];
    const pointsOf = (name: string) =>
      shown
        .find((metric) => metric.name === name)
        ?.points.map((point) => [point.attributes, 'value' in point && point.value]);
    const kind = { 'tracewright.error.category': 'business_logic', 'tracewright.error.severity': 'medium' };
    expect(pointsOf('tracewright.errors.captured')).toEqual([[{ ...kind, 'tracewright.error.handled': true }, 2]]);
    expect(pointsOf('tracewright.errors.groups')).toEqual([[{}, 1]]);
    expect(pointsOf('tracewright.errors.group.changes')).toEqual([
      [{ ...kind, 'tracewright.error.change': 'appeared' }, 1],
    ]);
  });

  it('are left out where they are not wanted', () => {
    expect(started({ errors: false }).errors).toBeUndefined();
  });

  it('start nothing where an option is wrong', () => {
    expect(() => createObservability({ tracing: false, errors: { maxGroups: 0 } })).toThrow('errors.maxGroups: 0');
    const textRules = [{ name: 'order', pattern: /order/ }];
    expect(() => createObservability({ tracing: false, textRules })).toThrow('textRules: ');
  });
});

function raise(error: Error): never {
  throw error;
}

import { describe, expect, it } from 'vitest';
import { waterfall } from '../../../../../runtime/src/dashboard/traces/waterfall.ts';
import { START, TRACE_ID, traceOf } from './jaegerFixture.ts';

const checkout = traceOf([
  { id: 'pay', parent: 'order', from: 60, to: 90, service: 'payments', with: { 'span.kind': 'server', error: true } },
  { id: 'order', from: 0, to: 100, with: { 'span.kind': 'server', 'http.response.status_code': 500 } },
  { id: 'stock', parent: 'order', from: 10, to: 50, with: { 'span.kind': 'client', 'otel.status_code': 'OK' } },
  { id: 'query', parent: 'stock', from: 20, to: 40 },
]);

describe('the waterfall of a trace', () => {
  it('has a row for every span, children beneath their parents, and siblings in the order in which they began', () => {
    const rows = waterfall(checkout).rows.map(({ spanId, depth, startMicros, durationMicros, hasChildren }) => [
      spanId,
      depth,
      startMicros,
      durationMicros,
      hasChildren,
    ]);
    expect(rows).toEqual([
      ['order', 0, 0, 100, true],
      ['stock', 1, 10, 40, true],
      ['query', 2, 20, 20, false],
      ['pay', 1, 60, 30, false],
    ]);
  });

  it('says of the trace when it began, how long it took, whose spans it has and which failed', () => {
    const { rows: _rows, ...trace } = waterfall(checkout);
    expect(trace).toEqual({
      traceId: TRACE_ID,
      startMicros: START,
      durationMicros: 100,
      services: [
        { name: 'shop', spans: 3, errors: 0 },
        { name: 'payments', spans: 1, errors: 1 },
      ],
      spanCount: 4,
      errorCount: 1,
      problems: [],
    });
  });

  it('says of a span what it is, what it did and when the trace waited for it', () => {
    expect(waterfall(checkout).rows[3]).toEqual({
      spanId: 'pay',
      parentId: 'order',
      depth: 1,
      service: 'payments',
      operation: 'do pay',
      startMicros: 60,
      durationMicros: 30,
      isError: true,
      kind: 'server',
      isOrphan: false,
      hasChildren: false,
      isOnCriticalPath: true,
      criticalSections: [{ startMicros: 60, durationMicros: 30 }],
    });
  });

  it.each([
    [{ error: true }, true],
    [{ error: 'true' }, true],
    [{ 'otel.status_code': 'ERROR' }, true],
    [{ error: false }, false],
    [{ error: 'false' }, false],
    [{ 'otel.status_code': 'OK' }, false],
    [{ 'http.response.status_code': 500 }, false],
  ])('takes %j for a span that failed: %j', (tags, isError) => {
    expect(waterfall(traceOf([{ id: 'a', with: tags }])).rows[0]?.isError).toBe(isError);
  });

  it.each([
    ['server', 'server'],
    ['CLIENT', 'client'],
    ['__proto__', 'internal'],
    [7, 'internal'],
  ])('takes the kind %j for %s', (said, kind) => {
    expect(waterfall(traceOf([{ id: 'a', with: { 'span.kind': said } }])).rows[0]?.kind).toBe(kind);
  });

  it('is empty for a trace without spans', () => {
    expect(waterfall({ traceID: TRACE_ID, spans: null, processes: null })).toEqual({
      traceId: TRACE_ID,
      startMicros: 0,
      durationMicros: 0,
      services: [],
      rows: [],
      spanCount: 0,
      errorCount: 0,
      problems: [],
    });
  });
});

describe('a trace that is too large', () => {
  it('says how many rows are not shown, and counts them', () => {
    const { rows, spanCount, services, problems } = waterfall(checkout, { maxRows: 1 });
    expect(rows.map(({ spanId }) => spanId)).toEqual(['order']);
    expect({ spanCount, services: services.length }).toEqual({ spanCount: 4, services: 2 });
    expect(problems).toEqual(["left out: 3 spans; the trace is too large; look at it in Jaeger's UI"]);
  });
});

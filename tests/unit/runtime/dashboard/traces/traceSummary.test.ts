import { describe, expect, it } from 'vitest';
import { traceSummary } from '../../../../../runtime/src/dashboard/traces/traceSummary.ts';
import { START, TRACE_ID, traceOf } from './jaegerFixture.ts';

describe('the summary of a trace', () => {
  it('says how it begins, how long it took, what failed and which services have the most spans', () => {
    const trace = traceOf([
      { id: 'pay', parent: 'order', from: 60, to: 130, service: 'payments', with: { error: true } },
      { id: 'order', from: 10, to: 100 },
      { id: 'stock', parent: 'order', from: 20, to: 50, service: 'payments' },
    ]);
    expect(traceSummary(trace)).toEqual({
      traceId: TRACE_ID,
      root: { service: 'shop', operation: 'do order', isError: false, isComplete: true },
      startMicros: START + 10,
      durationMicros: 120,
      spanCount: 3,
      errorCount: 1,
      services: [
        { name: 'payments', spans: 2 },
        { name: 'shop', spans: 1 },
      ],
    });
  });

  it('takes the earliest orphan for the beginning where the root is missing', () => {
    const trace = traceOf([
      { id: 'child', parent: 'late', from: 1 },
      { id: 'late', parent: 'lost', from: 9 },
      { id: 'early', parent: 'lost', from: 5 },
    ]);
    expect(traceSummary(trace).root).toMatchObject({ operation: 'do early', isComplete: false });
  });

  it('takes the earliest span of a cycle for the beginning', () => {
    const trace = traceOf([
      { id: 'a', parent: 'b', from: 9 },
      { id: 'b', parent: 'a', from: 5 },
    ]);
    expect(traceSummary(trace).root).toMatchObject({ operation: 'do b', isComplete: false });
  });

  it('takes names that would change the rest of the page for what they are', () => {
    const [name] = traceSummary(traceOf([{ id: 'a', service: '\u202eevil' }])).services;
    expect(name).toEqual({ name: '\ufffdevil', spans: 1 });
  });

  it('has no root where there are no spans', () => {
    expect(traceSummary({ traceID: TRACE_ID, spans: [], processes: {} })).toMatchObject({
      root: undefined,
      startMicros: 0,
      durationMicros: 0,
      spanCount: 0,
    });
  });
});

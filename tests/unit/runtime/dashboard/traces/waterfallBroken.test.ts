import { describe, expect, it } from 'vitest';
import { waterfall } from '../../../../../runtime/src/dashboard/traces/waterfall.ts';
import { type FixtureSpan, START, TRACE_ID, traceOf } from './jaegerFixture.ts';

function shape(spans: readonly FixtureSpan[]): { rows: unknown[]; problems: readonly string[] } {
  const { rows, problems } = waterfall(traceOf(spans));
  return { rows: rows.map(({ spanId, depth, isOrphan }) => [spanId, depth, isOrphan]), problems };
}

describe('a broken trace', () => {
  it('shows spans whose parent is missing as roots', () => {
    expect(shape([{ id: 'a' }, { id: 'b', parent: 'lost', from: 5 }, { id: 'c', parent: 'b', from: 6 }])).toEqual({
      rows: [
        ['a', 0, false],
        ['b', 0, true],
        ['c', 1, false],
      ],
      problems: [
        'parent missing: 1 span; it is under way still, was not sampled or got lost, or its service sends none',
      ],
    });
  });

  it('cuts a cycle at its earliest span, and keeps what hangs on it', () => {
    const spans = [
      { id: 'leaf', parent: 'c', from: 1 },
      { id: 'a', parent: 'c', from: 30 },
      { id: 'b', parent: 'a', from: 20 },
      { id: 'c', parent: 'b', from: 40 },
    ];
    const { rows, problems } = shape(spans);
    expect(rows).toEqual([
      ['b', 0, true],
      ['c', 1, false],
      ['leaf', 2, false],
      ['a', 2, false],
    ]);
    expect(problems[0]).toBe('beneath its own descendant: 1 span; shown as a root');
  });

  it('makes a root of a span that is its own parent', () => {
    expect(shape([{ id: 'a', parent: 'a' }]).rows).toEqual([['a', 0, true]]);
  });

  it('shows a span once that was stored twice', () => {
    expect(shape([{ id: 'a' }, { id: 'a' }])).toEqual({
      rows: [['a', 0, false]],
      problems: ['stored twice: 1 span; shown once'],
    });
  });

  it('shows different spans of one ID, and says so', () => {
    const { rows, problems } = shape([{ id: 'a' }, { id: 'a', from: 5 }, { id: 'b', parent: 'a', from: 6 }]);
    expect(rows).toEqual([
      ['a', 0, false],
      ['b', 1, false],
      ['a', 0, false],
    ]);
    expect(problems).toContain('same ID as another: 1 span; what is beneath it may belong to that one');
  });

  it('says that it has several roots', () => {
    expect(shape([{ id: 'a' }, { id: 'b', from: 1 }]).problems).toEqual([
      'several roots: 2 spans; the critical path is that of the first',
    ]);
  });

  it('says that clocks differ where a span begins before its parent', () => {
    expect(
      shape([
        { id: 'a', from: 10 },
        { id: 'b', parent: 'a', from: 5 },
      ]).problems,
    ).toEqual(['begins before its parent: 1 span; clocks of machines differ, or were set meanwhile']);
  });

  it('is not drawn out over decades by a span that does not know when it began', () => {
    const trace = traceOf([
      { id: 'a', from: 10, to: 60 },
      { id: 'b', parent: 'a', startTime: 0, duration: 5 },
    ]);
    const { startMicros, durationMicros, rows, problems } = waterfall(trace);
    expect({ startMicros, durationMicros }).toEqual({ startMicros: START + 10, durationMicros: 50 });
    expect(rows.map((row) => [row.spanId, row.startMicros])).toEqual([
      ['a', 0],
      ['b', 0],
    ]);
    expect(problems).toEqual(['without a start time: 1 span; drawn where its parent begins']);
  });

  it('ignores references to other traces', () => {
    const references = [{ refType: 'CHILD_OF', traceID: 'ffffffffffffffff', spanID: 'a' }];
    expect(shape([{ id: 'a' }, { id: 'b', from: 1, references }]).rows).toEqual([
      ['a', 0, false],
      ['b', 0, false],
    ]);
  });

  it('knows its own ID with and without leading zeros, and parents of old storages', () => {
    const references = [{ refType: 'CHILD_OF', traceID: '00ab', spanID: 'a' }];
    const spans = [{ id: 'a' }, { id: 'b', from: 1, references }, { id: 'c', from: 2, parentSpanID: 'b' }];
    const { rows } = waterfall({ ...traceOf(spans), traceID: 'ab' });
    expect(rows.map(({ depth }) => depth)).toEqual([0, 1, 2]);
  });

  it('has names for spans of processes that are not there, whatever they are called', () => {
    const trace = traceOf([
      { id: 'a', processID: '__proto__' },
      { id: 'b', processID: 'constructor', from: 1 },
    ]);
    const { services } = waterfall({ ...trace, processes: {} });
    expect(services).toEqual([{ name: 'unknown service', spans: 2, errors: 0 }]);
  });

  it('keeps services and tags apart whose names are those of properties of objects', () => {
    const trace = traceOf([{ id: '__proto__', service: 'constructor' }]);
    const [row] = waterfall(trace).rows;
    expect(row).toMatchObject({ spanId: '__proto__', service: 'constructor', operation: 'do __proto__' });
  });

  it('takes from names what would change the rest of the page', () => {
    const operationName = 'a\u0000b\u001b[31m\u202edc\ud800\nd';
    const [row] = waterfall(traceOf([{ id: 'a', operationName }])).rows;
    expect(row?.operation).toBe('a\ufffdb\ufffd[31m\ufffddc\ufffd\ufffdd');
  });

  it('says what Jaeger warns of', () => {
    expect(waterfall({ ...traceOf([{ id: 'a' }]), warnings: ['too many\nspans'] }).problems).toEqual([
      'Jaeger says: too many\nspans',
    ]);
  });

  it('has the ID that Jaeger answered', () => {
    expect(waterfall(traceOf([])).traceId).toBe(TRACE_ID);
  });
});

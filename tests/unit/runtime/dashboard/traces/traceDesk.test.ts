import { describe, expect, it } from 'vitest';
import type { JaegerQuery } from '../../../../../runtime/src/dashboard/traces/jaegerQuery.ts';
import type { JaegerTrace } from '../../../../../runtime/src/dashboard/traces/jaegerTrace.ts';
import { TraceDesk } from '../../../../../runtime/src/dashboard/traces/traceDesk.ts';
import { TraceQueryError } from '../../../../../runtime/src/dashboard/traces/traceQueryError.ts';
import { type FixtureSpan, START, TRACE_ID, traceOf } from './jaegerFixture.ts';

const OLD = START / 1000 + 3_600_000;

/** A desk before a Jaeger that has one trace under every ID, and a clock of the test's. */
function testedDesk(spans: readonly FixtureSpan[], wallMillis = OLD) {
  const clock = { millis: 0 };
  const asked: string[] = [];
  const answer = { next: (): JaegerTrace => traceOf(spans) };
  const query: JaegerQuery = {
    address: 'http://jaeger',
    services: () => Promise.resolve([]),
    operations: () => Promise.resolve([]),
    find: () => Promise.resolve([traceOf(spans)]),
    trace: async (id) => {
      asked.push(id);
      return Promise.resolve(answer.next());
    },
  };
  const desk = new TraceDesk({
    query,
    wallMillis: () => wallMillis,
    monotonicMillis: () => clock.millis,
    redact: (text) => text.replace('hunter2', '[redacted]'),
  });
  return { desk, clock, asked, answer };
}

const MANY = Array.from({ length: 1500 }, (_, index) => ({
  id: `s${index}`,
  from: index,
  ...(index > 0 && { parent: 's0' }),
}));

describe('traces that are looked at', () => {
  it('are read once for their head, rows, spans and finds', async () => {
    const { desk, asked } = testedDesk(MANY);
    const head = await desk.trace(TRACE_ID);
    expect(head).toMatchObject({ spanCount: 1500, rowCount: 1500, readMillis: OLD });
    const first = await desk.rows(TRACE_ID, 0);
    const last = await desk.rows(TRACE_ID, 1000);
    expect([first.rows.length, last.rows.length, last.rows[0]?.spanId]).toEqual([1000, 500, 's1000']);
    expect((await desk.spans(TRACE_ID, 's7')).spans).toHaveLength(1);
    expect((await desk.spans(TRACE_ID, 'nobody')).spans).toEqual([]);
    expect((await desk.find(TRACE_ID, 'S149')).rows).toEqual([
      149, 1490, 1491, 1492, 1493, 1494, 1495, 1496, 1497, 1498, 1499,
    ]);
    expect(asked).toEqual([TRACE_ID]);
  });

  it('are read once by all who ask at the same time', async () => {
    const { desk, asked } = testedDesk([{ id: 'a' }]);
    await Promise.all([desk.trace(TRACE_ID), desk.rows(TRACE_ID, 0), desk.trace(TRACE_ID.toUpperCase())]);
    expect(asked).toHaveLength(1);
  });

  it('are read anew after 5 s while spans may still come, and after 5 min else', async () => {
    for (const [wallMillis, freshMillis] of [
      [START / 1000 + 1000, 5_000],
      [OLD, 300_000],
    ] as const) {
      const { desk, clock, asked } = testedDesk([{ id: 'a' }], wallMillis);
      await desk.trace(TRACE_ID);
      clock.millis = freshMillis - 1;
      await desk.trace(TRACE_ID);
      expect(asked).toHaveLength(1);
      clock.millis = freshMillis;
      const again = await desk.trace(TRACE_ID);
      expect(asked).toHaveLength(2);
      // Rows of two readings are told apart though the clock stands still.
      expect(again.readMillis).toBe(wallMillis + 1);
    }
  });

  it('are asked for again where Jaeger did not answer', async () => {
    const { desk, answer, asked } = testedDesk([{ id: 'a' }]);
    const works = answer.next;
    answer.next = () => {
      throw new TraceQueryError('unreachable', 'nobody there');
    };
    await expect(desk.trace(TRACE_ID)).rejects.toMatchObject({ kind: 'unreachable' });
    answer.next = works;
    expect((await desk.trace(TRACE_ID)).spanCount).toBe(1);
    expect(asked).toHaveLength(2);
  });

  it('are let go of, those asked for longest ago first, beyond eight of them', async () => {
    const { desk, asked } = testedDesk([{ id: 'a' }]);
    const ids = Array.from({ length: 9 }, (_, index) => `${index + 1}`.repeat(32));
    for (const id of ids.slice(0, 8)) await desk.trace(id);
    await desk.trace(ids[0] ?? '');
    await desk.trace(ids[8] ?? '');
    await desk.trace(ids[0] ?? '');
    expect(asked).toHaveLength(9);
    await desk.trace(ids[1] ?? '');
    expect(asked).toHaveLength(10);
  });

  it('are not asked for by what is no ID', async () => {
    const { desk, asked } = testedDesk([{ id: 'a' }]);
    await expect(desk.trace('../api/services')).rejects.toMatchObject({ kind: 'badQuery' });
    expect(asked).toEqual([]);
  });
});

describe('a text in a trace', () => {
  const spans: FixtureSpan[] = [
    { id: 'a', with: { 'http.route': '/Orders', password: 'hunter2', note: 'it is hunter2' } },
    {
      id: 'b',
      from: 1,
      service: 'payments',
      logs: [{ timestamp: START, fields: [{ key: 'event', value: 'Retry now' }] }],
    },
    { id: 'c', from: 2, warnings: ['clock skew'] },
  ];

  it.each([
    ['/orders', [0]],
    ['HTTP.ROUTE', [0]],
    ['payments', [1]],
    ['retry', [1]],
    ['skew', [2]],
    ['do ', [0, 1, 2]],
    ['nowhere', []],
  ])('%s is found in rows %j', async (text, rows) => {
    expect((await testedDesk(spans).desk.find(TRACE_ID, text)).rows).toEqual(rows);
  });

  it('is not found where it is a secret', async () => {
    expect((await testedDesk(spans).desk.find(TRACE_ID, 'hunter2')).rows).toEqual([]);
  });
});

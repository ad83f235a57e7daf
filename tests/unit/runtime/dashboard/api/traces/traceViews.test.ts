import { describe, expect, it } from 'vitest';
import type { TraceNamesResult } from '../../../../../../runtime/src/dashboard/api/traces/traceNamesSchema.ts';
import { traceNamesView } from '../../../../../../runtime/src/dashboard/api/traces/traceNamesView.ts';
import type {
  TraceFindResult,
  TraceRowsResult,
  TraceSpansResult,
} from '../../../../../../runtime/src/dashboard/api/traces/traceRowsSchema.ts';
import {
  traceFindView,
  traceRowsView,
  traceSpansView,
} from '../../../../../../runtime/src/dashboard/api/traces/traceRowsView.ts';
import type { TraceResult } from '../../../../../../runtime/src/dashboard/api/traces/traceSchema.ts';
import type { TracesResult } from '../../../../../../runtime/src/dashboard/api/traces/tracesSchema.ts';
import { tracesView } from '../../../../../../runtime/src/dashboard/api/traces/tracesView.ts';
import { traceView } from '../../../../../../runtime/src/dashboard/api/traces/traceView.ts';
import { errorsOfTrace } from '../../../../../../runtime/src/dashboard/api/traces/traceErrors.ts';
import { TraceDesk } from '../../../../../../runtime/src/dashboard/traces/traceDesk.ts';
import {
  TraceQueryError,
  type TraceQueryErrorKind,
} from '../../../../../../runtime/src/dashboard/traces/traceQueryError.ts';
import type { TraceSearch } from '../../../../../../runtime/src/dashboard/traces/traceSearch.ts';
import { ErrorTracker } from '../../../../../../runtime/src/errors/errorTracker.ts';
import { FakeHost } from '../../../../../support/fakeHost.ts';
import { TRACE_ID, traceOf } from '../../traces/jaegerFixture.ts';
import { answered, answerOf, replica, type Replica, replicaWithout } from '../requests/replicas.ts';

const TRACE = traceOf([
  { id: 'a', to: 100, with: { 'span.kind': 'server' } },
  { id: 'b', parent: 'a', from: 10, to: 50, service: 'payments', with: { error: true } },
]);

interface Jaeger {
  readonly desk: TraceDesk;
  readonly searches: TraceSearch[];
}

function jaegerThat(fails?: TraceQueryErrorKind): Jaeger {
  const searches: TraceSearch[] = [];
  const answer = <Value>(value: Value): Promise<Value> =>
    fails === undefined ? Promise.resolve(value) : Promise.reject(new TraceQueryError(fails, `jaeger is ${fails}`));
  const desk = new TraceDesk({
    query: {
      address: 'http://jaeger',
      services: () => answer(['payments', 'shop']),
      operations: (service) => answer([`do ${service}`]),
      find: (search) => {
        searches.push(search);
        return answer([TRACE]);
      },
      trace: () => answer(TRACE),
    },
    wallMillis: () => 0,
    monotonicMillis: () => 0,
    redact: (text) => text,
  });
  return { desk, searches };
}

function withJaeger(
  { source }: Pick<Replica, 'source'>,
  { desk }: Jaeger,
  jaegerUrl?: string,
): Pick<Replica, 'source'> {
  return { source: { ...source, jaeger: desk, ...(jaegerUrl !== undefined && { jaegerUrl }) } };
}

function inTrace(id: string, sampled: boolean, traceId = TRACE_ID): Replica {
  return replica(id, {}, { currentTrace: () => ({ traceId, spanId: 'a'.repeat(16), sampled }) });
}

function runRequest({ tracker }: Replica): void {
  const request = tracker.start({ operation: 'GET /a' });
  request.process();
  request.complete();
}

describe('a search for traces', () => {
  it('is done by Jaeger, and answered with what sums them up', async () => {
    const jaeger = jaegerThat();
    const one = withJaeger(replica('a'), jaeger);
    const now = one.source.wallMillis();
    const query = {
      service: 'shop',
      operation: 'do a',
      tags: 'error=true',
      minDurationMillis: '0.5',
      lastMinutes: '15',
    };
    const result = await answered<TracesResult>(tracesView, [one], query);
    expect(jaeger.searches).toEqual([
      {
        service: 'shop',
        operation: 'do a',
        tags: { error: 'true' },
        minDurationMillis: 0.5,
        startedFromMillis: now - 900_000,
        startedUntilMillis: now,
        limit: 20,
      },
    ]);
    expect(result).toMatchObject({ isAsked: true, mayBeMore: false });
    expect(result.traces).toMatchObject([
      {
        traceId: TRACE_ID,
        root: { service: 'shop', operation: 'do a', isComplete: true },
        spanCount: 2,
        errorCount: 1,
      },
    ]);
    expect(await answered<TracesResult>(tracesView, [one], { service: 'shop', limit: '1' })).toMatchObject({
      mayBeMore: true,
    });
  });

  it('is not done without a service', async () => {
    const jaeger = jaegerThat();
    const result = await answered<TracesResult>(tracesView, [withJaeger(replica('a'), jaeger)]);
    expect(result).toEqual({ isAsked: false, traces: [], mayBeMore: false });
    expect(jaeger.searches).toEqual([]);
  });

  it.each(['unreachable', 'slow', 'refused', 'broken', 'tooLarge', 'badQuery'] as const)(
    'says in words that Jaeger is %s',
    async (kind) => {
      const one = withJaeger(replica('a'), jaegerThat(kind));
      const result = await answered<TracesResult>(tracesView, [one], { service: 'shop' });
      expect(result.problem).toEqual({ kind, text: `Jaeger is ${kind}.` });
    },
  );

  it('says where tags cannot be read, and where nobody told the page of Jaeger', async () => {
    const one = withJaeger(replica('a'), jaegerThat());
    expect((await answered<TracesResult>(tracesView, [one], { service: 'shop', tags: 'x' })).problem?.kind).toBe(
      'badQuery',
    );
    expect((await answered<TracesResult>(tracesView, [replica('a')])).problem?.kind).toBe('notConfigured');
  });

  it.each([{ limit: '0' }, { limit: '101' }, { lastMinutes: 'x' }, { minDurationMillis: '-1' }, { colour: 'red' }])(
    'refuses %j',
    (query) => {
      expect(() => tracesView.parse(query)).toThrow();
    },
  );

  it('has names to choose from, of one service its operations', async () => {
    const one = withJaeger(replica('a'), jaegerThat());
    expect(await answered<TraceNamesResult>(traceNamesView, [one], { service: 'shop' })).toEqual({
      ownService: 'shop',
      services: ['payments', 'shop'],
      operations: ['do shop'],
    });
    expect((await answered<TraceNamesResult>(traceNamesView, [one])).operations).toEqual([]);
  });
});

describe('a trace', () => {
  it('has its head, and a link into Jaeger where people reach it', async () => {
    const one = withJaeger(replica('a'), jaegerThat(), 'https://jaeger.example/ui');
    const result = await answered<TraceResult>(traceView, [one], { id: TRACE_ID });
    expect(result.availability).toEqual({ state: 'found', text: '' });
    expect(result.trace).toMatchObject({ spanCount: 2, errorCount: 1, rowCount: 2, durationMicros: 100 });
    expect(result.trace).not.toHaveProperty('rows');
    expect(result.jaegerLink).toBe(`https://jaeger.example/ui/trace/${TRACE_ID}`);
  });

  it('has its rows, its spans and what is found in it', async () => {
    const one = withJaeger(replica('a'), jaegerThat(), 'https://jaeger.example');
    const { rows } = await answered<TraceRowsResult>(traceRowsView, [one], { id: TRACE_ID });
    expect(rows.map(({ spanId, depth, isError }) => [spanId, depth, isError])).toEqual([
      ['a', 0, false],
      ['b', 1, true],
    ]);
    const { spans } = await answered<TraceSpansResult>(traceSpansView, [one], { id: TRACE_ID, spanId: 'b' });
    expect(spans).toMatchObject([{ tags: [{ key: 'error', value: true }], process: { service: 'payments' } }]);
    expect((await answered<TraceFindResult>(traceFindView, [one], { id: TRACE_ID, text: 'PAY' })).rows).toEqual([1]);
  });

  it('is asked for at Jaeger by one instance for all', () => {
    for (const view of [tracesView, traceNamesView, traceRowsView, traceSpansView, traceFindView])
      expect(view.askPeers).toBe(false);
    expect(traceView.askPeers).toEqual({ jaeger: 'false' });
  });

  it('is told of with the requests and errors of all instances, those of peers without Jaeger', async () => {
    const [one, two] = [inTrace('a', true), inTrace('b', true)];
    for (const each of [one, two]) runRequest(each);
    const peer = { source: { ...two.source, jaeger: undefined } };
    const result = await answered<TraceResult>(traceView, [withJaeger(one, jaegerThat()), peer], { id: TRACE_ID });
    expect(result.requests.map(({ operation, instance }) => [operation, instance])).toEqual([
      ['GET /a', 'a'],
      ['GET /a', 'b'],
    ]);
    expect(result.requestCount).toBe(2);
    const part = await traceView.read(two.source, traceView.parse({ id: TRACE_ID, jaeger: 'false' }));
    expect(part).not.toHaveProperty('problem');
  });

  it.each([
    ['notFound', undefined, 'notFound'],
    ['notFound', true, 'notSentYet'],
    ['notFound', false, 'notSampled'],
    ['slow', true, 'unreadable'],
    ['slow', false, 'notSampled'],
  ] as const)('where Jaeger says %s and an instance says sampled=%s is %s', async (kind, sampled, state) => {
    const one = inTrace('a', sampled === true);
    if (sampled !== undefined) runRequest(one);
    const result = await answered<TraceResult>(traceView, [withJaeger(one, jaegerThat(kind))], { id: TRACE_ID });
    expect(result.availability.state).toBe(state);
    expect(result.availability.text).not.toBe('');
  });

  it('may be there where one service has sampled it, though another has not', async () => {
    const [one, two] = [inTrace('a', false), inTrace('b', true)];
    for (const each of [one, two]) runRequest(each);
    const replicas = [withJaeger(one, jaegerThat('notFound')), two];
    const result = await answered<TraceResult>(traceView, replicas, { id: TRACE_ID });
    expect(result.availability.state).toBe('notSentYet');
  });

  it('has the requests of an ID that Jaeger writes without leading zeros', async () => {
    const short = '6b873b28ebbe7b58';
    const one = inTrace('a', true, short.padStart(32, '0'));
    runRequest(one);
    expect((await answered<TraceResult>(traceView, [one], { id: short })).requestCount).toBe(1);
  });

  it('is answered where nothing is tracked, nobody was told of Jaeger, or the ID is none', async () => {
    const { source } = replicaWithout('a');
    const nothing = await answerOf<TraceResult>(traceView, [{ source }], { id: TRACE_ID });
    expect(nothing).toMatchObject({ availability: { state: 'notConfigured' }, problem: { kind: 'notConfigured' } });
    const one = withJaeger(replica('a'), jaegerThat());
    expect((await answered<TraceResult>(traceView, [one], { id: '../../etc' })).problem?.kind).toBe('badQuery');
  });
});

describe('errors of a trace', () => {
  it('are those that are kept whole and happened in it, the oldest first', async () => {
    const host = new FakeHost();
    let traceId = TRACE_ID;
    const currentTrace = () => ({ traceId, spanId: 'b'.repeat(16), sampled: false });
    const tracker = new ErrorTracker({ uncaught: false }, { host, workingDirectory: '/app', currentTrace });
    for (let index = 0; index < 250; index += 1) {
      traceId = index % 100 === 7 ? TRACE_ID : 'f'.repeat(32);
      tracker.capture(new Error(`it failed ${index}`), { fingerprint: [String(index)] });
      host.advance(10);
    }
    const errors = await errorsOfTrace(tracker.groups, TRACE_ID);
    expect(errors.map(({ message, sampled, spanId }) => [message, sampled, spanId])).toEqual(
      [7, 107, 207].map((index) => [`it failed ${index}`, false, 'b'.repeat(16)]),
    );
  });
});

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { JaegerQueryClient } from '../../../../../runtime/src/dashboard/traces/adapters/jaegerQueryClient.ts';
import type { JaegerSpan, JaegerTrace } from '../../../../../runtime/src/dashboard/traces/jaegerTrace.ts';
import { SpanDetailsReader } from '../../../../../runtime/src/dashboard/traces/spanDetails.ts';
import type { TraceSearch } from '../../../../../runtime/src/dashboard/traces/traceSearch.ts';
import { traceSummary } from '../../../../../runtime/src/dashboard/traces/traceSummary.ts';
import { waterfall } from '../../../../../runtime/src/dashboard/traces/waterfall.ts';
import { type JaegerArchive, startJaegerArchive } from '../../../support/jaegerArchive.ts';
import { repository } from '../../../support/repository.ts';

// An address has a slash between its parts, and a plus sign for a space.
const SERVICE = 'shop/orders + pay';

let archive: JaegerArchive;
let jaeger: JaegerQueryClient;
let ids: { readonly works: string; readonly fails: string; readonly large: string };

beforeAll(async () => {
  archive = await startJaegerArchive(async (collectorUrl) => {
    ids = await sendTraces(collectorUrl);
    return 3 + 3 + 2000;
  });
  jaeger = new JaegerQueryClient({ url: `${archive.queryUrl}/` });
});
afterAll(async () => {
  await archive[Symbol.asyncDispose]();
});

async function sendTraces(collectorUrl: string): Promise<typeof ids> {
  const args = ['--conditions=tracewright-source', 'tests/integration/runtime/apps/queriedTraces.ts'];
  const environment = {
    TRACEWRIGHT_EXPORTER: 'jaeger-http',
    TRACEWRIGHT_COLLECTOR_URL: collectorUrl,
    OTEL_SERVICE_NAME: SERVICE,
  };
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: repository, env: environment });
  return z.object({ works: z.string(), fails: z.string(), large: z.string() }).parse(JSON.parse(stdout));
}

async function found(search: Partial<TraceSearch>): Promise<readonly string[]> {
  const traces = await jaeger.find({ service: SERVICE, ...search });
  return traces.map((trace) => traceSummary(trace).root?.operation ?? '');
}

function spanOf({ spans }: JaegerTrace, id: string): JaegerSpan {
  const span = (spans ?? []).find(({ spanID }) => spanID === id);
  if (span === undefined) throw new Error(`no span ${id}`);
  return span;
}

describe('what Jaeger has stored', () => {
  it('names services and their operations', async () => {
    expect(await jaeger.services()).toEqual([SERVICE]);
    expect(await jaeger.operations(SERVICE)).toEqual([
      'GET /report',
      'POST /orders',
      'POST /orders/:id/pay',
      'step 0',
      'step 1',
      'step 2',
      'step 3',
      'step 4',
    ]);
    expect(await jaeger.operations('nobody')).toEqual([]);
  });

  it('is a trace of the runtime with its exception, and where its time went', async () => {
    const stored = await jaeger.trace(ids.fails);
    const { rows, ...trace } = waterfall(stored);
    const details = new SpanDetailsReader(stored, trace.startMicros, (text) => text);
    const said = rows.map(({ spanId }) => details.read(spanOf(stored, spanId)));
    expect(trace).toMatchObject({
      traceId: ids.fails,
      durationMicros: 4_000_000,
      services: [{ name: SERVICE, spans: 3, errors: 1 }],
      spanCount: 3,
      problems: [],
    });
    expect(rows.map(({ operation, depth, isError, kind }) => ({ operation, depth, isError, kind }))).toEqual([
      { operation: 'POST /orders/:id/pay', depth: 0, isError: true, kind: 'server' },
      { operation: 'step 0', depth: 1, isError: false, kind: 'internal' },
      { operation: 'step 1', depth: 1, isError: false, kind: 'internal' },
    ]);
    expect(rows.map(({ criticalSections }) => criticalSections)).toEqual([
      [],
      [{ startMicros: 0, durationMicros: 2_000_000 }],
      [{ startMicros: 2_000_000, durationMicros: 2_000_000 }],
    ]);
    expect(said[0]?.tags).toContainEqual({ key: 'order.id', value: 'POST /orders/:id/pay' });
    expect(said[1]?.tags).toContainEqual({ key: 'order.step', value: 0 });
    expect(said[0]?.events).toEqual([]);
    expect(said[0]?.exceptions).toEqual([
      {
        atMicros: 1000,
        type: 'TypeError',
        message: 'no card',
        stack: expect.stringMatching(/^TypeError: no card\n {4}at /) as unknown,
      },
    ]);
  });

  it('is a trace of 2,000 spans', async () => {
    const { rows, spanCount, problems } = waterfall(await jaeger.trace(ids.large));
    expect({ rows: rows.length, spanCount, problems }).toEqual({ rows: 2000, spanCount: 2000, problems: [] });
  });

  it('is found in capitals and without leading zeros, too', async () => {
    expect((await jaeger.trace(ids.works.toUpperCase())).traceID).toBe(ids.works);
  });

  it('is found by what is sought, the latest first', async () => {
    expect((await found({})).toSorted()).toEqual(['GET /report', 'POST /orders', 'POST /orders/:id/pay']);
    expect(await found({ operation: 'POST /orders' })).toEqual(['POST /orders']);
    expect(await found({ tags: { 'order.id': 'POST /orders' } })).toEqual(['POST /orders']);
    expect(await found({ tags: { error: 'true' } })).toEqual(['POST /orders/:id/pay']);
    expect(await found({ tags: { 'order.id': 'nothing' } })).toEqual([]);
    expect(await found({ operation: 'POST /orders', minDurationMillis: 50 })).toEqual(['POST /orders']);
    expect(await found({ operation: 'POST /orders', minDurationMillis: 51 })).toEqual([]);
    expect(await found({ operation: 'GET /report', maxDurationMillis: 1000 })).toEqual(['GET /report']);
    expect(await found({ operation: 'POST /orders/:id/pay', maxDurationMillis: 1999 })).toEqual([]);
    expect(await found({ startedFromMillis: Date.now() })).toEqual([]);
    expect(await found({ startedUntilMillis: Date.now() - 3_600_000 })).toEqual([]);
    expect(await found({ limit: 1 })).toHaveLength(1);
    expect(await jaeger.find({ service: 'nobody' })).toEqual([]);
  });

  it('has no trace with an unknown ID', async () => {
    await expect(jaeger.trace('00000000000000000000000000000001')).rejects.toMatchObject({
      kind: 'notFound',
      status: 404,
      message: 'Jaeger has no such trace: trace not found',
    });
  });

  it.each(['', 'xyz', '../services', '0'.repeat(32)])('is not asked for the ID %j', async (id) => {
    await expect(jaeger.trace(id)).rejects.toMatchObject({ kind: 'badQuery', status: undefined });
  });

  it('is not looked for where its path is another: the UI answers there', async () => {
    const elsewhere = new JaegerQueryClient({ url: `${archive.queryUrl}/search` });
    await expect(elsewhere.services()).rejects.toMatchObject({
      kind: 'broken',
      message: expect.stringContaining('with the path that QUERY_BASE_PATH has') as unknown,
    });
  });
});

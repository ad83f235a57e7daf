import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '../../../../../runtime/src/core/secret.ts';
import { startTraceReader } from '../../../../../runtime/src/dashboard/traces/adapters/startTraceReader.ts';
import type { TraceReader } from '../../../../../runtime/src/dashboard/traces/traceReader.ts';
import { spanIdOf } from '../../../../support/jaegerStandIn.ts';

const TRACE_ID = 'a'.repeat(32);

let server: Worker;
let reader: TraceReader;

beforeAll(async () => {
  // In a thread of its own: what it takes to answer is not what is measured.
  server = new Worker(new URL('../../apps/jaegerStandInThread.ts', import.meta.url), {
    workerData: { traceId: TRACE_ID, spans: 10_000 },
    execArgv: [],
  });
  const url = await new Promise<string>((resolve, reject) => {
    server.once('message', resolve);
    server.once('error', reject);
  });
  reader = startTraceReader({ url, credentials: { token: new Secret('t') }, headers: { 'x-tenant': new Secret('a') } });
});
afterAll(async () => {
  reader.stop();
  await server.terminate();
});

/** Processor time of this thread in milliseconds: others on the machine do not matter. */
async function ownMillis<Value>(work: () => Promise<Value>): Promise<readonly [Value, number]> {
  const before = process.threadCpuUsage();
  const value = await work();
  const { user, system } = process.threadCpuUsage(before);
  return [value, (user + system) / 1000];
}

describe('a trace of 10,000 spans with 15 tags each', () => {
  it('is read in a thread of its own, and takes little of the time of the application', async () => {
    await reader.services();
    const [head, headMillis] = await ownMillis(() => reader.trace(TRACE_ID));
    expect(head).toMatchObject({ spanCount: 10_000, rowCount: 10_000, errorCount: 200 });
    // Parsing, checking and ordering take some hundred.
    expect(headMillis).toBeLessThan(30);
    let count = 0;
    for (let from = 0; from < 10_000; from += 1000) {
      const [{ rows }, millis] = await ownMillis(() => reader.rows(TRACE_ID, from));
      expect(millis).toBeLessThan(30);
      count += rows.length;
    }
    expect(count).toBe(10_000);
  });

  it('says what its spans say, and where a text is', async () => {
    const { spans } = await reader.spans(TRACE_ID, spanIdOf(49));
    expect(spans[0]?.exceptions).toMatchObject([{ type: 'PaymentError' }]);
    expect(spans[0]?.tags).toHaveLength(17);
    expect((await reader.find(TRACE_ID, 'value 3 of the span 777')).rows).toContain(777);
  });

  it('is a problem of its kind where there is none', async () => {
    await expect(reader.trace('b'.repeat(32))).rejects.toMatchObject({ name: 'TraceQueryError', kind: 'notFound' });
    await expect(reader.search({ service: '' })).rejects.toMatchObject({ kind: 'badQuery' });
  });

  it('is read again by who asks when everything was let go of', async () => {
    const waiting = expect(reader.trace(TRACE_ID)).rejects.toMatchObject({ kind: 'broken' });
    reader.stop();
    await waiting;
    expect((await reader.trace(TRACE_ID)).spanCount).toBe(10_000);
  });
});

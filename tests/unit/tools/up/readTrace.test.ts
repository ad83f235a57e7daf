import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { IncompleteTraceError, readTrace, servicesOf } from '../../../../tools/up/readTrace.ts';

const span = (spanID: string, processID: string): unknown => ({
  spanID,
  processID,
  operationName: 'x',
  references: [],
  tags: [],
});
const processes = { p1: { serviceName: 'storefront' }, p2: { serviceName: 'orders' } };
const trace = (...spans: unknown[]): unknown => ({ data: [{ traceID: 'abc', spans, processes }] });
let server: Server;

/** A query API that gives one answer after the other, the last again and again. */
async function serve(...answers: readonly (readonly [number, unknown])[]): Promise<string> {
  let next = 0;
  server = createServer((_request, response) => {
    const [status, body] = answers[Math.min(next++, answers.length - 1)] ?? [500, {}];
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
afterEach(() => server.close());

test('a trace is read again until all its spans are there', async () => {
  const url = await serve([404, {}], [200, trace(span('1', 'p1'))], [200, trace(span('1', 'p1'), span('2', 'p2'))]);
  const seen: string[] = [];
  const found = await readTrace(url, 'abc', 2, 10, (text) => seen.push(text));
  expect(servicesOf(found)).toEqual(['orders', 'storefront']);
  expect(seen).toEqual(['0 of 2 spans are there', '1 of 2 spans are there']);
});

test('a trace that stays incomplete is an error with what was found and where to look', async () => {
  const url = await serve([200, trace(span('1', 'p1'))]);
  const reading = readTrace(url, 'abc', 2, 0.3, () => undefined);
  await expect(reading).rejects.toBeInstanceOf(IncompleteTraceError);
  await expect(reading).rejects.toThrow(
    'trace abc: 1 of 2 spans within 0.3 s. The way of a span is application → agent',
  );
});

test('what the query API says against it is in the error', async () => {
  const url = await serve([500, { errors: [{ msg: 'no storage' }] }]);
  await expect(readTrace(url, 'abc', 1, 0.3, () => undefined)).rejects.toThrow(
    /the query API answered 500: .*no storage/,
  );
});

// @spec S3.4
import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { RequestTracker } from '@tracewright/runtime';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { exportRequests } from '../../../runtime/src/export/exportRequests.ts';
import { pipeExport, type PipeExportResult } from '../../../runtime/src/export/pipeExport.ts';

const COUNT = 50_000;
const tracker = new RequestTracker({ maxBytes: 500_000_000 });
const results: PipeExportResult[] = [];
let mostWaiting = 0;

const server = createServer((request, response) => {
  const cursor = new URL(request.url ?? '/', 'http://localhost').searchParams.get('cursor');
  const exported = exportRequests(tracker, { format: 'ndjson', ...(cursor !== null && { cursor }) });
  response.setHeader('content-type', exported.contentType);
  const watch = setInterval(() => {
    mostWaiting = Math.max(mostWaiting, response.writableLength + exported.readableLength);
  }, 1);
  void pipeExport(exported, response).then((result) => {
    clearInterval(watch);
    results.push(result);
  });
});
const url = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

beforeAll(async () => {
  for (let number = 1; number <= COUNT; number += 1)
    tracker
      .start({ operation: 'work', id: `request-${number}` })
      .process()
      .complete();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await tracker.stop();
});

function open(cursor?: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(cursor === undefined ? url() : `${url()}?cursor=${encodeURIComponent(cursor)}`, resolve).on('error', reject);
  });
}

async function result(index: number): Promise<PipeExportResult> {
  while (results[index] === undefined) await delay(5);
  return results[index];
}

function idsOf(ndjson: string): readonly string[] {
  return ndjson
    .split('\n')
    .filter((line) => line.endsWith('}'))
    .map((line) => (JSON.parse(line) as { id: string }).id);
}

it('a client that reads slowly gets all of it, and the server holds no more than a few pages of it meanwhile', async () => {
  const response = await open();
  let text = '';
  let chunks = 0;
  for await (const chunk of response) {
    text += String(chunk);
    chunks += 1;
    if (chunks > 1) continue;
    await delay(300);
    // What the operating system has no room for waits, unread.
    expect(results).toEqual([]);
  }
  expect(idsOf(text)).toEqual(Array.from({ length: COUNT }, (_, index) => `request-${index + 1}`));
  expect(await result(0)).toMatchObject({ exported: COUNT, missed: 0 });
  expect(mostWaiting).toBeGreaterThan(0);
  // One page in the export and one in the response.
  expect(mostWaiting).toBeLessThan((text.length / COUNT) * 250 * 2 * 1.05);
});

it('a client that goes away halfway leaves a cursor, after which another export gives the rest', async () => {
  const response = await open();
  let bytes = 0;
  for await (const chunk of response) {
    bytes += (chunk as Buffer).length;
    if (bytes > 500_000) break;
  }
  response.destroy();
  const { error, cursor, exported } = await result(1);
  expect(error?.name).toBe('ExportInterruptedError');
  expect(exported).toBeLessThan(COUNT);
  let rest = '';
  for await (const chunk of await open(cursor)) rest += String(chunk);
  expect(idsOf(rest)).toEqual(
    Array.from({ length: COUNT - exported }, (_, index) => `request-${exported + index + 1}`),
  );
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { nodeHandler } from '../../../../../runtime/src/dashboard/server/adapters/nodeHandler.ts';
import { OPERATE, shownApp } from '../../../../support/shownApp.ts';
import { ask, type OpenedStream, openStream, pageOfTest, TOKEN } from './askedPage.ts';

/** All at once would be more than the queue of a listening socket holds. */
async function openStreams(count: number, open: (index: number) => Promise<OpenedStream>): Promise<OpenedStream[]> {
  const opened: OpenedStream[] = [];
  while (opened.length < count) {
    const next = Array.from({ length: Math.min(100, count - opened.length) }, (_, index) =>
      open(opened.length + index),
    );
    opened.push(...(await Promise.all(next)));
  }
  return opened;
}

function counted(streams: readonly OpenedStream[]): Readonly<Record<number, number>> {
  const counts: Record<number, number> = {};
  for (const { status } of streams) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

/** A stream of somebody else, as a proxy says. */
function openFrom(port: number, index: number): Promise<OpenedStream> {
  const headers = [`Authorization: Bearer ${TOKEN}`, `X-Forwarded-For: 10.0.${index >> 8}.${index & 255}`];
  return openStream(port, { headers });
}

describe('a thousand streams', () => {
  it('of one viewer are twenty: the others are refused in words, and none is cut', async () => {
    await using page = pageOfTest();
    const { port } = await page.dashboard.listen();
    const streams = await openStreams(1_000, () => openStream(port));
    const { 200: open, 503: full = 0, 429: often = 0, ...others } = counted(streams);
    expect([open, full + often, others]).toEqual([20, 980, {}]);
    expect(full).toBeGreaterThanOrEqual(180);
    for (const { socket } of streams) socket.destroy();
    expect(page.errors).toEqual([]);
  });

  it('of as many viewers are all told, where maxStreams allows, and end with stop, which frees the port', async () => {
    await using page = pageOfTest({ maxStreams: 1_000, trustProxy: 1 });
    const { dashboard, observability } = page;
    const { port } = await dashboard.listen();
    const streams = await openStreams(1_000, (index) => openFrom(port, index));
    const oneMore = await openFrom(port, 1_000);
    expect([counted(streams), oneMore.status]).toEqual([{ 200: 1_000 }, 503]);
    const told = streams.map(
      ({ socket }) =>
        new Promise<string>((resolve) => {
          socket.on('data', (chunk) => {
            if (chunk.toString().includes('event: changed')) resolve(chunk.toString());
          });
        }),
    );
    observability.errors?.capture(new Error('broken'));
    expect(new Set(await Promise.all(told)).size).toBe(1);
    const cut = streams.map(({ socket }) => new Promise((resolve) => socket.once('close', resolve)));
    await dashboard.stop();
    await Promise.all(cut);
    await expect(ask(port, '/')).rejects.toThrow('ECONNREFUSED');
    expect(page.errors).toEqual([]);
  });
});

describe('a stream', () => {
  it('makes room when its viewer goes', async () => {
    await using page = pageOfTest({ maxStreams: 1 });
    const { port } = await page.dashboard.listen();
    const first = await openStream(port);
    expect((await openStream(port)).status).toBe(503);
    first.socket.destroy();
    await expect.poll(async () => (await openStream(port)).status).toBe(200);
  });

  it('is cut where its viewer does not read, while others are told', async () => {
    const { app, host, context, errors } = shownApp({ change: { hosts: { names: undefined } } });
    const server = createServer(nodeHandler(app, { trustProxy: 0, onError: context.onError }));
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    const headers = [`Authorization: Bearer ${OPERATE}`];
    const [slow, quick] = [await openStream(port, { headers }), await openStream(port, { headers })];
    slow.socket.pause();
    let told = 0;
    quick.socket.on('data', (chunk) => (told += chunk.length));
    const tick = async () => {
      context.live.touch('errors');
      host.advance(1_000);
      await turn();
    };
    for (let ticks = 0; context.live.streams === 2 && ticks < 300_000; ticks += 1) await tick();
    expect(context.live.streams).toBe(1);
    const before = told;
    await tick();
    await expect.poll(() => told).toBeGreaterThan(before);
    expect(errors).toEqual([]);
    context.live.stop();
    slow.socket.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('a page that was stopped', () => {
  it('does not listen again', async () => {
    await using page = pageOfTest();
    await page.dashboard.stop();
    await expect(page.dashboard.listen()).rejects.toThrow('the dashboard was stopped; a new one can listen');
  });

  it('while it begins to listen gives the port back', async () => {
    await using page = pageOfTest();
    const listening = page.dashboard.listen();
    await page.dashboard.stop();
    const { port } = await listening;
    await expect(ask(port, '/')).rejects.toThrow('ECONNREFUSED');
  });
});

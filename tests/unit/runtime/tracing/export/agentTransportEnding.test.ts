import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { isTracingSuppressed } from '@opentelemetry/core';
import { describe, expect, it, vi } from 'vitest';
import { forever, manyPacketBytes, manySpans, setUpAgent as setUp, spans, spansPerPacket } from './agentUnderTest.ts';
import { systemError } from './fakeNetwork.ts';
import { untilNothingMoves } from './fakeTransportHost.ts';

describe('a process that ends in this call', () => {
  it('has sent what waits when the call returns', async () => {
    const { network, transport } = setUp();
    await transport.warmUp();
    expect(transport.canSendNow).toBe(true);
    expect(transport.sendNow(spans)).toEqual({ sent: 3, dropped: {}, trimmed: 0 });
    expect(network.packets).toHaveLength(1);
  });

  it('sends the rest of the batch on its way first, and nothing of it twice', async () => {
    const { host, network, transport } = setUp('agent', manyPacketBytes);
    host.pause = () => new Promise(() => undefined);
    void transport.send(manySpans, forever);
    await untilNothingMoves();
    expect(network.packets).toHaveLength(1);
    expect(transport.sendNow(spans)).toEqual({ sent: 3, dropped: {}, trimmed: 0 });
    expect(network.packets).toHaveLength(Math.ceil(50 / spansPerPacket) + 1);
  });

  it('sends a batch first that has not got any further than the queue', async () => {
    const { network, transport } = setUp();
    await transport.warmUp();
    const outcome = transport.send(spans, forever);
    expect(transport.sendNow([])).toEqual({ sent: 0, dropped: {}, trimmed: 0 });
    expect(network.packets).toHaveLength(1);
    expect(await outcome).toEqual({ sent: 3, dropped: {}, trimmed: 0 });
    expect(network.packets).toHaveLength(1);
  });

  it('sends the packet first that a new socket is waited for, by the old one', async () => {
    const { host, network, transport } = setUp('agent', manyPacketBytes);
    const pause = Promise.withResolvers<undefined>();
    host.pause = () => pause.promise;
    const outcome = transport.send(manySpans, forever);
    await host.pass(30_000, 10_000);
    const connection = Promise.withResolvers<undefined>();
    network.connectGate = connection.promise;
    pause.resolve(undefined);
    await untilNothingMoves();
    expect(transport.sendNow(spans)).toEqual({ sent: 3, dropped: {}, trimmed: 0 });
    const packetCount = Math.ceil(50 / spansPerPacket) + 1;
    expect(network.packets.map(({ socket }) => socket)).toEqual(Array.from({ length: packetCount }, () => 1));
    connection.resolve(undefined);
    expect(await outcome).toEqual({ sent: 50, dropped: {}, trimmed: 0 });
    expect(network.packets).toHaveLength(packetCount);
  });

  it('sends the rest of a batch later, where there was no room and the process lives on', async () => {
    const { host, network, transport } = setUp('agent', manyPacketBytes);
    const pause = Promise.withResolvers<undefined>();
    host.pause = () => pause.promise;
    const outcome = transport.send(manySpans, forever);
    await untilNothingMoves();
    network.roomForPackets = 1;
    expect(transport.sendNow(spans)).toEqual({ sent: 0, dropped: { shutdown: 3 }, trimmed: 0 });
    expect(network.open.size).toBe(0);
    pause.resolve(undefined);
    expect(await outcome).toEqual({ sent: 50, dropped: {}, trimmed: 0 });
    expect(network.packets).toHaveLength(Math.ceil(50 / spansPerPacket));
  });

  it('sends nothing of a batch that was given up', async () => {
    const { network, transport } = setUp('agent', manyPacketBytes);
    network.sendResults.push('ok', 'never');
    const time = new AbortController();
    const outcome = transport.send(manySpans, time.signal);
    await untilNothingMoves();
    time.abort();
    await outcome;
    await transport.send(spans, forever);
    const before = network.packets.length;
    expect(transport.sendNow(spans)).toMatchObject({ sent: 3 });
    expect(network.packets).toHaveLength(before + 1);
  });

  it('loses what the kernel has no room for', async () => {
    const { network, transport } = setUp('agent', manyPacketBytes);
    await transport.warmUp();
    network.roomForPackets = 2;
    const dropped = { shutdown: 50 - 2 * spansPerPacket };
    expect(transport.sendNow(manySpans)).toEqual({ sent: 2 * spansPerPacket, dropped, trimmed: 0 });
  });

  it('loses what waits where no socket is open', async () => {
    const { network, transport } = setUp();
    expect(transport.canSendNow).toBe(false);
    expect(transport.sendNow(spans)).toEqual({ sent: 0, dropped: { shutdown: 3 }, trimmed: 0 });
    network.addresses = systemError('ENOTFOUND');
    await transport.warmUp();
    expect(transport.sendNow(spans)).toMatchObject({ dropped: { shutdown: 3 } });
    await transport.close();
    expect(transport.sendNow(spans)).toMatchObject({ dropped: { shutdown: 3 } });
  });

  it('has one socket, though a batch comes while the first is opened', async () => {
    const { network, transport } = setUp();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    network.lookupGate = promise;
    void transport.warmUp();
    const outcome = transport.send(spans, forever);
    resolve(undefined);
    expect(await outcome).toMatchObject({ sent: 3 });
    expect([...network.open]).toEqual([1]);
  });

  it('makes no spans of the look-up ahead of its first batch', async () => {
    const { network, transport } = setUp();
    const suppressed: boolean[] = [];
    vi.spyOn(network.lookups, 'push').mockImplementation(() => suppressed.push(isTracingSuppressed(context.active())));
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    await transport.warmUp();
    context.disable();
    expect(suppressed).toEqual([true]);
  });

  it('looks up no name for a transport that is closed', async () => {
    const { network, transport } = setUp();
    await transport.close();
    await transport.warmUp();
    expect(network.lookups).toEqual([]);
  });

  it('leaves no socket open that was on its way when the transport was closed', async () => {
    const { network, transport } = setUp();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    network.lookupGate = promise;
    const warmedUp = transport.warmUp();
    await transport.close();
    await warmedUp;
    resolve(undefined);
    await untilNothingMoves();
    expect(network.open.size).toBe(0);
  });
});

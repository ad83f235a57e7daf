import { describe, expect, it } from 'vitest';
import { forever, manyPacketBytes, manySpans, setUpAgent as setUp, spans, spansPerPacket } from './agentUnderTest.ts';
import { systemError, v4 } from './fakeNetwork.ts';
import { untilNothingMoves } from './fakeTransportHost.ts';
import { finishedSpans } from '../../../../support/finishedSpans.ts';

describe('the address of the agent', () => {
  it('is looked up once for many batches', async () => {
    const { network, transport } = setUp();
    for (let batch = 0; batch < 5; batch += 1) await transport.send(spans, forever);
    expect(network.lookups).toEqual(['agent']);
    expect(network.packets.map(({ address, port, socket }) => ({ address, port, socket }))).toEqual(
      Array.from({ length: 5 }, () => ({ address: '10.0.0.1', port: 6832, socket: 1 })),
    );
  });

  it.each(['127.0.0.1', '::1', 'fe80::1%eth0'])('is not looked up when it is %s itself', async (name) => {
    const { network, transport } = setUp(name);
    expect(await transport.send(spans, forever)).toEqual({ sent: 3, dropped: {}, trimmed: 0 });
    expect(network.lookups).toEqual([]);
    expect(network.packets[0]?.address).toBe(name);
  });

  it('is refreshed every 30 s, while packets go on to the one that is known', async () => {
    const { host, network, transport } = setUp();
    await transport.send(spans, forever);
    network.addresses = [v4('10.0.0.2')];
    await host.pass(29_999);
    await transport.send(spans, forever);
    expect(network.lookups).toHaveLength(1);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    network.lookupGate = promise;
    await host.pass(1);
    await transport.send(spans, forever);
    expect(network.lookups).toHaveLength(2);
    resolve(undefined);
    await untilNothingMoves();
    await transport.send(spans, forever);
    expect(network.packets.map(({ address }) => address)).toEqual(['10.0.0.1', '10.0.0.1', '10.0.0.1', '10.0.0.2']);
    expect(network.open.size).toBe(1);
  });

  it('stays the last good one while DNS is gone', async () => {
    const { host, network, transport } = setUp();
    await transport.send(spans, forever);
    network.addresses = systemError('ENOTFOUND');
    for (let minute = 0; minute < 3; minute += 1) {
      await host.pass(60_000, 10_000);
      expect(await transport.send(spans, forever)).toEqual({ sent: 3, dropped: {}, trimmed: 0 });
    }
    expect(network.lookups).toHaveLength(4);
    expect(new Set(network.packets.map(({ address }) => address))).toEqual(new Set(['10.0.0.1']));
  });

  it('stays the last good one when DNS does not answer, after an error too', async () => {
    const { host, network, transport } = setUp();
    await transport.send(spans, forever);
    network.lookupGate = new Promise(() => undefined);
    network.sendResults.push(systemError('EPERM'));
    await host.pass(2000);
    const outcome = transport.send(spans, forever);
    await host.pass(1000);
    expect(await outcome).toEqual({ sent: 3, dropped: {}, trimmed: 0 });
  });

  it('is looked up at once after an error, but once a second at most', async () => {
    const { host, network, transport } = setUp();
    await transport.send(spans, forever);
    await host.pass(5000);
    network.sendResults.push(systemError('EPERM'), 'ok', systemError('EPERM'), 'ok', 'ok');
    await transport.send(spans, forever);
    await transport.send(spans, forever);
    expect(network.lookups).toHaveLength(2);
    await host.pass(1000);
    network.report(systemError('ECONNREFUSED'));
    await transport.send(spans, forever);
    expect(network.lookups).toHaveLength(3);
  });

  it('is looked up once at a time, however long DNS takes', async () => {
    const { host, network, transport } = setUp();
    await transport.send(spans, forever);
    network.lookupGate = new Promise(() => undefined);
    for (let minute = 0; minute < 3; minute += 1) {
      await host.pass(60_000, 10_000);
      await transport.send(spans, forever);
    }
    expect(network.lookups).toHaveLength(2);
  });

  it('is the first of new ones when it moved', async () => {
    const { host, network, transport } = setUp();
    await transport.send(spans, forever);
    await host.pass(2000);
    network.addresses = [v4('10.0.0.7'), v4('10.0.0.8')];
    network.sendResults.push(systemError('EPERM'));
    await transport.send(spans, forever);
    expect(network.packets.map(({ address }) => address)).toEqual(['10.0.0.1', '10.0.0.1', '10.0.0.7']);
  });

  it('is the next of several after an error', async () => {
    const { network, transport } = setUp();
    network.addresses = [v4('127.0.0.1'), { address: '::1', family: 6 }];
    network.sendResults.push(systemError('EPERM'));
    await transport.send(spans, forever);
    expect(network.packets.map(({ address }) => address)).toEqual(['127.0.0.1', '::1']);
  });

  it('is waited for, for longer and longer, until there is one', async () => {
    const { host, network, transport } = setUp();
    network.addresses = systemError('EAI_AGAIN');
    const outcome = transport.send(spans, forever);
    await host.pass(25_000, 100);
    // Waits of 100, 200, 400, 800, 1600 and then 2500 ms.
    expect(network.lookups).toHaveLength(14);
    network.addresses = [v4('10.0.0.9')];
    await host.pass(2500);
    expect(await outcome).toEqual({ sent: 3, dropped: {}, trimmed: 0 });
    expect(network.packets.map(({ address }) => address)).toEqual(['10.0.0.9']);
    network.report(systemError('ECONNREFUSED'));
    network.connectResults.push(systemError('ENETUNREACH'));
    const next = transport.send(spans, forever);
    await host.pass(100);
    expect(await next).toMatchObject({ sent: 3 });
  });

  it('fails the batch when there is none until there is no time left', async () => {
    const { host, network, transport } = setUp();
    network.addresses = systemError('ENOTFOUND');
    const time = new AbortController();
    const outcome = transport.send(spans, time.signal);
    await host.pass(1000);
    time.abort();
    const { error, ...counts } = await outcome;
    expect(counts).toEqual({ sent: 0, dropped: { export_failed: 3 }, trimmed: 0 });
    expect(error?.name).toBe('SendAbortedError');
    expect(error?.message).toBe(
      'there was no time left to send spans to the Jaeger agent at agent:6832; last: there is no way to the Jaeger agent ' +
        "at agent:6832: ENOTFOUND of a test; check the host's name and the network",
    );
    expect(host.timerCount).toBe(0);
  });
});

describe('a packet', () => {
  it('is sent alone, and the event loop gets its turn before the next one', async () => {
    const { host, network, transport } = setUp('agent', manyPacketBytes);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    host.pause = () => promise;
    const outcome = transport.send(manySpans, forever);
    await untilNothingMoves();
    expect(network.packets).toHaveLength(1);
    resolve(undefined);
    expect(await outcome).toEqual({ sent: 50, dropped: {}, trimmed: 0 });
    expect(network.packets).toHaveLength(Math.ceil(50 / spansPerPacket));
    expect(Math.max(...network.packets.map(({ bytes }) => bytes))).toBeLessThanOrEqual(manyPacketBytes);
  });

  it('is sent once more on a new socket when an earlier one was refused', async () => {
    const { network, transport } = setUp();
    network.sendResults.push('ok', systemError('ECONNREFUSED'));
    await transport.send(spans, forever);
    const { error, ...counts } = await transport.send(spans, forever);
    expect(counts).toEqual({ sent: 3, dropped: {}, trimmed: 0 });
    expect(error?.message).toMatch(
      /^a packet of \d+ bytes did not reach the Jaeger agent at agent:6832: ECONNREFUSED of a test; nobody listens there/,
    );
    expect(network.packets.map(({ socket }) => socket)).toEqual([1, 1, 2]);
    expect([...network.open]).toEqual([2]);
  });

  it('is lost when it is refused twice, and it alone', async () => {
    const { network, transport } = setUp('agent', manyPacketBytes);
    network.sendResults.push('ok', systemError('ENOBUFS'), systemError('ENOBUFS'));
    const { error, ...counts } = await transport.send(manySpans, forever);
    const dropped = { export_failed: spansPerPacket };
    expect(counts).toEqual({ sent: 50 - spansPerPacket, dropped, trimmed: 0 });
    expect(error).toMatchObject({ name: 'AgentSendError', code: 'ENOBUFS' });
  });

  it('is not tried again when it is too large for the network, and the error says what to change', async () => {
    const { network, transport } = setUp();
    network.sendResults.push(systemError('EMSGSIZE'));
    const { error, ...counts } = await transport.send(spans, forever);
    expect(counts).toEqual({ sent: 0, dropped: { export_failed: 3 }, trimmed: 0 });
    expect(error?.message).toMatch(/EMSGSIZE.*lower maxPacketBytes$/);
    expect(network.packets).toHaveLength(1);
  });

  it('leaves spans out that do not fit into one', async () => {
    const { transport } = setUp('agent', 150);
    const { sent, dropped } = await transport.send(spans, forever);
    expect({ sent, dropped }).toEqual({ sent: 0, dropped: { oversize: 3 } });
  });

  it('counts spans that were trimmed', async () => {
    const { transport } = setUp('agent', 2000);
    const large = finishedSpans({ count: 2, paddingCharacters: 5000 });
    expect(await transport.send(large, forever)).toEqual({ sent: 2, dropped: {}, trimmed: 2 });
  });
});

describe('a socket', () => {
  it('is replaced after an error that came between two packets, which is told', async () => {
    const { network, transport } = setUp();
    await transport.send(spans, forever);
    network.report(systemError('ECONNREFUSED'));
    expect(network.open.size).toBe(0);
    const { error, ...counts } = await transport.send(spans, forever);
    expect(counts).toEqual({ sent: 3, dropped: {}, trimmed: 0 });
    expect(error?.message).toMatch(/^an earlier packet did not reach .*6831 compact\)$/);
    expect(await transport.send(spans, forever)).not.toHaveProperty('error');
  });

  it('is replaced after 30 s, since the network may swallow what comes from its port', async () => {
    const { host, network, transport } = setUp();
    await transport.send(spans, forever);
    await host.pass(30_000, 1000);
    await transport.send(spans, forever);
    expect(network.packets.map(({ socket }) => socket)).toEqual([1, 2]);
    expect([...network.open]).toEqual([2]);
  });

  it('is opened again and again while there is no route', async () => {
    const { host, network, transport } = setUp();
    network.connectResults.push(systemError('ENETUNREACH'), systemError('ENETUNREACH'));
    const outcome = transport.send(spans, forever);
    await host.pass(300);
    expect(await outcome).toEqual({ sent: 3, dropped: {}, trimmed: 0 });
  });
});

describe('the end', () => {
  it('comes promptly when there is no time left, and the kernel reads the packet no more', async () => {
    const { network, transport } = setUp('agent', manyPacketBytes);
    network.sendResults.push('ok', 'never');
    const time = new AbortController();
    const outcome = transport.send(manySpans, time.signal);
    await untilNothingMoves();
    time.abort();
    const { sent, dropped, error } = await outcome;
    expect({ sent, dropped }).toEqual({ sent: spansPerPacket, dropped: { export_failed: 50 - spansPerPacket } });
    expect(error?.name).toBe('SendAbortedError');
    expect(network.open.size).toBe(0);
  });

  it('comes at once when the signal was aborted before', async () => {
    const { network, transport } = setUp();
    const { sent, dropped } = await transport.send(spans, AbortSignal.abort());
    expect({ sent, dropped }).toEqual({ sent: 0, dropped: { export_failed: 3 } });
    expect(network.packets).toEqual([]);
  });

  it('closes the socket, ends what is under way, and takes nothing afterwards', async () => {
    const { network, transport } = setUp();
    network.sendResults.push('never');
    const underWay = transport.send(spans, forever);
    await untilNothingMoves();
    await transport.close();
    await transport.close();
    expect(await underWay).toMatchObject({ sent: 0, dropped: { export_failed: 3 } });
    expect(network.open.size).toBe(0);
    expect(await transport.send(spans, forever)).toEqual({ sent: 0, dropped: { shutdown: 3 }, trimmed: 0 });
    expect(network.packets).toHaveLength(1);
  });
});

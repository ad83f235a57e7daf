import { describe, expect, it } from 'vitest';
import { PacketPacer } from '../../../../../runtime/src/tracing/export/packetPacer.ts';
import { FakeTransportHost } from './fakeTransportHost.ts';

function setUp() {
  const host = new FakeTransportHost();
  const pauses: number[] = [];
  host.pause = (delayMillis) => {
    pauses.push(delayMillis);
    host.advance(delayMillis);
    return Promise.resolve();
  };
  const pacer = new PacketPacer(host);
  /** Sends a batch, and says how long it was held back after each packet. */
  const send = async (packets: number, packetBytes = 63_000): Promise<readonly number[]> => {
    pacer.begin();
    for (let packet = 0; packet < packets; packet += 1) await pacer.after(packetBytes);
    return pauses.splice(0);
  };
  return { host, send };
}

describe('the pace of packets', () => {
  it('is 4 MB/s for batches that come now and then', async () => {
    const { host, send } = setUp();
    expect(await send(3)).toEqual([16, 16, 16]);
    host.advance(5000);
    expect(await send(3)).toEqual([16, 16, 16]);
  });

  it('is as fast as batches come, but 32 MB/s at most', async () => {
    const { send } = setUp();
    expect(await send(3)).toEqual([16, 16, 16]);
    expect(await send(3)).toEqual([8, 8, 8]);
    expect(await send(3)).toEqual([4, 4, 4]);
    expect(await send(3)).toEqual([2, 2, 2]);
    expect(await send(3)).toEqual([2, 2, 2]);
  });

  it('lets a batch take half of the time until the next one', async () => {
    const { host, send } = setUp();
    // Every 32 ms 256 KB with what is booked beside: 8 MB/s; sent at 16 MB/s that is 16 ms.
    for (let batch = 0; batch < 10; batch += 1) {
      const started = host.monotonicMillis();
      await send(4);
      host.advance(Math.max(0, 32 - (host.monotonicMillis() - started)));
    }
    expect(await send(4)).toEqual([4, 4, 4, 4]);
  });

  it('is slow again after a rest', async () => {
    const { host, send } = setUp();
    for (let batch = 0; batch < 5; batch += 1) await send(3);
    host.advance(1000);
    expect(await send(1)).toEqual([16]);
  });

  it('gives small packets the event loop between two, and pauses when a millisecond is owed', async () => {
    const { send } = setUp();
    // 2 KB with what is booked beside: half a millisecond each.
    expect(await send(6, 1000)).toEqual([0, 1, 0, 1, 0, 1]);
  });
});

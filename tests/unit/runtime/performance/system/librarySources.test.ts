import { describe, expect, it } from 'vitest';
import type { SystemPorts } from '../../../../../runtime/src/performance/system/systemPorts.ts';
import { gaps, LO, otherMachine, told, values } from './fakeMachine.ts';

describe('a machine that is not Linux', () => {
  it('is told as systeminformation tells it, disks all together', async () => {
    const { reader } = otherMachine();
    const round = await reader.read(10_000);
    expect(gaps(round)).toEqual([]);
    expect(told(round, 'system.cpu.utilization')).toEqual({ user: 0.2, nice: 0, system: 0.1, interrupt: 0, idle: 0.7 });
    expect(told(round, 'system.disk.io')).toEqual({ read: 10, write: 20 });
    expect(told(round, 'system.disk.operations')).toEqual({ read: 1, write: 2 });
    expect(values(round, 'system.disk.operation_time')).toEqual([]);
    expect(told(round, 'system.network.io')).toEqual({ 'lo receive': 5, 'lo transmit': 6 });
    expect(told(round, 'system.network.packet.dropped')).toEqual({ 'lo receive': 2, 'lo transmit': 0 });
  });

  it.each<[string, Partial<SystemPorts>, string, string]>([
    ['says 0', { diskTraffic: () => Promise.resolve({ rx: 0, wx: 0 }) }, 'disk traffic', 'told of no disk'],
    ['is not there', { diskOperations: () => Promise.resolve(null) }, 'disk operations', 'told of no disk'],
    ['says -1', { interfaces: () => Promise.resolve([{ ...LO, rx_bytes: -1 }]) }, 'network', 'gave -1 for lo, receive'],
    ['has no interface', { interfaceNames: () => [] }, 'network', 'there is no interface'],
    ['fails', { currentLoad: () => Promise.reject(new Error('no shell')) }, 'processors', 'no shell'],
  ])('tells a gap, and no zero, of a source that %s', async (_, changes, source, reason) => {
    const { reader } = otherMachine(changes);
    const round = await reader.read(10_000);
    expect(gaps(round)).toEqual([[source, expect.stringContaining(reason) as string]]);
    expect(round.readings.every(({ value }) => Number.isFinite(value) && value >= 0)).toBe(true);
  });

  it('lets sums over disks stand still when a disk vanishes', async () => {
    const sums = [100, 120, 50, 60];
    const next = { traffic: 0, operations: 0 };
    const { reader, host } = otherMachine({
      diskTraffic: () => Promise.resolve({ rx: sums[next.traffic] ?? 0, wx: sums[next.traffic++] ?? 0 }),
      diskOperations: () => Promise.resolve({ rIO: sums[next.operations] ?? 0, wIO: sums[next.operations++] ?? 0 }),
    });
    const totals: (readonly number[])[] = [];
    for (let round = 0; round < sums.length; round += 1) {
      const answer = await reader.read(10_000);
      totals.push([...values(answer, 'system.disk.io'), ...values(answer, 'system.disk.operations')]);
      host.advance(1000);
    }
    expect(totals).toEqual([100, 120, 120, 130].map((total) => [total, total, total, total]));
  });

  it('puts no strange name of an interface into a command, and tells that it does not', async () => {
    const asked: (readonly string[])[] = [];
    const { reader } = otherMachine({
      interfaceNames: () => ['lo', '-rf', 'a;reboot', 'a,b', '*', '__proto__'],
      interfaces: (names) => {
        asked.push(names);
        return Promise.resolve([LO]);
      },
    });
    const round = await reader.read(10_000);
    expect(asked[0]).toEqual(['lo', '__proto__']);
    expect(gaps(round)).toEqual([['network', '-rf, a;reboot, a,b, *: is no name to ask for']]);
  });

  it('tells a gap of an interface that stays silent and has not been heard of', async () => {
    const { reader, host } = otherMachine({
      interfaces: () => Promise.resolve([{ ...LO, rx_bytes: 0, tx_bytes: 0, ms: 0 }]),
    });
    expect(gaps(await reader.read(10_000))).toEqual([]);
    host.advance(1000);
    expect(gaps(await reader.read(10_000))).toEqual([['network', 'lo: could not be read']]);
  });
});

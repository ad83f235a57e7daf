import { describe, expect, it } from 'vitest';
import type { ReadingRound } from '../../../../../runtime/src/performance/reading.ts';
import { SYSTEM_METRICS } from '../../../../../runtime/src/performance/system/systemMetrics.ts';
import type { SystemPorts } from '../../../../../runtime/src/performance/system/systemPorts.ts';
import { SystemReader } from '../../../../../runtime/src/performance/system/systemReader.ts';
import { FakeHost, settle } from '../../fakeHost.ts';

const ROOT = { fs: '/dev/vda', type: 'ext4', mount: '/', size: 1000, used: 600, available: 300, rw: true };
const LO = { iface: 'lo', rx_bytes: 5, tx_bytes: 6, rx_errors: 1, tx_errors: 0, rx_dropped: 2, tx_dropped: 0, ms: 10 };
const MEMORY = { total: 1000, available: 400, swaptotal: 100, swapused: 25, swapfree: 75, dirty: 0 };

/** A machine of two processors that is well, and what a test changes in it. */
function tested(changes: Partial<SystemPorts> = {}) {
  const host = new FakeHost();
  const files: Record<string, string> = { '/proc/stat': 'cpu  100 0 0 300 0 0 0 0 0 0\ncpu0 1 1 1 1\n' };
  const ports: SystemPorts = {
    host,
    platform: 'linux',
    readTextFile: (path) => {
      const text = files[path];
      if (text === undefined) throw Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' });
      return text;
    },
    loadAverages: () => [1, 2, 3],
    processorCount: () => 2,
    usableProcessorCount: () => 2,
    interfaceNames: () => ['lo'],
    currentLoad: () => Promise.reject(new Error('not on Linux')),
    memory: () => Promise.resolve(MEMORY),
    fileSystems: () => Promise.resolve([ROOT]),
    diskTraffic: () => Promise.resolve({ rx: 10, wx: 20 }),
    diskOperations: () => Promise.resolve({ rIO: 1, wIO: 2, rWaitTime: 3000, wWaitTime: 4000 }),
    interfaces: () => Promise.resolve([LO]),
    ...changes,
  };
  return { host, files, reader: new SystemReader(ports) };
}

function values({ readings }: ReadingRound, metric: string): readonly number[] {
  return readings.filter((reading) => reading.metric === metric).map(({ value }) => value);
}

function gaps({ gaps: all }: ReadingRound): readonly (readonly [string, string])[] {
  return all.map(({ source, reason }) => [source, reason]);
}

describe('a system reader', () => {
  it('tells each metric by its convention, of the machine where no container has a limit', async () => {
    const { reader, files, host } = tested();
    await reader.read(10_000);
    files['/proc/stat'] = 'cpu  130 10 20 320 10 6 4 0 50 0\n';
    host.advance(1000);
    const round = await reader.read(10_000);
    expect(gaps(round)).toEqual([]);
    expect(values(round, 'system.cpu.time')).toEqual([1.3, 0.1, 0.2, 3.2, 0.1, 0.1, 0]);
    expect(values(round, 'system.cpu.utilization').map((share) => share.toFixed(2))).toEqual([
      '0.30',
      '0.10',
      '0.20',
      '0.20',
      '0.10',
      '0.10',
      '0.00',
    ]);
    expect(values(round, 'system.memory.usage')).toEqual([600, 400]);
    expect(values(round, 'system.memory.utilization')).toEqual([0.6, 0.4]);
    expect(values(round, 'system.paging.utilization')).toEqual([0.25, 0.75]);
    expect(values(round, 'system.filesystem.usage')).toEqual([600, 300, 100]);
    expect(values(round, 'system.disk.operation_time')).toEqual([3, 4]);
    expect(values(round, 'system.network.io')).toEqual([5, 6]);
    const known = new Set<string>(SYSTEM_METRICS.map(({ name }) => name));
    expect(round.readings.filter(({ metric }) => !known.has(metric))).toEqual([]);
  });

  it('tells percentages of what a container may use', async () => {
    const { reader, files, host } = tested();
    Object.assign(files, {
      '/proc/self/cgroup': '0::/',
      '/proc/self/mountinfo': '30 23 0:26 / /sys/fs/cgroup ro - cgroup2 cgroup rw',
      '/sys/fs/cgroup/cpu.max': '50000 100000',
      '/sys/fs/cgroup/cpu.stat': 'user_usec 0\nsystem_usec 0',
      '/sys/fs/cgroup/memory.max': '500',
      '/sys/fs/cgroup/memory.current': '450',
      '/sys/fs/cgroup/memory.stat': 'inactive_file 50',
    });
    await reader.read(10_000);
    files['/sys/fs/cgroup/cpu.stat'] = 'user_usec 200000\nsystem_usec 50000';
    host.advance(1000);
    const round = await reader.read(10_000);
    expect(values(round, 'system.cpu.utilization')).toEqual([0.4, 0.1, 0.5]);
    expect(values(round, 'container.cpu.usage')).toEqual([0.25]);
    expect(values(round, 'tracewright.system.cpu.available')).toEqual([0.5]);
    expect(values(round, 'system.memory.limit')).toEqual([500]);
    expect(values(round, 'system.memory.utilization')).toEqual([0.8, 0.2]);
    expect(values(round, 'container.memory.available')).toEqual([100]);
    files['/sys/fs/cgroup/memory.max'] = '5000000';
    const large = await reader.read(10_000);
    expect(values(large, 'system.memory.limit')).toEqual([1000]);
    files['/sys/fs/cgroup/memory.max'] = 'nonsense';
    const unknown = await reader.read(10_000);
    expect(values(unknown, 'system.memory.utilization')).toEqual([]);
    expect(values(unknown, 'system.cpu.utilization')).toEqual([]);
    expect(gaps(unknown)[0]?.[1]).toBe('/sys/fs/cgroup/memory.max: not a number of 0 or more');
  });

  it.each<[string, Partial<SystemPorts>, string, string]>([
    ['fails', { fileSystems: () => Promise.reject(new Error('no shell')) }, 'disk space', 'no shell'],
    [
      'tells nothing',
      { fileSystems: () => Promise.resolve([]) },
      'disk space',
      'told of no file system: df is missing',
    ],
    ['makes it up', { memory: () => Promise.resolve({ ...MEMORY, dirty: null }) }, 'memory', '/proc/meminfo could not'],
    ['says 0', { diskTraffic: () => Promise.resolve({ rx: 0, wx: 0 }) }, 'disk traffic', 'told of no disk'],
    ['is not there', { diskOperations: () => Promise.resolve(null) }, 'disk operations', 'told of no disk'],
    ['says NaN', { loadAverages: () => [Number.NaN, 1, 1] }, 'load', 'gave NaN'],
    ['says -1', { interfaces: () => Promise.resolve([{ ...LO, rx_bytes: -1 }]) }, 'network', 'gave -1 for lo, receive'],
    ['has no interface', { interfaceNames: () => [] }, 'network', 'there is no interface'],
    [
      'throws',
      {
        interfaceNames: () => {
          throw new Error('EACCES');
        },
      },
      'network',
      'EACCES',
    ],
  ])('tells a gap, and no zero, of a source that %s', async (_, changes, source, reason) => {
    const round = await secondRound(changes);
    expect(gaps(round)).toEqual([[source, expect.stringContaining(reason) as string]]);
    expect(round.readings.every(({ value }) => Number.isFinite(value) && value >= 0)).toBe(true);
    expect(values(round, 'tracewright.system.cpu.logical')).toEqual([2]);
  });

  it('waits for no source longer than the timeout, and asks none that is still at an answer', async () => {
    const { reader, host } = tested({ fileSystems: () => new Promise(() => undefined) });
    const first = reader.read(10_000);
    await settle();
    host.advance(10_000);
    expect(gaps(await first)).toContainEqual(['disk space', 'took longer than 10 s']);
    expect(gaps(await reader.read(10_000))).toContainEqual(['disk space', 'is still at what it was asked before']);
    expect(host.timerCount).toBe(0);
  });

  it('bounds what it tells of many and strange mounts', async () => {
    const strange = ['__proto__', 'a\nb', '\ud800', 'x'.repeat(1_000_000)].map((mount) => ({ ...ROOT, mount }));
    const many = Array.from({ length: 150 }, (_, index) => ({ ...ROOT, mount: `/m${index}` }));
    const round = await secondRound({ fileSystems: () => Promise.resolve([...strange, ...strange, ...many]) });
    const mounts = round.readings
      .filter(({ metric }) => metric === 'system.filesystem.limit')
      .map(({ attributes }) => String(attributes?.['system.filesystem.mountpoint']));
    expect(mounts).toHaveLength(100);
    expect(mounts.slice(0, 3)).toEqual(['__proto__', 'a\nb', '\ufffd']);
    expect(mounts[3]?.length).toBeLessThanOrEqual(256);
    expect(gaps(round)).toEqual([['disk space', '58 of 158 are not told: at most 100, each with a name of its own']]);
  });

  it('puts no strange name of an interface into a command, and tells that it does not', async () => {
    const asked: (readonly string[])[] = [];
    const round = await secondRound({
      interfaceNames: () => ['lo', '-rf', 'a;reboot', 'a,b', '*', '__proto__'],
      interfaces: (names) => {
        asked.push(names);
        return Promise.resolve([LO]);
      },
    });
    expect(asked[0]).toEqual(['lo', '__proto__']);
    expect(gaps(round)).toEqual([['network', '-rf, a;reboot, a,b, *: is no name to ask for']]);
  });

  it('tells nothing of a disk that has vanished', async () => {
    const disks = [ROOT, { ...ROOT, mount: '/usb' }];
    const { reader, host } = tested({ fileSystems: () => Promise.resolve(disks) });
    expect(values(await reader.read(100), 'system.filesystem.limit')).toEqual([1000, 1000]);
    disks.pop();
    host.advance(1000);
    expect(values(await reader.read(100), 'system.filesystem.limit')).toEqual([1000]);
  });
});

async function secondRound(changes: Partial<SystemPorts>): Promise<ReadingRound> {
  const { reader, files, host } = tested(changes);
  await reader.read(10_000);
  files['/proc/stat'] = 'cpu  130 10 20 320 10 6 4 0 50 0\n';
  host.advance(1000);
  return reader.read(10_000);
}

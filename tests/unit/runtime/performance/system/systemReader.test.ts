import { describe, expect, it } from 'vitest';
import type { ReadingRound } from '../../../../../runtime/src/performance/metricReading.ts';
import { SYSTEM_METRICS } from '../../../../../runtime/src/performance/system/systemMetrics.ts';
import type { SystemPorts } from '../../../../../runtime/src/performance/system/systemPorts.ts';
import { settle } from '../../../../support/fakeHost.ts';
import { fakeMachine, gaps, MEMORY, ROOT, values } from './fakeMachine.ts';

describe('a system reader', () => {
  it('tells each metric by its convention, of the machine where no container has a limit', async () => {
    const { reader, files, host } = fakeMachine();
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
    const { reader, files, host } = fakeMachine();
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
    host.advance(1000);
    const unknown = await reader.read(10_000);
    expect(values(unknown, 'system.memory.utilization')).toEqual([]);
    expect(values(unknown, 'tracewright.system.cpu.available')).toEqual([0.5]);
    expect(gaps(unknown)).toEqual([['memory', '/sys/fs/cgroup/memory.max: not a number of 0 or more']]);
    files['/sys/fs/cgroup/memory.max'] = 'max';
    files['/sys/fs/cgroup/cpu.max'] = 'nonsense';
    host.advance(1000);
    const other = await reader.read(10_000);
    expect(values(other, 'system.memory.limit')).toEqual([1000]);
    expect(gaps(other)).toEqual([['processors', '/sys/fs/cgroup/cpu.max: not a number of 0 or more']]);
  });

  it('takes a quota that is no whole number of processors as it is, whatever Node makes of it', async () => {
    const { reader, files, host } = fakeMachine({ availableParallelism: () => 1 });
    Object.assign(files, {
      '/proc/self/cgroup': '0::/',
      '/proc/self/mountinfo': '30 23 0:26 / /sys/fs/cgroup ro - cgroup2 cgroup rw',
      '/sys/fs/cgroup/cpu.max': '125000 100000',
      '/sys/fs/cgroup/cpu.stat': 'user_usec 0\nsystem_usec 0',
    });
    await reader.read(10_000);
    files['/sys/fs/cgroup/cpu.stat'] = 'user_usec 1000000\nsystem_usec 250000';
    host.advance(1000);
    const round = await reader.read(10_000);
    expect(values(round, 'tracewright.system.cpu.available')).toEqual([1.25]);
    expect(values(round, 'system.cpu.utilization')).toEqual([0.8, 0.2, 0]);
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
    ['says NaN', { loadAverages: () => [Number.NaN, 1, 1] }, 'load', 'gave NaN'],
    ['throws', { loadAverages: () => thrown('EACCES') }, 'load', 'EACCES'],
  ])('tells a gap, and no zero, of a source that %s', async (_, changes, source, reason) => {
    const round = await secondRound(changes);
    expect(gaps(round)).toEqual([[source, expect.stringContaining(reason) as string]]);
    expect(round.readings.every(({ value }) => Number.isFinite(value) && value >= 0)).toBe(true);
    expect(values(round, 'tracewright.system.cpu.logical')).toEqual([2]);
  });

  it('waits for no source longer than the timeout, and asks none that is still at an answer', async () => {
    const { reader, host } = fakeMachine({ fileSystems: () => new Promise(() => undefined) });
    const first = reader.read(10_000);
    await settle();
    host.advance(10_000);
    expect(gaps(await first)).toContainEqual(['disk space', 'took longer than 10 s']);
    expect(gaps(await reader.read(10_000))).toContainEqual(['disk space', 'is still at what it was asked before']);
    expect(host.timerCount).toBe(0);
  });

  it('tells of a source that is always slower than a round what it said last', async () => {
    const answers: ((spaces: (typeof ROOT)[]) => void)[] = [];
    const { reader, host } = fakeMachine({ fileSystems: () => new Promise((resolve) => answers.push(resolve)) });
    const limits: (readonly number[])[] = [];
    // Asked at 0 ms and at 200 ms, it answers after 150 ms.
    for (const size of [undefined, 1000, undefined, 2000, undefined]) {
      const round = reader.read(100);
      await settle();
      host.advance(50);
      if (size !== undefined) answers.at(-1)?.([{ ...ROOT, size }]);
      await settle();
      host.advance(50);
      limits.push(values(await round, 'system.filesystem.limit'));
      // Space is asked for once a second.
      if (limits.length % 2 === 0) host.advance(1000);
    }
    expect(limits).toEqual([[], [], [1000], [1000], [2000]]);
    expect(answers).toHaveLength(3);
  });

  it('tells nothing that was said more than ten seconds ago of a source that hangs', async () => {
    const answers: ((spaces: (typeof ROOT)[]) => void)[] = [];
    const { reader, host } = fakeMachine({ fileSystems: () => new Promise((resolve) => answers.push(resolve)) });
    const first = reader.read(10_000);
    await settle();
    host.advance(5000);
    answers[0]?.([ROOT]);
    await first;
    const slow = reader.read(100);
    await settle();
    host.advance(100);
    expect(values(await slow, 'system.filesystem.limit')).toEqual([1000]);
    host.advance(9900);
    expect(values(await reader.read(100), 'system.filesystem.limit')).toEqual([1000]);
    host.advance(1);
    const hung = await reader.read(100);
    expect(values(hung, 'system.filesystem.limit')).toEqual([]);
    expect(gaps(hung)).toContainEqual(['disk space', 'is still at what it was asked before']);
  });

  it('tells nothing of a source that failed until it answers again', async () => {
    const spaces = [() => Promise.resolve([ROOT]), () => Promise.reject(new Error('no df'))];
    const hung = () => new Promise<never>(() => undefined);
    const { reader, host } = fakeMachine({ fileSystems: () => (spaces.shift() ?? hung)() });
    await reader.read(100);
    host.advance(1000);
    expect(gaps(await reader.read(100))).toContainEqual(['disk space', 'no df']);
    const third = reader.read(100);
    await settle();
    host.advance(100);
    expect(gaps(await third)).toContainEqual(['disk space', 'took longer than 0.1 s']);
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

  it('tells nothing of a disk that has vanished', async () => {
    const disks = [ROOT, { ...ROOT, mount: '/usb' }];
    const { reader, host } = fakeMachine({ fileSystems: () => Promise.resolve(disks) });
    expect(values(await reader.read(100), 'system.filesystem.limit')).toEqual([1000, 1000]);
    disks.pop();
    host.advance(1000);
    expect(values(await reader.read(100), 'system.filesystem.limit')).toEqual([1000]);
  });
});

async function secondRound(changes: Partial<SystemPorts>): Promise<ReadingRound> {
  const { reader, files, host } = fakeMachine(changes);
  await reader.read(10_000);
  files['/proc/stat'] = 'cpu  130 10 20 320 10 6 4 0 50 0\n';
  host.advance(1000);
  return reader.read(10_000);
}

function thrown(message: string): never {
  throw new Error(message);
}

import { describe, expect, it } from 'vitest';
import { ContainerReader } from '../../../../../runtime/src/performance/system/cgroup/containerReader.ts';

type Files = Readonly<Record<string, string>>;

const V2_MOUNT = '30 23 0:26 / /sys/fs/cgroup ro,nosuid,nodev,noexec,relatime - cgroup2 cgroup rw\n';

/** A Kubernetes pod of cgroup v2 with limits, in a namespace of its own. */
const POD_V2: Files = {
  '/proc/self/cgroup': '0::/\n',
  '/proc/self/mountinfo': `22 27 0:21 / /proc rw,relatime - proc proc rw\n${V2_MOUNT}`,
  '/sys/fs/cgroup/cpu.max': '50000 100000\n',
  '/sys/fs/cgroup/cpu.stat': 'usage_usec 3000000\nuser_usec 2000000\nsystem_usec 1000000\n',
  '/sys/fs/cgroup/memory.max': '268435456\n',
  '/sys/fs/cgroup/memory.current': '100000000\n',
  '/sys/fs/cgroup/memory.stat': 'anon 1\ninactive_file 30000000\nactive_file 5\n',
};

const V1 = '/kubepods/burstable/pod1/c1';

/** A Kubernetes pod of cgroup v1 with limits: what is mounted is its own group. */
const POD_V1: Files = {
  '/proc/self/cgroup': `9:name=systemd:${V1}\n4:memory:${V1}\n3:cpu,cpuacct:${V1}\n0::/\n`,
  '/proc/self/mountinfo':
    `33 32 0:29 ${V1} /sys/fs/cgroup/cpu,cpuacct ro - cgroup cgroup rw,cpu,cpuacct\n` +
    `34 32 0:30 ${V1} /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n` +
    '41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n',
  '/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us': '150000\n',
  '/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us': '100000\n',
  '/sys/fs/cgroup/cpu,cpuacct/cpuacct.usage_user': '2000000000\n',
  '/sys/fs/cgroup/cpu,cpuacct/cpuacct.usage_sys': '500000000\n',
  '/sys/fs/cgroup/memory/memory.limit_in_bytes': '536870912\n',
  '/sys/fs/cgroup/memory/memory.usage_in_bytes': '200000000\n',
  '/sys/fs/cgroup/memory/memory.stat': 'inactive_file 1\ntotal_inactive_file 50000000\n',
};

const V2_USE = {
  processors: { userSeconds: 2, systemSeconds: 1, limit: 0.5 },
  memory: { usageBytes: 100_000_000, workingSetBytes: 70_000_000, limitBytes: 268_435_456 },
};
const V1_USE = {
  processors: { userSeconds: 2, systemSeconds: 0.5, limit: 1.5 },
  memory: { usageBytes: 200_000_000, workingSetBytes: 150_000_000, limitBytes: 536_870_912 },
};
const NO_LIMITS_V2 = { '/sys/fs/cgroup/cpu.max': 'max 100000\n', '/sys/fs/cgroup/memory.max': 'max\n' };
const NO_LIMITS_V1 = {
  '/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us': '-1\n',
  '/sys/fs/cgroup/memory/memory.limit_in_bytes': '9223372036854771712\n',
};

describe('a container reader', () => {
  it.each([
    ['a pod of v2 with limits', POD_V2, V2_USE],
    ['a pod of v1 with limits, on a machine that mounts v2 as well', POD_V1, V1_USE],
    ['a pod of v2 without limits', { ...POD_V2, ...NO_LIMITS_V2 }, withoutLimits(V2_USE)],
    ['a pod of v1 without limits', { ...POD_V1, ...NO_LIMITS_V1 }, withoutLimits(V1_USE)],
  ])('reads what %s uses and may use', (_, files, use) => {
    expect(read(files)).toEqual(use);
  });

  it('takes the smallest limit of nested groups, and what the group of that limit uses', () => {
    const pod = '/sys/fs/cgroup/kubepods.slice/pod 1';
    expect(
      read({
        '/proc/self/cgroup': '0::/kubepods.slice/pod 1/c1\n',
        '/proc/self/mountinfo': V2_MOUNT,
        [`${pod}/c1/cpu.max`]: '200000 100000',
        [`${pod}/cpu.max`]: '100000 100000',
        [`${pod}/cpu.stat`]: 'user_usec 9000000\nsystem_usec 3000000',
        [`${pod}/c1/memory.max`]: 'max',
        [`${pod}/c1/memory.current`]: '1000',
        [`${pod}/memory.max`]: '4096000',
        [`${pod}/memory.current`]: '8000',
        [`${pod}/memory.stat`]: 'inactive_file 9000',
        '/sys/fs/cgroup/kubepods.slice/memory.max': '8192000',
      }),
    ).toEqual({
      processors: { userSeconds: 9, systemSeconds: 3, limit: 1 },
      memory: { usageBytes: 8000, workingSetBytes: 0, limitBytes: 4_096_000 },
    });
  });

  it.each([
    ['that has no control groups', {}],
    ['that is the whole machine of v2', { '/proc/self/cgroup': '0::/', '/proc/self/mountinfo': V2_MOUNT }],
    ['whose groups are not mounted', { ...POD_V2, '/proc/self/mountinfo': 'nonsense\n\n - \n' }],
    ['whose groups are nonsense', { ...POD_V2, '/proc/self/cgroup': '\u0000:::\n__proto__\n' }],
  ])('knows of nothing for a process %s', (_, files) => {
    expect(read(files)).toEqual({ processors: undefined, memory: undefined });
  });

  it('sees no further than what is mounted where its group is elsewhere', () => {
    expect(read({ ...POD_V2, '/proc/self/cgroup': '0::/../../other\n' })).toEqual(V2_USE);
  });

  it.each([
    ['/sys/fs/cgroup/memory.max', 'lots', '/sys/fs/cgroup/memory.max: not a number of 0 or more'],
    ['/sys/fs/cgroup/memory.current', '-1', '/sys/fs/cgroup/memory.current: not a number of 0 or more'],
    ['/sys/fs/cgroup/memory.stat', '', '/sys/fs/cgroup/memory.stat: inactive_file: not a number of 0 or more'],
    ['/sys/fs/cgroup/cpu.max', '0 100000', '/sys/fs/cgroup/cpu.max: a quota of 0 in 100000 is none'],
    ['/sys/fs/cgroup/cpu.max', 'NaN 100000', '/sys/fs/cgroup/cpu.max: not a number of 0 or more'],
  ])('throws where %s holds "%s"', (path, text, message) => {
    expect(() => read({ ...POD_V2, [path]: text })).toThrow(new RangeError(message));
  });

  it('throws where a file may not be read, and reads again once it may', () => {
    let isDenied = true;
    const reader = new ContainerReader({
      readTextFile: (path) => {
        if (isDenied && path.endsWith('memory.max')) throw fileError('EACCES', path);
        return textOf(POD_V2, path);
      },
    });
    expect(() => reader.readMemory()).toThrow('EACCES: /sys/fs/cgroup/memory.max');
    expect(reader.readProcessors()).toEqual(V2_USE.processors);
    isDenied = false;
    expect(both(reader)).toEqual(V2_USE);
  });
});

function read(files: Files) {
  return both(new ContainerReader({ readTextFile: (path) => textOf(files, path) }));
}

function both(reader: ContainerReader) {
  return { processors: reader.readProcessors(), memory: reader.readMemory() };
}

function textOf(files: Files, path: string): string {
  const text = files[path];
  if (text === undefined) throw fileError('ENOENT', path);
  return text;
}

function fileError(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code });
}

function withoutLimits({ processors, memory }: typeof V2_USE) {
  return { processors: { ...processors, limit: undefined }, memory: { ...memory, limitBytes: undefined } };
}

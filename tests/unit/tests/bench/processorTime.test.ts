import { describe, expect, it } from 'vitest';
import { heldBackSeconds, machineTime, processSeconds } from '../../../bench/infra/processorTime.ts';

const reader =
  (files: Readonly<Record<string, string>>) =>
  (path: string): string | undefined =>
    files[path];

describe('processSeconds', () => {
  const stat = (name: string): string => `10 (${name}) S 1 10 10 0 -1 4194304 100 0 0 0 250 150 7 9 20 0 5 0 1000`;

  it('sums user and system time, whatever the name of a program', () => {
    const read = reader({ '/proc/10/stat': stat('java'), '/proc/11/stat': stat('a) b (c') });
    expect(processSeconds(['10', '11'], read)).toBe(8);
  });

  it('refuses to leave a process out that has ended', () => {
    expect(() => processSeconds(['12'], reader({}))).toThrow('process 12 has ended');
  });
});

it('tells what the machine used, what nobody used, and what was taken from it', () => {
  const read = reader({ '/proc/stat': 'cpu  100 200 300 400 500 600 700 800 900 1000\ncpu0 1 1 1 1 1 1 1 1 1 1\n' });
  expect(machineTime(read)).toEqual({ busySeconds: 19, idleSeconds: 9, stolenSeconds: 8 });
});

describe('heldBackSeconds', () => {
  it.each([
    [
      'version 1',
      '3:cpuset:/other\n2:cpuacct:/other\n1:cpu,cpuacct:/pods/a\n0::/pods/a\n',
      '/sys/fs/cgroup/cpu,cpuacct/pods/a/cpu.stat',
      'nr_periods 10\nnr_throttled 2\nthrottled_time 1500000000\n',
    ],
    ['version 2', '0::/pods/a\n', '/sys/fs/cgroup/pods/a/cpu.stat', 'usage_usec 1\nthrottled_usec 1500000\n'],
  ])('reads the cgroups of %s', (_version, groups, path, stat) => {
    expect(heldBackSeconds(['10'], reader({ '/proc/10/cgroup': groups, [path]: stat }))).toBe(1.5);
  });
});

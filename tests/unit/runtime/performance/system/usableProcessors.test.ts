import { describe, expect, it } from 'vitest';
import { usableProcessors } from '../../../../../runtime/src/performance/system/usableProcessors.ts';

const ONLINE = '/sys/devices/system/cpu/online';
const STATUS = '/proc/self/status';

function machine(allowed: string, files: Readonly<Record<string, string>> = {}, platform = 'linux') {
  const all: Readonly<Record<string, string>> = { [STATUS]: `Name:\tnode\n${allowed}\nMems_allowed:\t1\n`, ...files };
  return {
    platform,
    readTextFile: (path: string): string => {
      const text = all[path];
      if (text === undefined) throw Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' });
      return text;
    },
    // As libuv 1.49 says with `--cpus=1.25`.
    availableParallelism: () => 1,
  };
}

describe('how many processors may be used', () => {
  it.each([
    ['the quota where it is less than the set', '0-3', 1.25, 1.25],
    ['the set where it is less than the quota', '0-1', 2.5, 2],
    ['the set where there is no quota', '0-3,8,10-11', undefined, 7],
    ['one of a set of one', '5', undefined, 1],
  ])('is %s', (_, list, quota, usable) => {
    expect(usableProcessors(machine(`Cpus_allowed_list:\t${list}`), quota)).toBe(usable);
  });

  it('leaves out what is allowed and is not there', () => {
    const files = { [ONLINE]: '0-1,3\n' };
    expect(usableProcessors(machine('Cpus_allowed_list:\t0-127', files), undefined)).toBe(3);
    expect(usableProcessors(machine('Cpus_allowed_list:\t1-2', files), undefined)).toBe(1);
  });

  it('is what Node says where it is not Linux, or a Linux that does not tell', () => {
    expect(usableProcessors(machine('Cpus_allowed_list:\t0-3', {}, 'darwin'), undefined)).toBe(1);
    expect(usableProcessors(machine('Cpus_allowed_list:\t'), undefined)).toBe(1);
    expect(usableProcessors(machine('Threads:\t1'), 0.5)).toBe(0.5);
  });
});

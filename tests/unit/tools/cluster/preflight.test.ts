import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { DiskNearlyFullError } from '../../../../tools/cluster/errors/diskNearlyFullError.ts';
import { MissingKernelFeatureError } from '../../../../tools/cluster/errors/missingKernelFeatureError.ts';
import { NotLinuxError } from '../../../../tools/cluster/errors/notLinuxError.ts';
import { NotRootError } from '../../../../tools/cluster/errors/notRootError.ts';
import { requireDiskRoom, requireKernelFeatures, requireLinuxAndRoot } from '../../../../tools/cluster/preflight.ts';

describe('requireLinuxAndRoot', () => {
  it('accepts root on Linux', () => {
    expect(() => requireLinuxAndRoot('linux', 0)).not.toThrow();
  });

  it.each([
    ['darwin', 0, NotLinuxError],
    ['win32', -1, NotLinuxError],
    ['linux', 1000, NotRootError],
  ])('refuses %s and user %d, offering a cluster of one’s own', (platform, userId, error) => {
    expect(() => requireLinuxAndRoot(platform, userId)).toThrow(error);
    expect(() => requireLinuxAndRoot(platform, userId)).toThrow('--context NAME');
  });
});

describe('requireKernelFeatures', () => {
  const filesystems = 'nodev\tproc\n\text4\nnodev\toverlay\n';
  const check = (missing: string, list = filesystems): void =>
    requireKernelFeatures(
      (path) => (path === '/proc/filesystems' ? list : undefined),
      (path) => !path.includes(missing),
    );

  it('accepts a kernel that has all', () => {
    expect(() => check('nothing is missing')).not.toThrow();
  });

  it.each([
    ['ns/pid', 'pid namespaces'],
    ['bridge-nf-call-iptables', 'bridge netfilter'],
    ['cgroup', 'cgroups'],
  ])('names what is missing without %s', (path, feature) => {
    expect(() => check(path)).toThrow(MissingKernelFeatureError);
    expect(() => check(path)).toThrow(`lacks ${feature}`);
  });

  it('asks for the overlay file system itself, not for one of a similar name', () => {
    expect(() => check('nothing is missing', 'nodev\toverlayx\n')).toThrow('modprobe overlay');
  });
});

describe('requireDiskRoom', () => {
  it('accepts a disk with room', async () => {
    await expect(requireDiskRoom(tmpdir(), 1)).resolves.toBeUndefined();
  });

  it('refuses a disk without, naming directory, free and needed room', async () => {
    const checked = requireDiskRoom(tmpdir(), 2 ** 60);
    await expect(checked).rejects.toThrow(DiskNearlyFullError);
    await expect(checked).rejects.toThrow(/MiB free; the local cluster needs 1099511627776 MiB/);
  });
});

import { describe, expect, it } from 'vitest';
import { fakeMachine, gaps, interfaceFiles, told, values } from './fakeMachine.ts';

const COUNTERS = { rx_bytes: 1, tx_bytes: 2, rx_errors: 3, tx_errors: 4, rx_dropped: 5, tx_dropped: 6 };

describe('disks on Linux', () => {
  it('are told each by its device, in bytes and seconds, without partitions and what is no disk', async () => {
    const { reader, files, directories } = fakeMachine();
    directories['/sys/block'] = ['cciss!c0d0', 'dm-0', 'loop0', 'md127', 'nvme0n1', 'ram0', 'vda', 'zram0'];
    const others = ['dm-0', 'md127', 'nvme0n1', 'nvme0n1p1', 'ram0', 'zram0', 'cciss/c0d0'];
    const lines = others.map((device) => ` 259 0 ${device} 1 0 2 3 4 0 5 6 0 0 0\n`);
    files['/proc/diskstats'] = [files['/proc/diskstats'], ...lines].join('');
    const round = await reader.read(10_000);
    expect(told(round, 'system.disk.io')).toEqual({
      'vda read': 20 * 512,
      'vda write': 40 * 512,
      'nvme0n1 read': 2 * 512,
      'nvme0n1 write': 5 * 512,
      'cciss!c0d0 read': 2 * 512,
      'cciss!c0d0 write': 5 * 512,
    });
    expect(values(round, 'system.disk.operations').slice(0, 2)).toEqual([10, 30]);
    expect(values(round, 'system.disk.operation_time').slice(0, 2)).toEqual([3, 4]);
    expect(Object.keys(round.readings.find(({ metric }) => metric === 'system.disk.io')?.attributes ?? {})).toEqual([
      'system.device',
      'disk.io.direction',
    ]);
  });

  it('count on whether they are mounted or not, and are not told any more when they are gone', async () => {
    const { reader, files, directories } = fakeMachine();
    const withUsb = `${files['/proc/diskstats']} 8 0 sda 1 0 600 1 0 0 0 0 0 0 0\n`;
    const reads: unknown[] = [];
    for (const text of [withUsb, files['/proc/diskstats'] ?? '', withUsb]) {
      files['/proc/diskstats'] = text;
      directories['/sys/block'] = ['vda', 'sda'];
      reads.push(told(await reader.read(10_000), 'system.disk.io')['sda read']);
    }
    expect(reads).toEqual([600 * 512, undefined, 600 * 512]);
  });

  it('are no gap where there are none, and one where the kernel cannot be asked or tells nonsense', async () => {
    const { reader, files, directories } = fakeMachine();
    directories['/sys/block'] = ['loop0'];
    expect(gaps(await reader.read(10_000))).not.toContainEqual(['disks', expect.anything()]);
    delete directories['/sys/block'];
    expect(gaps(await reader.read(10_000))).toContainEqual(['disks', 'ENOENT: /sys/block']);
    directories['/sys/block'] = ['vda'];
    files['/proc/diskstats'] = '\n\n254 0 vda 1 0 x 3\n';
    expect(gaps(await reader.read(10_000)).filter(([source]) => source === 'disks')).toEqual([
      ['disks', 'gave NaN for vda, read'],
      ['disks', 'gave NaN for vda, write'],
      ['disks', 'gave NaN for vda, write'],
      ['disks', 'gave NaN for vda, write'],
    ]);
  });

  it('are bounded in number', async () => {
    const { reader, files, directories } = fakeMachine();
    const devices = Array.from({ length: 40 }, (_, index) => `sd${index}x`);
    directories['/sys/block'] = devices;
    files['/proc/diskstats'] = devices.map((device) => `8 0 ${device} 1 0 2 3 4 0 5 6`).join('\n');
    const round = await reader.read(10_000);
    expect(values(round, 'system.disk.io')).toHaveLength(64);
    expect(gaps(round)).toContainEqual(['disks', '8 of 40 are not told: at most 32, each with a name of its own']);
  });
});

describe('network interfaces on Linux', () => {
  it('are told each by its name, strange ones, too', async () => {
    const { reader, files, directories } = fakeMachine();
    const names = ['eth0', '__proto__', 'a;reboot', '-rf'];
    directories['/sys/class/net'] = names;
    for (const name of names) Object.assign(files, interfaceFiles(name, COUNTERS));
    const round = await reader.read(10_000);
    for (const name of names) {
      expect(told(round, 'system.network.io')).toMatchObject({ [`${name} receive`]: 1, [`${name} transmit`]: 2 });
      expect(told(round, 'system.network.errors')).toMatchObject({ [`${name} receive`]: 3, [`${name} transmit`]: 4 });
      expect(told(round, 'system.network.packet.dropped')).toMatchObject({
        [`${name} receive`]: 5,
        [`${name} transmit`]: 6,
      });
    }
    expect(gaps(round).map(([source]) => source)).toEqual(['processors']);
  });

  it('are left out, without a gap, where they have no statistics or go while they are read', async () => {
    const { reader, files, directories } = fakeMachine();
    directories['/sys/class/net'] = ['lo', 'going', 'none'];
    Object.assign(files, interfaceFiles('going', { rx_bytes: 1, tx_bytes: 2, rx_errors: 3 }));
    const round = await reader.read(10_000);
    expect(told(round, 'system.network.io')).toEqual({ 'lo receive': 5, 'lo transmit': 6 });
    expect(gaps(round).map(([source]) => source)).toEqual(['processors']);
  });

  it.each([
    ['', 'gave NaN for lo, receive'],
    ['-1', 'gave -1 for lo, receive'],
    ['lots', 'gave NaN for lo, receive'],
  ])('are a gap where the kernel says "%s"', async (text, reason) => {
    const { reader, files } = fakeMachine();
    files['/sys/class/net/lo/statistics/rx_bytes'] = text;
    const round = await reader.read(10_000);
    expect(gaps(round)).toContainEqual(['network', reason]);
    expect(told(round, 'system.network.io')).toEqual({ 'lo transmit': 6 });
  });

  it('are bounded in number', async () => {
    const { reader, files, directories } = fakeMachine();
    const names = Array.from({ length: 40 }, (_, index) => `veth${index}`);
    directories['/sys/class/net'] = names;
    for (const name of names) Object.assign(files, interfaceFiles(name, COUNTERS));
    const round = await reader.read(10_000);
    expect(values(round, 'system.network.io')).toHaveLength(64);
    expect(gaps(round)).toContainEqual(['network', '8 of 40 are not told: at most 32, each with a name of its own']);
  });

  it('are a gap where there is none or the kernel cannot be asked', async () => {
    const { reader, directories } = fakeMachine();
    directories['/sys/class/net'] = [];
    expect(gaps(await reader.read(10_000))).toContainEqual(['network', 'there is no interface']);
    delete directories['/sys/class/net'];
    expect(gaps(await reader.read(10_000))).toContainEqual(['network', 'ENOENT: /sys/class/net']);
  });
});

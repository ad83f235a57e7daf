import type { SystemReading } from '../systemMetrics.ts';
import type { SystemPorts } from '../systemPorts.ts';
import { readAndWritten } from './directions.ts';
import { namedThings, nameOf } from './namedThings.ts';
import type { SystemSource } from './systemSource.ts';

interface Disk {
  readonly device: string;
  /** The columns after the name. */
  readonly columns: readonly number[];
}

const MAX_DISKS = 32;
/** In which Linux counts, whatever the sectors of the disk are. */
const SECTOR_BYTES = 512;
const MILLIS = 1000;
/** Memory and files that look like disks; volumes and arrays, of which the disks beneath count the same again. */
const NO_DISK = /^(?:loop|ram|zram|dm-|md)\d/;

/**
 * Reads what each disk moved from `/proc/diskstats`, without the partitions: those are not in `/sys/block`. A disk that is
 * gone is not told any more. A machine without disks has nothing to tell, which is no gap.
 *
 * systeminformation (5.33.23) sums over what is mounted at the moment, so that a disk that is mounted anew looks like so
 * much traffic, and starts processes.
 */
export function linuxDiskSource({ readTextFile, directoryNames }: SystemPorts): SystemSource {
  const source = {
    name: 'disks',
    metrics: ['system.disk.io', 'system.disk.operations', 'system.disk.operation_time'],
  } as const;
  return {
    ...source,
    read: () => {
      const whole = new Set(directoryNames('/sys/block'));
      const disks = parseDiskstats(readTextFile('/proc/diskstats')).filter(
        ({ device }) => whole.has(device) && !NO_DISK.test(device),
      );
      const { told, gaps } = namedThings(source, disks, { limit: MAX_DISKS, keyOf: ({ device }) => device });
      return { readings: told.flatMap(diskReadings), gaps };
    },
  };
}

/** `254 0 vda` and then eleven or more numbers (proc_diskstats(5)); `/` in a name is `!` in `/sys`. */
function parseDiskstats(text: string): readonly Disk[] {
  return text.split('\n').flatMap((line) => {
    const [, , name, ...columns] = line.trim().split(/ +/);
    return name === undefined ? [] : [{ device: name.replaceAll('/', '!'), columns: columns.map(Number) }];
  });
}

function diskReadings({ device, columns }: Disk): readonly SystemReading[] {
  const [reads, , sectorsRead, readMillis, writes, , sectorsWritten, writeMillis] = columns;
  const attributes = { 'system.device': nameOf(device) };
  const numbers = (read: number | undefined, written: number | undefined, factor: number) =>
    [(read ?? Number.NaN) * factor, (written ?? Number.NaN) * factor] as const;
  return [
    ...readAndWritten('system.disk.io', numbers(sectorsRead, sectorsWritten, SECTOR_BYTES), attributes),
    ...readAndWritten('system.disk.operations', numbers(reads, writes, 1), attributes),
    ...readAndWritten('system.disk.operation_time', numbers(readMillis, writeMillis, 1 / MILLIS), attributes),
  ];
}

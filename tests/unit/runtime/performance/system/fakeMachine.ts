import type { ReadingRound } from '../../../../../runtime/src/performance/metricReading.ts';
import type { SystemPorts } from '../../../../../runtime/src/performance/system/systemPorts.ts';
import { SystemReader } from '../../../../../runtime/src/performance/system/systemReader.ts';
import { FakeHost } from '../../../../support/fakeHost.ts';

export const ROOT = { fs: '/dev/vda', type: 'ext4', mount: '/', size: 1000, used: 600, available: 300, rw: true };
export const MEMORY = { total: 1000, available: 400, swaptotal: 100, swapused: 25, swapfree: 75, dirty: 0 };
export const LO = {
  iface: 'lo',
  rx_bytes: 5,
  tx_bytes: 6,
  rx_errors: 1,
  tx_errors: 0,
  rx_dropped: 2,
  tx_dropped: 0,
  ms: 10,
};

export type Files = Record<string, string>;

/** The counters of an interface as Linux shows them. */
export function interfaceFiles(name: string, counters: Readonly<Record<string, number>>): Files {
  return Object.fromEntries(
    Object.entries(counters).map(([counter, value]) => [`/sys/class/net/${name}/statistics/${counter}`, `${value}\n`]),
  );
}

/** A Linux machine of two processors that is well, with one disk and one interface, and what a test changes in it. */
export function fakeMachine(changes: Partial<SystemPorts> = {}) {
  const host = new FakeHost();
  const files: Files = {
    '/proc/stat': 'cpu  100 0 0 300 0 0 0 0 0 0\ncpu0 1 1 1 1\n',
    '/proc/self/status': 'Name:\tnode\nCpus_allowed:\t3\nCpus_allowed_list:\t0-1\nMems_allowed:\t1\n',
    '/proc/diskstats':
      '   7       0 loop0 9 0 9 9 0 0 0 0 0 0 0\n' +
      ' 254       0 vda 10 1 20 3000 30 2 40 4000 0 50 60 1 2 3 4\n' +
      ' 254       1 vda1 9 1 19 2999 29 2 39 3999 0 49 59 1 2 3 4\n',
    ...interfaceFiles('lo', { rx_bytes: 5, tx_bytes: 6, rx_errors: 1, tx_errors: 0, rx_dropped: 2, tx_dropped: 0 }),
  };
  const directories: Record<string, readonly string[]> = { '/sys/class/net': ['lo'], '/sys/block': ['loop0', 'vda'] };
  const ports: SystemPorts = {
    host,
    platform: 'linux',
    readTextFile: (path) => found(files, path),
    directoryNames: (path) => found(directories, path),
    loadAverages: () => [1, 2, 3],
    processorCount: () => 2,
    availableParallelism: () => 2,
    memory: () => Promise.resolve(MEMORY),
    fileSystems: () => Promise.resolve([ROOT]),
    currentLoad: notOnLinux,
    diskTraffic: notOnLinux,
    diskOperations: notOnLinux,
    interfaceNames: () => [],
    interfaces: notOnLinux,
    ...changes,
  };
  return { host, files, directories, reader: new SystemReader(ports) };
}

/** A machine of which systeminformation tells all, and what a test changes in it. */
export function otherMachine(changes: Partial<SystemPorts> = {}) {
  return fakeMachine({
    platform: 'darwin',
    currentLoad: () =>
      Promise.resolve({
        currentLoadUser: 20,
        currentLoadNice: 0,
        currentLoadSystem: 10,
        currentLoadIrq: 0,
        currentLoadIdle: 70,
      }),
    diskTraffic: () => Promise.resolve({ rx: 10, wx: 20 }),
    diskOperations: () => Promise.resolve({ rIO: 1, wIO: 2 }),
    interfaceNames: () => ['lo'],
    interfaces: () => Promise.resolve([LO]),
    ...changes,
  });
}

export function values({ readings }: ReadingRound, metric: string): readonly number[] {
  return readings.filter((reading) => reading.metric === metric).map(({ value }) => value);
}

/** The values of a metric by what all its attributes say. */
export function told({ readings }: ReadingRound, metric: string): Readonly<Record<string, number>> {
  const ofMetric = readings.filter((reading) => reading.metric === metric);
  return Object.fromEntries(
    ofMetric.map(({ attributes, value }) => [Object.values(attributes ?? {}).join(' '), value]),
  );
}

export function gaps({ gaps: all }: ReadingRound): readonly (readonly [string, string])[] {
  return all.map(({ source, reason }) => [source, reason]);
}

function notOnLinux(): Promise<never> {
  return Promise.reject(new Error('asked on Linux'));
}

function found<Value>(all: Readonly<Record<string, Value>>, path: string): Value {
  const value = all[path];
  if (value === undefined) throw Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' });
  return value;
}

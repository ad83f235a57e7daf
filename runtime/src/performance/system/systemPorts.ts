import type { HostProcess } from '../../core/hostProcess.ts';

/** How busy the processors were, as systeminformation tells it: shares since the last call, in percent. */
export interface ProcessorLoad {
  readonly currentLoadUser: number;
  readonly currentLoadNice: number;
  readonly currentLoadSystem: number;
  readonly currentLoadIrq: number;
  readonly currentLoadIdle: number;
}

/** Memory and swap, as systeminformation tells them, in bytes. */
export interface MachineMemory {
  readonly total: number;
  readonly available: number;
  readonly swaptotal: number;
  readonly swapused: number;
  readonly swapfree: number;
  /** On Linux `null` where `/proc/meminfo` could not be read, and the rest is made up. */
  readonly dirty: number | null;
}

/** A file system, as systeminformation tells it, in bytes. Names come from the machine and can be anything. */
export interface FileSystemSpace {
  readonly fs: string;
  readonly type: string;
  readonly mount: string;
  readonly size: number;
  readonly used: number;
  readonly available: number;
  readonly rw: boolean | null;
}

/** What all disks moved, as systeminformation tells it, in bytes; `null` where it cannot tell. */
export interface DiskTraffic {
  readonly rx: number;
  readonly wx: number;
}

/** Operations of all disks, as systeminformation tells them; `null` where it cannot tell. */
export interface DiskOperations {
  readonly rIO: number;
  readonly wIO: number;
}

/** What an interface moved, as systeminformation tells it. */
export interface InterfaceTraffic {
  readonly iface: string;
  readonly rx_bytes: number;
  readonly tx_bytes: number;
  readonly rx_errors: number;
  readonly tx_errors: number;
  readonly rx_dropped: number;
  readonly tx_dropped: number;
  /** Since it told of the interface before; 0 the first time, and where it could not tell. */
  readonly ms: number;
}

/**
 * What a `SystemReader` needs of the machine. The real ones are `nodeSystemPorts()`, in the worker.
 *
 * On Linux the kernel's own files tell of processors, network and disks. systeminformation tells of memory and file systems
 * everywhere, and of the rest where it is not Linux.
 */
export interface SystemPorts {
  readonly host: Pick<HostProcess, 'monotonicMillis' | 'schedule'>;
  /** As Node names it: `linux`. */
  readonly platform: string;
  /** The whole text. Throws what the file system says. */
  readonly readTextFile: (path: string) => string;
  /** What is in a directory and is no file: directories, and links to them. Throws what the file system says. */
  readonly directoryNames: (path: string) => readonly string[];
  /** Over one, five and fifteen minutes. */
  readonly loadAverages: () => readonly number[];
  /** How many processors the machine has. */
  readonly processorCount: () => number;
  /** How many processors Node says that it can use at a time: 1 or more, and on Linux rounded by some versions. */
  readonly availableParallelism: () => number;
  readonly memory: () => Promise<MachineMemory>;
  readonly fileSystems: () => Promise<readonly FileSystemSpace[]>;
  // From here on not asked on Linux.
  readonly currentLoad: () => Promise<ProcessorLoad>;
  readonly diskTraffic: () => Promise<DiskTraffic | null>;
  readonly diskOperations: () => Promise<DiskOperations | null>;
  readonly interfaceNames: () => readonly string[];
  readonly interfaces: (names: readonly string[]) => Promise<readonly InterfaceTraffic[]>;
}

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

/** What mounted disks moved, as systeminformation tells it, in bytes; `null` where it cannot tell. */
export interface DiskTraffic {
  readonly rx: number;
  readonly wx: number;
}

/** Operations of all disks, and how long they took, as systeminformation tells it; `null` where it cannot tell. */
export interface DiskOperations {
  readonly rIO: number;
  readonly wIO: number;
  /** In milliseconds. */
  readonly rWaitTime: number;
  readonly wWaitTime: number;
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

/** What a `SystemReader` needs of the machine. The real ones are `nodeSystemPorts()`, in the worker. */
export interface SystemPorts {
  readonly host: Pick<HostProcess, 'monotonicMillis' | 'schedule'>;
  /** As Node names it: `linux`. */
  readonly platform: string;
  /** The whole text. Throws what the file system says. */
  readonly readTextFile: (path: string) => string;
  /** Over one, five and fifteen minutes. */
  readonly loadAverages: () => readonly number[];
  /** How many processors the machine has. */
  readonly processorCount: () => number;
  /** How many of them the process can use at a time. */
  readonly usableProcessorCount: () => number;
  readonly interfaceNames: () => readonly string[];
  readonly currentLoad: () => Promise<ProcessorLoad>;
  readonly memory: () => Promise<MachineMemory>;
  readonly fileSystems: () => Promise<readonly FileSystemSpace[]>;
  readonly diskTraffic: () => Promise<DiskTraffic | null>;
  readonly diskOperations: () => Promise<DiskOperations | null>;
  readonly interfaces: (names: readonly string[]) => Promise<readonly InterfaceTraffic[]>;
}

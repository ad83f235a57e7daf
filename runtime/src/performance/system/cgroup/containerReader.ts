import { readIfThere, type TextFiles } from '../readIfThere.ts';
import { type CgroupDirectories, cgroupDirectories } from './cgroupDirectories.ts';
import { memoryLimit, quotaOfVersion1, quotaOfVersion2, readField, readNumber } from './cgroupFiles.ts';
import type { ContainerMemory, ContainerProcessors } from './containerUse.ts';

interface Level {
  readonly limit: number;
  /** 0 is the own group, 1 the one around it. */
  readonly index: number;
}

interface Controllers {
  readonly processors: CgroupDirectories | undefined;
  /** Which accounts for what is used: in v1 a controller of its own. */
  readonly accounting: CgroupDirectories | undefined;
  readonly memory: CgroupDirectories | undefined;
}

const NANOSECONDS = 1e9;
const MICROSECONDS = 1e6;

/**
 * Reads from control groups, v1 or v2, what the container of the process uses and may use. Groups are nested, and each has
 * its limit: the smallest is in force, and what is used is what the group has used that it is the limit of.
 */
export class ContainerReader {
  readonly #files: TextFiles;
  #found: { readonly memberships: string; readonly controllers: Controllers } | undefined;

  constructor(files: TextFiles) {
    this.#files = files;
  }

  /**
   * What it uses of the processors; `undefined` where no control group tells.
   *
   * @throws what the file system says of a file that is there and cannot be read, RangeError for one that makes no sense.
   */
  readProcessors(): ContainerProcessors | undefined {
    return this.#read(({ processors, accounting }) => this.#processors(processors, accounting));
  }

  /**
   * What it has of the memory; `undefined` where no control group tells.
   *
   * @throws what the file system says of a file that is there and cannot be read, RangeError for one that makes no sense.
   */
  readMemory(): ContainerMemory | undefined {
    return this.#read(({ memory }) => this.#memory(memory));
  }

  #read<Use>(useOf: (controllers: Controllers) => Use | undefined): Use | undefined {
    const memberships = readIfThere(this.#files, '/proc/self/cgroup');
    if (memberships === undefined) return undefined;
    const controllers = this.#controllersOf(memberships);
    try {
      return useOf(controllers);
    } catch (error) {
      // The groups may have been moved: they are looked for anew.
      this.#found = undefined;
      throw error;
    }
  }

  /** Mounts are many on some machines, and do not change for a process that stays where it is. */
  #controllersOf(memberships: string): Controllers {
    if (this.#found?.memberships === memberships) return this.#found.controllers;
    const texts = { memberships, mounts: this.#files.readTextFile('/proc/self/mountinfo') };
    const controllers = {
      processors: cgroupDirectories('cpu', texts),
      accounting: cgroupDirectories('cpuacct', texts),
      memory: cgroupDirectories('memory', texts),
    };
    this.#found = { memberships, controllers };
    return controllers;
  }

  #processors(
    processors: CgroupDirectories | undefined,
    accounting: CgroupDirectories | undefined,
  ): ContainerProcessors | undefined {
    if (processors === undefined || accounting === undefined) return undefined;
    const quota = processors.version === 1 ? quotaOfVersion1 : quotaOfVersion2;
    const level = smallest(processors.directories, (directory) => quota(this.#files, directory));
    if (level === undefined && isWholeMachine(processors, 'cpu.max', this.#files)) return undefined;
    const directory = directoryAt(accounting, level);
    const [user, system] =
      accounting.version === 1
        ? ['cpuacct.usage_user', 'cpuacct.usage_sys'].map((name) => readNumber(this.#files, `${directory}/${name}`))
        : ['user_usec', 'system_usec'].map((field) => readField(this.#files, `${directory}/cpu.stat`, field));
    const unit = accounting.version === 1 ? NANOSECONDS : MICROSECONDS;
    return { userSeconds: (user ?? 0) / unit, systemSeconds: (system ?? 0) / unit, limit: level?.limit };
  }

  #memory(memory: CgroupDirectories | undefined): ContainerMemory | undefined {
    if (memory === undefined) return undefined;
    const names = memory.version === 1 ? VERSION_1 : VERSION_2;
    const level = smallest(memory.directories, (directory) => memoryLimit(this.#files, `${directory}/${names.limit}`));
    if (level === undefined && isWholeMachine(memory, names.usage, this.#files)) return undefined;
    const directory = directoryAt(memory, level);
    const usageBytes = readNumber(this.#files, `${directory}/${names.usage}`);
    const droppable = readField(this.#files, `${directory}/memory.stat`, names.inactive);
    return { usageBytes, workingSetBytes: Math.max(0, usageBytes - droppable), limitBytes: level?.limit };
  }
}

const VERSION_1 = { limit: 'memory.limit_in_bytes', usage: 'memory.usage_in_bytes', inactive: 'total_inactive_file' };
const VERSION_2 = { limit: 'memory.max', usage: 'memory.current', inactive: 'inactive_file' };

/** The group with the smallest limit, the innermost of several. */
function smallest(
  directories: readonly string[],
  limitOf: (directory: string) => number | undefined,
): Level | undefined {
  let found: Level | undefined;
  for (const [index, directory] of directories.entries()) {
    const limit = limitOf(directory);
    if (limit !== undefined && (found === undefined || limit < found.limit)) found = { limit, index };
  }
  return found;
}

/** The hierarchy of another controller can be less deep. */
function directoryAt({ directories }: CgroupDirectories, level: Level | undefined): string {
  const index = Math.min(level?.index ?? 0, directories.length - 1);
  return directories[index] ?? '';
}

/**
 * Whether a group is that of the whole machine, or one without the controller. In v2 such a group lacks the controller's
 * files; in v1 it has them all the same.
 */
function isWholeMachine(found: CgroupDirectories, file: string, files: TextFiles): boolean {
  if (found.version === 1) return found.isRoot;
  return readIfThere(files, `${found.directories[0] ?? ''}/${file}`) === undefined;
}

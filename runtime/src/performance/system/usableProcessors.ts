import { readIfThere, type TextFiles } from './readIfThere.ts';

/** What tells how many processors there are to use. */
export interface ProcessorPorts extends TextFiles {
  /** As Node names it: `linux`. */
  readonly platform: string;
  /** How many processors Node says that it can use at a time. */
  readonly availableParallelism: () => number;
}

/**
 * How many processors the process may use at a time: by the quota, or by the set of processors if that is less. It can be a
 * fraction, such as 1.25.
 *
 * On Linux the set is read from the kernel: since 1.49 libuv, and with it `os.availableParallelism()`, counts the quota in,
 * rounded to whole processors, and in some versions the weight of the container, which is no limit.
 *
 * @param quota - in processors; `undefined` for none
 */
export function usableProcessors(ports: ProcessorPorts, quota: number | undefined): number {
  const inSet = (ports.platform === 'linux' ? allowedProcessors(ports) : undefined) ?? ports.availableParallelism();
  return Math.min(quota ?? Number.POSITIVE_INFINITY, inSet);
}

/** Where the set was never narrowed it can name processors that there are not, but could be: those that run are counted. */
function allowedProcessors(files: TextFiles): number | undefined {
  const [, allowed] = /^Cpus_allowed_list:\s*(\d[\d,-]*)$/m.exec(files.readTextFile('/proc/self/status')) ?? [];
  if (allowed === undefined) return undefined;
  return countOfBoth(allowed, readIfThere(files, '/sys/devices/system/cpu/online') ?? allowed);
}

/** How many are in both of two lists such as `0-3,8`. */
function countOfBoth(one: string, other: string): number {
  const others = rangesOf(other);
  const shared = rangesOf(one).flatMap(([first, last]) =>
    others.map((range) => Math.max(0, Math.min(last, range[1]) - Math.max(first, range[0]) + 1)),
  );
  return shared.reduce((sum, count) => sum + count, 0);
}

function rangesOf(list: string): readonly (readonly [first: number, last: number])[] {
  return list.split(',').map((range) => {
    const [first = Number.NaN, last = first] = range.split('-').map(Number);
    return [first, last];
  });
}

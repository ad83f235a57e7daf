import { readProc, type ProcReader } from '../../tools/process/processIdentity.ts';

/** A program that must be running is not among the processes that were weighed: the sum would be too small. */
export class UnweighedProgramError extends Error {
  override readonly name = 'UnweighedProgramError';
  readonly programs: readonly string[];

  constructor(programs: readonly string[], weighed: number) {
    super(
      `${programs.join(', ')} not among the ${weighed} processes weighed: the sum would be too small. ` +
        'Is everything deployed, and does this process read /proc/PID/smaps_rollup of every user?',
    );
    this.programs = programs;
  }
}

/**
 * Sums the proportional set size, in bytes, of processes: a page that several share is counted once (proc(5),
 * `smaps_rollup`). A process that has ended meanwhile weighs nothing.
 *
 * @param programs - Names (`/proc/PID/comm`, at most 15 characters) that must be among the weighed processes.
 * @throws UnweighedProgramError
 */
export function proportionalBytes(
  pids: Iterable<string>,
  programs: readonly string[],
  read: ProcReader = readProc,
): number {
  const weighed = new Set<string>();
  let count = 0;
  let bytes = 0;
  for (const pid of new Set(pids)) {
    const kibibytes = Number(/^Pss:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/smaps_rollup`) ?? '')?.[1] ?? 0);
    if (kibibytes === 0) continue;
    weighed.add((read(`/proc/${pid}/comm`) ?? '').trim());
    count += 1;
    bytes += kibibytes * 1024;
  }
  const missing = programs.filter((program) => !weighed.has(program));
  if (missing.length > 0) throw new UnweighedProgramError(missing, count);
  return bytes;
}

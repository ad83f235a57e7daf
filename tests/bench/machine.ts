import { availableParallelism, cpus, release, totalmem } from 'node:os';

/** What a reader must know of the machine to read its figures. */
export function describeMachine(): Readonly<Record<string, string | number>> {
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model ?? 'unknown',
    memoryGibibytes: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    node: process.version,
  };
}

import { setImmediate as nextTurn } from 'node:timers/promises';

/** Operations between two turns of the event loop: what a batch holds, so that batches leave as they fill. */
const STRETCH = 512;

/** Nanoseconds of processor time that one operation takes, all threads of the process counted, once it is compiled. */
export async function cpuPerOperation(operation: (index: number) => void, operations: number): Promise<number> {
  await repeat(operation, operations / 4);
  const before = process.cpuUsage();
  await repeat(operation, operations);
  const { user, system } = process.cpuUsage(before);
  return ((user + system) * 1000) / operations;
}

async function repeat(operation: (index: number) => void, operations: number): Promise<void> {
  for (let done = 0; done < operations; done += STRETCH) {
    for (let index = 0; index < STRETCH; index += 1) operation(index);
    await nextTurn();
  }
}

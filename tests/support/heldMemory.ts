import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** How many bytes of the heap `make` leaves in use, once everything that nobody holds is collected. */
export async function heldMemory(make: () => void | Promise<void>): Promise<number> {
  const collect = garbageCollector();
  collect();
  const before = process.memoryUsage();
  await make();
  collect();
  const after = process.memoryUsage();
  return after.heapUsed - before.heapUsed + after.arrayBuffers - before.arrayBuffers;
}

function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (!isCallable(collect)) throw new Error('this Node.js does not let its garbage collector be called');
  // Buffers are freed by the collection after the one that found nobody holding them.
  return () => {
    collect();
    collect();
  };
}

function isCallable(value: unknown): value is () => void {
  return typeof value === 'function';
}

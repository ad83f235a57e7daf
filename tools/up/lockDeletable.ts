import type { StackToRemove } from '../cluster/clusterStacks.ts';
import { requireDeletable } from './deletionProtection.ts';

/** What {@link lockDeletable} works with. */
export interface LockDeletableOptions {
  /** The stack whose lock the command holds already. */
  readonly stack: string;
  /** Stacks whose protected data may be deleted. */
  readonly deleteData: readonly string[];
  /** Reads every stack that would be removed. */
  readonly read: () => Promise<readonly StackToRemove[]>;
  readonly lock: (stack: string) => Promise<AsyncDisposable>;
}

/**
 * Takes the locks of all stacks that would be removed, so that no `up` of theirs runs meanwhile. An `up` that ended before
 * its lock was taken may have protected something: what was judged last was read under the locks of all.
 * @returns the locks.
 * @throws OptionError, ProtectedStackError, DeploymentBusyError
 */
export async function lockDeletable(options: LockDeletableOptions): Promise<AsyncDisposableStack> {
  const { stack, deleteData, read, lock } = options;
  await using locks = new AsyncDisposableStack();
  const locked = new Set([stack]);
  for (;;) {
    const stacks = await read();
    // The command's own stack may be named though it was never deployed.
    requireDeletable([...stacks, ...(isAmong(stacks, stack) ? [] : [{ stack, protectedResources: [] }])], deleteData);
    const others = new Set(stacks.map((found) => found.stack).filter((name) => !locked.has(name)));
    if (others.size === 0) return locks.move();
    for (const name of others) {
      locks.use(await lock(name));
      locked.add(name);
    }
  }
}

function isAmong(stacks: readonly StackToRemove[], stack: string): boolean {
  return stacks.some((found) => found.stack === stack);
}

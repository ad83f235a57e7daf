import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { CommandContext } from './commandContext.ts';
import { createStackEngine } from './openStack.ts';
import type { Prepared } from './prepare.ts';

/**
 * Frees a stack whose last update was killed. Whoever calls this holds the deployment's lock, and the state directory is
 * this checkout's own: a lock file in it can only be left over.
 */
export async function releaseStaleLock(command: CommandContext, { engine, target }: Prepared): Promise<void> {
  const locks = join(target.stateDirectory, 'pulumi', 'state', '.pulumi', 'locks');
  const entries = await readdir(locks, { recursive: true, withFileTypes: true }).catch(() => []);
  if (!entries.some((entry) => entry.isFile())) return;
  await (await createStackEngine(command, engine, target)).stack.cancel();
}

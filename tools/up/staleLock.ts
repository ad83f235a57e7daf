import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReportDetail } from '../console/phases.ts';
import type { StackEngine } from './stackEngine.ts';

/**
 * Frees a stack whose last update was killed. Whoever calls this holds the deployment's lock, and the state directory is
 * this checkout's own: a lock file in it can only be left over.
 */
export async function releaseStaleLock(
  stack: StackEngine,
  stateDirectory: string,
  report: ReportDetail,
): Promise<void> {
  const locks = join(stateDirectory, 'pulumi', 'state', '.pulumi', 'locks');
  const entries = await readdir(locks, { recursive: true, withFileTypes: true }).catch(() => []);
  if (!entries.some((entry) => entry.isFile())) return;
  report('the last update was cut short: freeing the stack');
  await stack.cancel();
}

import { acquireFileLock, type FileLock, type LockHolder } from '../process/fileLock.ts';
import { join } from 'node:path';
import type { UpOptions } from '../stack/options.ts';
import { deploymentId } from './deploymentId.ts';
import { projectState } from './target.ts';

/** Another command changes the same deployment. */
export class DeploymentBusyError extends Error {
  override readonly name = 'DeploymentBusyError';

  constructor(stack: string, where: string, holder: LockHolder | undefined) {
    const who = holder === undefined ? '' : ` (process ${holder.pid}, since ${holder.since})`;
    super(
      `another up or down of stack ${stack} on ${where} runs from this checkout${who}: wait until it ends, or end it. ` +
        'Nothing was changed by this one.',
    );
  }
}

/**
 * Keeps a second `up` or `down` of the same deployment out; the lock of a killed one is free at once.
 * @throws DeploymentBusyError while another holds it.
 */
export async function lockDeployment(
  { checkout, stack, context, cluster }: UpOptions,
  environment: NodeJS.ProcessEnv,
): Promise<FileLock> {
  const where = context === undefined ? `the local cluster ${cluster}` : `context ${context}`;
  const id = await deploymentId(checkout, `${stack}.${context ?? cluster}`);
  return acquireFileLock({
    path: join(projectState(environment), 'locks', `${id}.lock`),
    onWait: (holder) => {
      throw new DeploymentBusyError(stack, where, holder);
    },
  });
}

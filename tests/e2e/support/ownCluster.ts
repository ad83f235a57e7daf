import { npmRun } from '../../support/commands.ts';

/**
 * A cluster for one file of tests, beside the one that all share. What an earlier, killed run left of it is removed; so is what
 * a start that fails has made. Disposing of it removes it.
 */
export async function startOwnCluster<Cluster extends object>(
  name: string,
  start: () => Promise<Cluster>,
): Promise<Cluster & AsyncDisposable> {
  const remove = async (): Promise<void> => {
    const { exitCode, stderr } = await npmRun('down', ['--cluster', name]);
    if (exitCode !== 0) throw new Error(`the cluster ${name} could not be removed:\n${stderr}`);
  };
  await remove();
  try {
    return { ...(await start()), [Symbol.asyncDispose]: remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

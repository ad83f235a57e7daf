import { execa } from 'execa';
import { mkdir } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { defaultCacheDirectory } from '../../../tools/toolchain/cacheDirectory.ts';
import { partsOf } from '../../../tools/toolchain/parts.ts';
import { checkout } from '../../support/commands.ts';

/**
 * Builds what only tests run while others wait for pods, so that on a machine without caches nobody waits long for a compiler.
 * It takes what the tests leave of the processor. A test that needs a part waits for it; one that could not be built fails there,
 * and is in the log.
 *
 * @returns what ends it.
 */
export async function buildTestParts(): Promise<() => Promise<void>> {
  const logs = join(defaultCacheDirectory(process.env), 'logs');
  await mkdir(logs, { recursive: true });
  const log = { file: join(logs, 'test-parts.log') };
  const build = execa(
    'npm',
    ['run', '--silent', 'toolchain', '--', 'build', ...partsOf('streaming'), ...partsOf('tests')],
    {
      cwd: checkout,
      stdin: 'ignore',
      stdout: log,
      stderr: log,
      reject: false,
    },
  );
  if (build.pid !== undefined) setPriority(build.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  return async () => {
    build.kill('SIGTERM');
    await build;
  };
}

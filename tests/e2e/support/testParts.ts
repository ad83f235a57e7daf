import { execa } from 'execa';
import { constants, setPriority } from 'node:os';
import { partsOf } from '../../../tools/toolchain/parts.ts';
import { checkout } from '../../support/commands.ts';

/**
 * Builds what only tests run while others wait for pods, so that on a machine without caches nobody waits for a compiler. At
 * the lowest priority: it takes what is left. A test that needs a part waits for it; one that could not be built fails there.
 *
 * @returns what ends it.
 */
export function buildTestParts(): () => Promise<void> {
  const build = execa('npm', ['run', '--silent', 'toolchain', '--', 'build', ...partsOf('tests')], {
    cwd: checkout,
    stdio: 'ignore',
    reject: false,
  });
  if (build.pid !== undefined) setPriority(build.pid, constants.priority.PRIORITY_LOW);
  return async () => {
    build.kill('SIGTERM');
    await build;
  };
}

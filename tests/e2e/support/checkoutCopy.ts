import { execa } from 'execa';
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { checkout } from '../../support/commands.ts';

export interface CheckoutCopy extends AsyncDisposable {
  readonly directory: string;
}

/** Another checkout with the same files and the same installed packages, for tests that change the program. */
export async function copyCheckout(): Promise<CheckoutCopy> {
  const directory = await mkdtemp(join(tmpdir(), 'tracewright-checkout-'));
  const { stdout } = await execa('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: checkout });
  for (const file of stdout.split('\n')) {
    await mkdir(dirname(join(directory, file)), { recursive: true });
    await cp(join(checkout, file), join(directory, file));
  }
  await symlink(join(checkout, 'node_modules'), join(directory, 'node_modules'));
  return { directory, [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }) };
}

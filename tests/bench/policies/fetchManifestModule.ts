import { execa } from 'execa';
import { tmpdir } from 'node:os';
import { z } from 'zod';
import type { ManifestModule } from './manifestSets.ts';

const downloaded = z.object({ Dir: z.string().min(1), Sum: z.string() });

/** A module's files are not those that were pinned; none was read. */
export class ModuleSumError extends Error {
  override readonly name = 'ModuleSumError';
  readonly module: string;

  constructor({ module, version, sum }: Pick<ManifestModule, 'module' | 'version' | 'sum'>, actual: string) {
    super(`${module}@${version} has the checksum ${actual}, but the pinned one is ${sum}: it is not what was measured`);
    this.module = module;
  }
}

/**
 * Fetches a module with Go, which also asks the checksum database where it can be reached, and keeps it in its module cache.
 *
 * @returns the directory of its files, which cannot be written to
 * @throws ModuleSumError
 */
export async function fetchManifestModule(pinned: ManifestModule): Promise<string> {
  const { module, version, sum } = pinned;
  const { stdout } = await execa('go', ['mod', 'download', '-json', `${module}@${version}`], {
    // Away from any go.mod: the module is none of ours.
    cwd: tmpdir(),
    env: { GOFLAGS: '-mod=mod', GOWORK: 'off', GOTOOLCHAIN: 'local' },
    stdin: 'ignore',
    timeout: 600_000,
  });
  const found = downloaded.parse(JSON.parse(stdout));
  if (found.Sum !== sum) throw new ModuleSumError(pinned, found.Sum);
  return found.Dir;
}

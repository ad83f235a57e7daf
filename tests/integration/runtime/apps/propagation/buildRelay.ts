import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { defaultCacheDirectory } from '../../../../../tools/toolchain/cacheDirectory.ts';

const run = promisify(execFile);
const module = join(import.meta.dirname, 'go');

/** Builds the Go service beside this file, or finds it built in the toolchain's cache. @returns the path of the program */
export async function buildRelay(): Promise<string> {
  const directory = join(defaultCacheDirectory(process.env), 'test-programs', `relay-${await fingerprint()}`);
  const program = join(directory, 'relay');
  if (await exists(program)) return program;
  await mkdir(directory, { recursive: true });
  // Renamed when it is whole: another run may be building it too.
  const room = await mkdtemp(join(directory, 'building-'));
  try {
    await run('go', ['build', '-trimpath', '-buildvcs=false', '-o', join(room, 'relay'), '.'], {
      cwd: module,
      env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=readonly', GOTOOLCHAIN: 'local', GOWORK: 'off' },
    });
    await rename(join(room, 'relay'), program);
  } finally {
    await rm(room, { recursive: true });
  }
  return program;
}

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  for (const name of (await readdir(module)).sort())
    hash.update(`${name}\n`).update(await readFile(join(module, name)));
  return hash.digest('hex').slice(0, 12);
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

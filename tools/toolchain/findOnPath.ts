import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join, sep } from 'node:path';

import type { Environment } from './part.ts';

/** The absolute path of a command as PATH finds it, passing over what lies in `exceptBelow`; `undefined` when there is none. */
export async function findOnPath(
  command: string,
  environment: Environment,
  exceptBelow?: string,
): Promise<string | undefined> {
  const directories = (environment['PATH'] ?? '').split(delimiter).filter((directory) => isAbsolute(directory));
  for (const directory of directories) {
    const path = join(directory, command);
    if ((await isExecutableFile(path)) && !(await liesBelow(path, exceptBelow))) return path;
  }
  return undefined;
}

async function isExecutableFile(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

async function liesBelow(path: string, directory: string | undefined): Promise<boolean> {
  if (directory === undefined) return false;
  const root = await realpath(directory).catch(() => directory);
  return (await realpath(path)).startsWith(`${root}${sep}`);
}

import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

import { execa } from 'execa';

import { findOnPath } from './findOnPath.ts';
import type { Environment } from './part.ts';

/** What the toolchain asks about the machine before it builds. */
export interface Machine {
  readonly platform: string;
  readonly arch: string;
  readonly isRoot: boolean;
  readonly has: (command: string) => Promise<boolean>;
  /** The installed Go release, such as `go1.26.8`; `undefined` without Go. */
  readonly goVersion: () => Promise<string | undefined>;
  /** Free space, in MiB, for files below a directory, which need not exist yet. */
  readonly freeMebibytes: (directory: string) => Promise<number>;
}

/** The machine that this process runs on, with the commands of the given environment. */
export function createMachine(environment: Environment): Machine {
  return {
    platform: process.platform,
    arch: process.arch,
    isRoot: process.getuid?.() === 0,
    has: async (command) => (await findOnPath(command, environment)) !== undefined,
    goVersion: async () => {
      if ((await findOnPath('go', environment)) === undefined) return undefined;
      const result = await execa('go', ['env', 'GOVERSION'], {
        env: { ...environment, GOTOOLCHAIN: 'local' },
        extendEnv: false,
        reject: false,
        timeout: 30_000,
      });
      return result.failed ? undefined : result.stdout.trim();
    },
    freeMebibytes,
  };
}

async function freeMebibytes(directory: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(directory);
    return Math.floor((bavail * bsize) / 2 ** 20);
  } catch (error) {
    const parent = dirname(directory);
    if (parent === directory) throw error;
    return freeMebibytes(parent);
  }
}

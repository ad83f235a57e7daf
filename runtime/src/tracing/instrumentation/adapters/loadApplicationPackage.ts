import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';

/** What became of looking for a package. */
export type LoadedPackage =
  | { readonly found: true; readonly exports: unknown }
  /** `searched` are the directories from which it was looked for, as Node does: each with all those above it. */
  | { readonly found: false; readonly searched: readonly string[] };

/** Loads a package by its name. Throws what the package throws while it is loaded. */
export type PackageLoader = (name: string) => LoadedPackage;

/**
 * Loads a package of the application: as its main script would, or else as a module in the working directory would, or
 * else as the runtime itself would.
 */
export function loadApplicationPackage(name: string): LoadedPackage {
  const require = createRequire(import.meta.url);
  const directories = [...mainScriptDirectory(), process.cwd(), import.meta.dirname];
  for (const directory of directories) {
    const file = resolveFrom(directory, name);
    if (file !== undefined) return { found: true, exports: require(file) as unknown };
  }
  return { found: false, searched: [...new Set(directories)] };
}

function mainScriptDirectory(): readonly string[] {
  const [, script] = process.argv;
  return script === undefined ? [] : [dirname(script)];
}

function resolveFrom(directory: string, name: string): string | undefined {
  try {
    return createRequire(join(directory, 'package.json')).resolve(name);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND';
}

import { createRequire } from 'node:module';

/** Paths of the CommonJS files that this process has loaded, whether they were required or imported. */
export function loadedModuleFiles(): readonly string[] {
  return Object.keys(createRequire(import.meta.url).cache);
}

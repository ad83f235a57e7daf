import type { Instrumentation } from '@opentelemetry/instrumentation';
import { loadedModuleFiles } from './adapters/loadedModuleFiles.ts';
import { EarlyLoadWarning } from './earlyLoadWarning.ts';
import { moduleDefinitionsOf } from './moduleDefinitions.ts';

/** What `findEarlyLoads` needs from outside; each has a real default. */
export interface EarlyLoadPorts {
  /** Paths of the CommonJS files that are loaded, whether they were required or imported. */
  readonly loadedFiles: readonly string[];
}

/**
 * Finds the libraries that were loaded before their instrumentations were made. To be called once, as soon as they are.
 *
 * What it knows are CommonJS files, which all libraries are made of that the runtime instruments by itself; Node tells
 * nobody which ES modules are loaded, and a bundle has no files of libraries. Node's own modules and the libraries that
 * announce themselves on diagnostics channels (undici, fetch, Fastify) cannot be loaded too early.
 *
 * @returns a warning for each instrumentation that came too late, in their order
 */
export function findEarlyLoads(
  instrumentations: readonly Instrumentation[],
  { loadedFiles = loadedModuleFiles() }: Partial<EarlyLoadPorts> = {},
): readonly EarlyLoadWarning[] {
  return instrumentations.flatMap((instrumentation) => {
    for (const { name: library } of moduleDefinitionsOf(instrumentation)) {
      const file = loadedFiles.find((path) => belongsTo(path, library));
      if (file !== undefined)
        return [new EarlyLoadWarning({ library, file, instrumentation: instrumentation.instrumentationName })];
    }
    return [];
  });
}

/** A file of a package that is code: to read a version from `package.json` does no harm. */
function belongsTo(path: string, library: string): boolean {
  return path.replaceAll('\\', '/').includes(`/node_modules/${library}/`) && !path.endsWith('.json');
}

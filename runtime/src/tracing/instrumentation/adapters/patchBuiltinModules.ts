import module, { createRequire } from 'node:module';
import type { Instrumentation } from '@opentelemetry/instrumentation';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { moduleDefinitionsOf } from '../moduleDefinitions.ts';

/**
 * Lets instrumentations of Node's own modules (`http`, `https`) change them at once, rather than when somebody requires
 * them: they are loaded before any hook, and a module that only imports them would get them unchanged. Imports that were
 * made before see the changes as well: what Node exports to ES modules is brought up to date.
 */
export function patchBuiltinModules(instrumentations: readonly Instrumentation[]): void {
  const require = createRequire(import.meta.url);
  let changed = false;
  for (const instrumentation of instrumentations) {
    for (const { name, patch } of moduleDefinitionsOf(instrumentation)) {
      if (!module.isBuiltin(name)) continue;
      changed = true;
      // Requiring is what instrumentations wait for, but only once in a process: when tracing is started again, nothing
      // comes of it. This instrumentation knows what it has changed, and can be asked to do it in any case.
      const exported: unknown = require(name);
      if (instrumentation instanceof HttpInstrumentation) patch?.(exported);
    }
  }
  if (changed) module.syncBuiltinESMExports();
}

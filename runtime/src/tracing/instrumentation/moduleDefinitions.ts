import type { Instrumentation, InstrumentationModuleDefinition } from '@opentelemetry/instrumentation';

/**
 * The modules that an instrumentation changes when they are loaded. None for one that listens to Node's diagnostics
 * channels instead.
 */
export function moduleDefinitionsOf(instrumentation: Instrumentation): readonly InstrumentationModuleDefinition[] {
  return definesModules(instrumentation) ? instrumentation.getModuleDefinitions() : [];
}

/** The names of all modules that instrumentations change: what hooks of `import` have to look for. */
export function instrumentedModules(instrumentations: readonly Instrumentation[]): readonly string[] {
  const names = instrumentations.flatMap((instrumentation) => moduleDefinitionsOf(instrumentation));
  return [...new Set(names.map(({ name }) => name))];
}

interface DefiningModules {
  getModuleDefinitions(): readonly InstrumentationModuleDefinition[];
}

function definesModules(instrumentation: Instrumentation): instrumentation is Instrumentation & DefiningModules {
  return 'getModuleDefinitions' in instrumentation && typeof instrumentation.getModuleDefinitions === 'function';
}

import type { Instrumentation } from '@opentelemetry/instrumentation';
import { ConfigurationError, type ConfigurationProblem } from '../../core/configurationError.ts';
import { loadApplicationPackage, type PackageLoader } from './adapters/loadApplicationPackage.ts';
import { patchBuiltinModules } from './adapters/patchBuiltinModules.ts';
import { createBuiltInInstrumentation } from './createBuiltInInstrumentation.ts';
import { createNamedInstrumentations, instrumentationPackage } from './createNamedInstrumentations.ts';
import { INSTRUMENTATION_NAMES, type InstrumentationName, isInstrumentationName } from './instrumentationName.ts';
import { UnusableInstrumentation } from './unusableInstrumentation.ts';

/** Which instrumentations are made, and how. */
export interface InstrumentationOptions {
  /**
   * Names that the runtime knows, and packages that the application has installed: `koa` or
   * `@opentelemetry/instrumentation-koa`. A name that comes twice counts once.
   */
  readonly instrumentations: readonly string[];
  /** Paths of incoming requests, without query, that are not traced. */
  readonly ignoreIncomingPaths: readonly string[];
  /** Where the names come from, for messages. @defaultValue `'options'` */
  readonly source?: string;
}

/** What `createInstrumentations` needs from outside; each has a real default. */
export interface InstrumentationPorts {
  /** Loads a package of the application. */
  readonly loadPackage: PackageLoader;
}

/** Packages of instrumentations that the runtime has a name and a set-up of its own for. */
const OWN_PACKAGES: ReadonlyMap<string, InstrumentationName> = new Map([
  ...INSTRUMENTATION_NAMES.map((name) => [`@opentelemetry/instrumentation-${name}`, name] as const),
  ['@fastify/otel', 'fastify'],
]);

/**
 * The instrumentations of a configuration, switched on as they are made. What they record is only safe to send once a
 * `RedactingSpanProcessor` has seen it.
 *
 * @throws ConfigurationError with a problem for every name that cannot be used. No instrumentation is left switched on.
 */
export function createInstrumentations(
  options: InstrumentationOptions,
  { loadPackage = loadApplicationPackage }: Partial<InstrumentationPorts> = {},
): Instrumentation[] {
  const { builtIn, others, problems } = sortNames(options);
  const named: Instrumentation[] = [];
  for (const [packageName, name] of others) {
    const problem = collect(named, packageName, loadPackage);
    if (problem !== undefined) problems.push(describeProblem(name, problem, options));
  }
  if (problems.length > 0) {
    for (const instrumentation of named) instrumentation.disable();
    throw new ConfigurationError(problems);
  }
  const instrumentations = [...builtIn.map((name) => createBuiltInInstrumentation(name, options)), ...named];
  patchBuiltinModules(instrumentations);
  return instrumentations;
}

interface SortedNames {
  readonly builtIn: readonly InstrumentationName[];
  /** Names as they were given, by their packages. */
  readonly others: ReadonlyMap<string, string>;
  readonly problems: ConfigurationProblem[];
}

function sortNames(options: InstrumentationOptions): SortedNames {
  const builtIn = new Set<InstrumentationName>();
  const others = new Map<string, string>();
  const problems: ConfigurationProblem[] = [];
  for (const name of options.instrumentations) {
    const own = isInstrumentationName(name) ? name : OWN_PACKAGES.get(name);
    if (own !== undefined) builtIn.add(own);
    else {
      try {
        others.set(instrumentationPackage(name), name);
      } catch (error) {
        problems.push(describeProblem(name, error, options));
      }
    }
  }
  return { builtIn: [...builtIn], others, problems };
}

/** Adds the instrumentations of a package; returns why there are none. */
function collect(into: Instrumentation[], packageName: string, loadPackage: PackageLoader): unknown {
  try {
    into.push(...createNamedInstrumentations(packageName, loadPackage));
    return undefined;
  } catch (error) {
    return error;
  }
}

function describeProblem(
  name: string,
  problem: unknown,
  { source = 'options' }: InstrumentationOptions,
): ConfigurationProblem {
  if (!(problem instanceof UnusableInstrumentation)) throw problem;
  return {
    option: 'instrumentations',
    value: JSON.stringify(name),
    source,
    allowed: `${INSTRUMENTATION_NAMES.join(', ')}, or an installed package with an instrumentation of OpenTelemetry; ${problem.message}`,
  };
}

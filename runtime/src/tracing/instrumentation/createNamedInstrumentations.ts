import { isObject } from '../../core/isObject.ts';
import type { Instrumentation } from '@opentelemetry/instrumentation';
import type { PackageLoader } from './adapters/loadApplicationPackage.ts';
import { isPackageName } from './isPackageName.ts';
import { UnusableInstrumentation } from './unusableInstrumentation.ts';

/**
 * The package that a name stands for: a name in a scope, or one that says that it is an instrumentation, is the
 * package's own; any other is that of a library with an instrumentation of OpenTelemetry's. `koa` is never loaded for
 * itself, which would be too early for its instrumentation.
 *
 * @throws UnusableInstrumentation for what cannot be the name of a package.
 */
export function instrumentationPackage(name: string): string {
  if (!isPackageName(name)) throw new UnusableInstrumentation('that is not the name of a package');
  return name.startsWith('@') || /instrumentation|otel|opentelemetry/.test(name)
    ? name
    : `@opentelemetry/instrumentation-${name}`;
}

/**
 * The instrumentations of a package that the application has installed, with their own defaults, switched on as they are
 * made.
 *
 * @throws UnusableInstrumentation for a package that is not there, cannot be loaded, or holds no instrumentation.
 */
export function createNamedInstrumentations(packageName: string, loadPackage: PackageLoader): Instrumentation[] {
  const exported = load(packageName, loadPackage);
  const classes = instrumentationClasses(exported);
  if (classes.length === 0)
    throw new UnusableInstrumentation(`${packageName} holds no instrumentation of OpenTelemetry (${list(exported)})`);
  try {
    return classes.map((Class) => new Class());
  } catch (error) {
    throw new UnusableInstrumentation(`the instrumentation of ${packageName} cannot be made: ${describe(error)}`, {
      cause: error,
    });
  }
}

function load(packageName: string, loadPackage: PackageLoader): unknown {
  let loaded;
  try {
    loaded = loadPackage(packageName);
  } catch (error) {
    throw new UnusableInstrumentation(`${packageName} cannot be loaded: ${describe(error)}`, { cause: error });
  }
  if (loaded.found) return loaded.exports;
  const places = loaded.searched.join(', ');
  throw new UnusableInstrumentation(
    `${packageName} is not installed where the application could load it (from ${places}): npm install ${packageName}`,
  );
}

type InstrumentationClass = new () => Instrumentation;

/** A module may be the class itself, have it as its default, or have several under their names. */
function instrumentationClasses(exported: unknown): readonly InstrumentationClass[] {
  const candidates: unknown[] = [exported, ...(isObject(exported) ? Object.values<unknown>({ ...exported }) : [])];
  return [...new Set(candidates)].filter(isInstrumentationClass);
}

function isInstrumentationClass(value: unknown): value is InstrumentationClass {
  if (typeof value !== 'function') return false;
  const prototype: unknown = value.prototype;
  return isObject(prototype) && METHODS.every((method) => typeof Reflect.get(prototype, method) === 'function');
}

const METHODS = ['enable', 'disable', 'setTracerProvider', 'getConfig', 'init'] as const;

function list(exported: unknown): string {
  const names = isObject(exported) ? Object.keys(exported) : [];
  return names.length === 0 ? 'it exports nothing' : `it exports ${names.slice(0, 8).join(', ')}`;
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

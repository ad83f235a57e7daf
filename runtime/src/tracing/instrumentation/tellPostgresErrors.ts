import { context, type Span, trace } from '@opentelemetry/api';
import type { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { isErrorObject } from '../../core/thrown/isErrorObject.ts';
import { type AnyFunction, isFunction } from '../spans/anyFunction.ts';
import { tellThrown } from '../spans/thrownHook.ts';

/** The methods of the instrumentation (0.77.0) that wrap those of `pg`. */
const PATCHES = ['_getClientQueryPatch', '_getClientConnectPatch', '_getPoolConnectPatch'];

/** What the instrumentation records of an error: its class and its code. */
const TEXT_OF_ERROR = /^PostgreSQL error of type '.*' occurred \(code: .*\)$/s;

/**
 * Tells of the errors themselves that queries and connections end with. On its spans the instrumentation records but a text
 * with class and code of them, of which nobody can tell where it was thrown.
 */
export function tellPostgresErrors(pg: Pick<PgInstrumentation, 'getConfig' | 'setConfig'>): void {
  let ofQuery: Span | undefined;
  pg.setConfig({ ...pg.getConfig(), requestHook: (span) => (ofQuery = span) });
  // A query's span is not active while it runs; that of a connection is.
  const takeSpan = (): Span | undefined => {
    const span = ofQuery ?? trace.getSpan(context.active());
    ofQuery = undefined;
    return span;
  };
  for (const name of PATCHES) {
    const patchOf: unknown = Reflect.get(pg, name);
    if (!isFunction(patchOf)) continue;
    Reflect.set(pg, name, () => {
      const patch: unknown = Reflect.apply(patchOf, pg, []);
      return isFunction(patch)
        ? (original: AnyFunction): unknown => Reflect.apply(patch, undefined, [telling(original, takeSpan)])
        : patch;
    });
  }
}

/** The method as it is; what it fails with is told on its way out. */
function telling(original: AnyFunction, takeSpan: () => Span | undefined): AnyFunction {
  return function (this: unknown, ...given: unknown[]): unknown {
    const span = takeSpan();
    if (span === undefined) return Reflect.apply(original, this, given);
    const callback = given.at(-1);
    const args = isFunction(callback) ? [...given.slice(0, -1), tellingCallback(callback, span)] : given;
    try {
      const result: unknown = Reflect.apply(original, this, args);
      return result instanceof Promise ? result.catch((error: unknown) => throwTold(span, error)) : result;
    } catch (error) {
      return throwTold(span, error);
    }
  };
}

function tellingCallback(callback: AnyFunction, span: Span): AnyFunction {
  return function (this: unknown, error: unknown, ...results: unknown[]): unknown {
    if (isErrorObject(error)) tellThrown(span, error, isTextOfError);
    return Reflect.apply(callback, this, [error, ...results]);
  };
}

function throwTold(span: Span, error: unknown): never {
  tellThrown(span, error, isTextOfError);
  throw error;
}

function isTextOfError(text: string): boolean {
  return TEXT_OF_ERROR.test(text);
}

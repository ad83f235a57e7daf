import { attempt } from '../attempt.ts';
import { mountPattern } from './mountPattern.ts';

/** What is read of a request of Express. */
export interface ExpressRouting {
  /** The path that the routers around the current one took: of the URL, no pattern. */
  readonly baseUrl?: string;
  readonly route?: unknown;
  readonly params?: unknown;
}

/**
 * Finds the pattern of the route that answers a request of Express, from now on.
 *
 * What Express says at the end is not enough. `baseUrl` is that of the router in which a handler failed only until the
 * handler of errors is called, and it is text of the URL: whoever asks chooses its values and how it is spelt. Hence each
 * mount is looked at when it is entered, while its own pattern and parameters are to be seen.
 *
 * @returns the pattern of the route that was chosen last
 */
export function expressRoute(request: ExpressRouting): () => string | undefined {
  const initial = request.baseUrl ?? '';
  // The routers that were entered before this one have left no pattern of theirs.
  const patterns = new Map([[initial, mountPattern(initial, request.params, undefined)]]);
  let entered = initial;
  let template: string | undefined;
  watch(request, 'baseUrl', (value) => {
    const url = typeof value === 'string' ? value : '';
    if (url.length > entered.length && url.startsWith(entered)) {
      const own = mountPattern(url.slice(entered.length), request.params, patternOf(request));
      patterns.set(url, `${patterns.get(entered) ?? ''}${own}`);
    }
    entered = url;
  });
  watch(request, 'route', (route) => {
    const path = pathOf(route);
    template = path === undefined ? undefined : `${patterns.get(entered) ?? ''}${path}`;
  });
  return () => template;
}

/** Tells of the values that a property is given. It stays what it was for everybody else, who may watch it too. */
function watch(request: ExpressRouting, key: 'baseUrl' | 'route', see: (value: unknown) => void): void {
  let current: unknown = request[key];
  const before = Object.getOwnPropertyDescriptor(request, key);
  Object.defineProperty(request, key, {
    configurable: true,
    enumerable: true,
    get: () => current,
    set: (value: unknown) => {
      current = value;
      before?.set?.call(request, value);
      attempt('the route of a request could not be seen', () => see(value));
    },
  });
}

/** The pattern that the current layer matched by, which routers from 2.3 on keep for their own tracing. */
function patternOf(request: ExpressRouting): unknown {
  const key = Object.getOwnPropertySymbols(request).find(({ description }) => description === PATTERN_SYMBOL);
  return key && Reflect.get(request, key);
}

const PATTERN_SYMBOL = 'router.tracing.matchedRoute';

function pathOf(route: unknown): string | undefined {
  if (typeof route !== 'object' || route === null || !('path' in route)) return undefined;
  const { path } = route;
  return Array.isArray(path) ? path.map(String).join('|') : String(path);
}

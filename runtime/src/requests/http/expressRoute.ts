import { attempt } from '../attempt.ts';
import { declaredPattern, mountPattern, UNKNOWN_MOUNT } from './mountPattern.ts';

/** What is read of a request of Express. */
export interface ExpressRouting {
  /** The path that the routers around the current one took: of the URL, no pattern. */
  readonly baseUrl?: string;
  readonly route?: unknown;
  readonly params?: unknown;
}

/** Who is told of routes, and where they are. */
export interface ExpressRouteWatch {
  /** The pattern of the mount that the request is in already. @defaultValue `/*`, where it is in one */
  readonly mountedAt?: string | undefined;
  /** Is told the pattern of a route when it is chosen; the next one where that passes the request on. */
  readonly onRoute: (pattern: string) => void;
}

/**
 * Watches for the patterns of the routes that answer a request of Express, from now on.
 *
 * What Express says at the end is not enough. `baseUrl` is that of the router in which a handler failed only until the
 * handler of errors is called, and it is text of the URL: whoever asks chooses its values and how it is spelt. Hence each
 * mount is looked at when it is entered, while its own pattern and parameters are to be seen. Routers that were entered
 * before have left neither.
 */
export function watchExpressRoute(request: ExpressRouting, { mountedAt, onRoute }: ExpressRouteWatch): void {
  const initial = request.baseUrl ?? '';
  const around = mountedAt === undefined ? undefined : declaredPattern(mountedAt);
  const patterns = new Map([[initial, around ?? (initial === '' ? '' : UNKNOWN_MOUNT)]]);
  let entered = initial;
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
    if (path !== undefined) onRoute(`${patterns.get(entered) ?? ''}${path}`);
  });
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

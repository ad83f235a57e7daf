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
 * handler of errors is called, and has the values of the parameters that the router is mounted with. Hence it is looked at
 * when the route is chosen, and values of parameters that were seen until then become their names again.
 *
 * @returns the pattern of the route that was chosen last
 */
export function expressRoute(request: ExpressRouting): () => string | undefined {
  const names = new Map<string, string>();
  let template: string | undefined;
  watch(request, 'params', (params) => noteParams(params, names));
  watch(request, 'route', (route) => {
    const path = pathOf(route);
    template = path === undefined ? undefined : `${mountTemplate(request.baseUrl, names)}${path}`;
  });
  return () => template;
}

/** Tells of the value that a property has and of those that it is given. It stays what it was for everybody else. */
function watch(request: ExpressRouting, key: 'params' | 'route', see: (value: unknown) => void): void {
  let current: unknown = request[key];
  see(current);
  Object.defineProperty(request, key, {
    configurable: true,
    enumerable: true,
    get: () => current,
    set: (value: unknown) => {
      current = value;
      see(value);
    },
  });
}

function noteParams(params: unknown, names: Map<string, string>): void {
  if (typeof params !== 'object' || params === null) return;
  for (const [name, value] of Object.entries(params) as [string, unknown][]) {
    if (typeof value === 'string') names.set(value, `:${name}`);
    // What a wildcard took: its segments.
    else if (Array.isArray(value)) for (const segment of value as unknown[]) names.set(String(segment), `*${name}`);
  }
}

function pathOf(route: unknown): string | undefined {
  if (typeof route !== 'object' || route === null || !('path' in route)) return undefined;
  const { path } = route;
  return Array.isArray(path) ? path.map(String).join('|') : String(path);
}

function mountTemplate(baseUrl: string | undefined, names: ReadonlyMap<string, string>): string {
  if (baseUrl === undefined || names.size === 0) return baseUrl ?? '';
  const segments = baseUrl
    .split('/')
    .map((segment) => (segment === '' ? '' : (names.get(decoded(segment)) ?? segment)));
  return segments.filter((segment, index) => !segment.startsWith('*') || segment !== segments[index - 1]).join('/');
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

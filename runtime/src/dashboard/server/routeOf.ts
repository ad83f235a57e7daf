/** Where everything of the API is. */
export const API = '/api/v1';

/** The route of a view or an action: `errors/{id}` as Hono writes it. */
export function routeOf(prefix: string, path: string): string {
  return `${API}/${prefix}${path.replace(/\{(\w+)\}/g, ':$1')}`;
}

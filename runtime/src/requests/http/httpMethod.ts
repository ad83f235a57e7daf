/** The methods of RFC 9110, PATCH of RFC 5789 and QUERY: anybody can send any other word. */
export const HTTP_METHODS: ReadonlySet<string> = new Set([
  'CONNECT',
  'DELETE',
  'GET',
  'HEAD',
  'OPTIONS',
  'PATCH',
  'POST',
  'PUT',
  'QUERY',
  'TRACE',
]);

/** A method as it is named in operations: `OTHER` where it is none of the usual ones. */
export function httpMethod(method: string | undefined): string {
  return method !== undefined && HTTP_METHODS.has(method) ? method : 'OTHER';
}

import type { IncomingHttpHeaders } from 'node:http';

/** What of a request decides whether it is answered at all. */
export interface RequestHead {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

/** Why a request is not answered. */
export interface Refusal {
  readonly status: 400 | 403 | 405;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Why a request must not be answered; undefined for one that may. It refuses names that another site's DNS could point
 * here (DNS rebinding), targets that are no path, methods that nobody needs, and what a page of another origin sends.
 *
 * @param methods - Those that what lies behind the gateway knows.
 */
export function refusalOf(
  { method = '', url = '', headers }: RequestHead,
  methods: readonly string[],
): Refusal | undefined {
  if (!isLoopbackName(headers.host)) return { status: 403, text: 'this address answers to localhost only' };
  if (!/^\/(?!\/)/.test(url)) return { status: 400, text: 'the request target is not a path' };
  if (!methods.includes(method)) {
    const allow = methods.join(', ');
    return { status: 405, text: `method ${method} is not served; allowed: ${allow}`, headers: { allow } };
  }
  if ((method === 'POST' || method === 'DELETE') && isOfAnotherOrigin(headers)) {
    return { status: 403, text: 'a page of another origin may not change anything here' };
  }
  return undefined;
}

function isLoopbackName(host: string | undefined): boolean {
  const name = (host ?? '').replace(/:\d+$/, '');
  return name === 'localhost' || name === '127.0.0.1' || name === '[::1]';
}

/** Programs that are no browser send neither header (Fetch Metadata Request Headers; RFC 6454). */
function isOfAnotherOrigin(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  return headers.origin !== undefined && headers.origin !== `http://${headers.host ?? ''}`;
}

import { ApiProblem, problemOf } from './apiProblem.ts';

/** Longer than the server waits for its peers and for Jaeger. */
const TIMEOUT_MILLIS = 20_000;

/** What comes next where no answer came: views are asked for again, nothing is done twice. */
const READING = 'It is tried again by itself.';
const DOING = 'Whether it was done is not known: look first, then try again.';

/** An answer, and what to show the next time to be told only of changes. */
export interface Fetched<Body> {
  readonly body: Body;
  readonly etag: string | null;
}

/** What may be said beside the path. */
export interface GetOptions {
  readonly query?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Of the answer that is shown. */
  readonly etag?: string | null;
}

/** Addresses are relative: the page may be mounted anywhere. */
export function apiUrl(path: string, query: Readonly<Record<string, string>> = {}): string {
  const search = new URLSearchParams(query).toString();
  return `api/v1/${path}${search === '' ? '' : `?${search}`}`;
}

/**
 * @returns `undefined` where nothing changed
 * @throws ApiProblem
 */
export async function getJson<Body>(path: string, options: GetOptions = {}): Promise<Fetched<Body> | undefined> {
  const { query, signal, etag } = options;
  const response = await send(apiUrl(path, query), {
    ...(signal && { signal }),
    headers: etag ? { 'if-none-match': etag } : {},
  });
  if (response.status === 304) return undefined;
  if (!response.ok) throw await problemOf(response);
  // The server checks what it says against the schema that this type is made of.
  return { body: (await response.json()) as Body, etag: response.headers.get('etag') };
}

/** @throws ApiProblem */
export async function postJson<Body>(path: string, body: object, method: 'POST' | 'DELETE' = 'POST'): Promise<Body> {
  const response = await send(apiUrl(path), {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw await problemOf(response);
  return (response.status === 204 ? undefined : await response.json()) as Body;
}

async function send(url: string, init: RequestInit): Promise<Response> {
  const timeout = AbortSignal.timeout(TIMEOUT_MILLIS);
  const signal = init.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
  try {
    return await fetch(url, { ...init, signal, cache: 'no-store', credentials: 'same-origin' });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    const what = timeout.aborted ? `did not answer within ${TIMEOUT_MILLIS / 1000} s` : 'cannot be reached';
    throw new ApiProblem(`The application ${what}. ${init.method === undefined ? READING : DOING}`, 0);
  }
}

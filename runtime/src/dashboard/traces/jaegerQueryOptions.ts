import { checkOptions, type OptionKind, type OptionKinds, PLAIN_URL, wholeNumber } from '../../core/optionKinds.ts';
import { isRecord } from '../../core/isRecord.ts';
import { Secret } from '../../core/secret.ts';
import type { Credentials } from '../../tracing/export/exporterConfig.ts';

/** Where Jaeger's query API is, and how it is asked. */
export interface JaegerQueryOptions {
  /**
   * Its address, as this process reaches it: `http://jaeger-query:16686`, with the path that Jaeger was given by
   * `QUERY_BASE_PATH`, but without `/api`.
   */
  readonly url: string;
  /** What a proxy before it wants to see: a bearer token, or name and password. @defaultValue none */
  readonly credentials?: Credentials;
  /** Further headers, such as that of a tenant. @defaultValue none */
  readonly headers?: Readonly<Record<string, Secret>>;
  /** How long a query may take with its whole answer, in milliseconds, 100 to 60,000. @defaultValue 5000 */
  readonly timeoutMillis?: number;
  /** The largest answer that is read, in bytes when unpacked, 1024 to 268,435,456. @defaultValue 33,554,432 */
  readonly maxAnswerBytes?: number;
  /** How many queries are under way at once, 1 to 100; others wait within their time. @defaultValue 4 */
  readonly maxQueries?: number;
}

/** Everything that is not needed has its default. */
export type ResolvedJaegerQueryOptions = Required<Omit<JaegerQueryOptions, 'credentials' | 'url'>> &
  Pick<JaegerQueryOptions, 'credentials'> & {
    /** Without a slash at its end. */
    readonly url: string;
  };

const HEADERS: OptionKind = {
  allowed: 'an object with names of headers and, as Secret, values that a header can have',
  accepts: (value) => isRecord(value) && Object.entries(value).every(([name, each]) => isHeader(name, each)),
  // Somebody may have given secrets as texts.
  shown: (value) => (isRecord(value) ? Object.keys(value).join(', ') : typeof value),
};

const CREDENTIALS: OptionKind = {
  allowed: 'an object with token, or with username and password; token and password as Secret',
  accepts: isCredentials,
  shown: (value) => (isRecord(value) ? `an object with ${Object.keys(value).join(', ')}` : typeof value),
};

/** What each option may be. */
export const JAEGER_QUERY_OPTION_KINDS: OptionKinds<JaegerQueryOptions> = {
  url: PLAIN_URL,
  credentials: CREDENTIALS,
  headers: HEADERS,
  timeoutMillis: wholeNumber(100, 60_000),
  maxAnswerBytes: wholeNumber(1024, 268_435_456),
  maxQueries: wholeNumber(1, 100),
};

/** @throws ConfigurationError with everything that is wrong; it holds no secret */
export function resolveJaegerQueryOptions(options: JaegerQueryOptions): ResolvedJaegerQueryOptions {
  // One that is left out is no URL either; options that are not typed may lack it.
  const given: unknown = isRecord(options) ? { ...options, url: (options['url'] as unknown) ?? null } : options;
  checkOptions(given, JAEGER_QUERY_OPTION_KINDS, 'Jaeger query');
  const { origin, pathname } = new URL(options.url);
  return {
    ...(options.credentials && { credentials: options.credentials }),
    url: `${origin}${pathname.replace(/\/+$/, '')}`,
    headers: options.headers ?? {},
    timeoutMillis: options.timeoutMillis ?? 5000,
    maxAnswerBytes: options.maxAnswerBytes ?? 32 * 1024 * 1024,
    maxQueries: options.maxQueries ?? 4,
  };
}

function isCredentials(value: unknown): boolean {
  if (!isRecord(value)) return false;
  if ('token' in value) return Object.keys(value).length === 1 && isHeader('authorization', value['token']);
  const { username, password, ...more } = value;
  // A colon in the name would be taken for the one before the password.
  const isName = typeof username === 'string' && username !== '' && !username.includes(':');
  return isName && password instanceof Secret && Object.keys(more).length === 0;
}

/** What `fetch` would refuse, with the value in its message. */
function isHeader(name: string, value: unknown): boolean {
  return (
    /^[!#$%&'*+.^_`|~\w-]+$/.test(name) && value instanceof Secret && /^[\t\x20-\x7e\x80-\xff]*$/.test(value.reveal())
  );
}

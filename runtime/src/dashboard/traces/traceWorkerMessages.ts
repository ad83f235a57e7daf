import type { Credentials } from '../../tracing/export/exporterConfig.ts';
import { Secret } from '../../core/secret.ts';
import type { JaegerQueryOptions } from './jaegerQueryOptions.ts';
import { TraceQueryError, type TraceQueryErrorKind } from './traceQueryError.ts';
import type { TraceReader } from './traceReader.ts';

/** What the thread that reads traces can be asked for. */
export type TraceMethod = Exclude<keyof TraceReader, 'address' | 'stop'>;

/** A question to the thread. */
export interface TraceQuestion {
  readonly number: number;
  readonly method: TraceMethod;
  readonly given: readonly unknown[];
}

/** What it answers: a value, or what went wrong. */
export interface TraceAnswer {
  readonly number: number;
  readonly value?: unknown;
  readonly problem?: { readonly kind: TraceQueryErrorKind; readonly message: string; readonly status?: number };
}

/** How Jaeger is asked, as it can be handed to a thread: secrets are texts. */
export interface PlainQueryOptions extends Omit<JaegerQueryOptions, 'headers' | 'credentials'> {
  readonly headers: Readonly<Record<string, string>>;
  readonly token?: string;
  readonly login?: { readonly username: string; readonly password: string };
}

/** What is wrong, as it can be handed to another thread. */
export function problemOf(thrown: unknown): TraceAnswer['problem'] {
  if (!(thrown instanceof TraceQueryError)) {
    const message = thrown instanceof Error ? thrown.message : 'unknown';
    return { kind: 'broken', message: `the trace could not be read (${message})` };
  }
  const { kind, message, status } = thrown;
  return { kind, message, ...(status !== undefined && { status }) };
}

/** The options with their secrets revealed, for a thread of this process. */
export function plainOptions({ headers = {}, credentials, ...rest }: JaegerQueryOptions): PlainQueryOptions {
  return {
    ...rest,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.reveal()])),
    ...(credentials && plainCredentials(credentials)),
  };
}

/** What `plainOptions` was given. */
export function optionsOfPlain({ headers, token, login, ...rest }: PlainQueryOptions): JaegerQueryOptions {
  return {
    ...rest,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, new Secret(value)])),
    ...(token !== undefined && { credentials: { token: new Secret(token) } }),
    ...(login && { credentials: { username: login.username, password: new Secret(login.password) } }),
  };
}

function plainCredentials(credentials: Credentials): Pick<PlainQueryOptions, 'token' | 'login'> {
  if ('token' in credentials) return { token: credentials.token.reveal() };
  return { login: { username: credentials.username, password: credentials.password.reveal() } };
}

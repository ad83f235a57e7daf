import type { IncomingMessage } from 'node:http';

/** What a handler is given. */
export interface RouteRequest {
  readonly message: IncomingMessage;
  /** The values of the pattern's `:name` parts, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** What a handler answers with. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
  /** Of a body that is sent as the text that it is. @defaultValue the body is sent as JSON */
  readonly contentType?: string;
}

/** One endpoint of a service. */
export interface Route {
  readonly method: 'GET' | 'POST';
  /** Such as `/orders/:id`; it names the server span, so it never holds a value. */
  readonly pattern: string;
  readonly handle: (request: RouteRequest) => Promise<Reply>;
}

/** The parameters of `path` where it fits `pattern`, else `undefined`. */
export function matchPath(pattern: string, path: string): Readonly<Record<string, string>> | undefined {
  const names = pattern.split('/');
  const values = path.split('/');
  if (names.length !== values.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, name] of names.entries()) {
    const value = values[index] ?? '';
    if (name.startsWith(':') && value !== '') parameters[name.slice(1)] = value;
    else if (name !== value) return undefined;
  }
  return parameters;
}

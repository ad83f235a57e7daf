import type { z } from '@hono/zod-openapi';

/** What is answered where a request fails (RFC 9457). */
export interface Problem {
  /** What describes the kind: nothing beyond the title. @defaultValue 'about:blank' */
  readonly type?: string;
  readonly status: number;
  /** What kind of thing went wrong, the same for all of a kind. */
  readonly title: string;
  /** What went wrong this time, and what to do. */
  readonly detail: string;
  readonly problems?: readonly { readonly path: string; readonly message: string }[];
}

/** Something of the page's own is wrong. */
export const INTERNAL: Problem = {
  status: 500,
  title: 'Internal error',
  detail: 'Something went wrong inside; the application was told.',
};

/** Ends a request with a problem. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, title: string, detail: string, headers: Readonly<Record<string, string>> = {}) {
    super(detail);
    this.problem = { status, title, detail };
    this.headers = headers;
  }
}

/** The answer that says a problem. */
export function problemResponse(problem: Problem, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify({ type: 'about:blank', ...problem }), {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers },
  });
}

/** Everything that is wrong with what was asked. */
export function problemOfInput({ issues }: z.ZodError): Problem {
  const problems = issues.map(({ path, message }) => ({ path: path.map(String).join('.') || 'query', message }));
  const said = problems.map(({ path, message }) => `${path}: ${message}`).join('; ');
  return { status: 400, title: 'What was asked is wrong', detail: `${said}.`, problems };
}

/** Somebody asks too often.
 *
 * @param waitSeconds - after which it is worth trying again */
export function tooMany(waitSeconds: number): ProblemError {
  return tooOften('There were too many requests.', waitSeconds);
}

/** There were too many wrong tokens.
 *
 * @param waitSeconds - after which one is looked at again */
export function tooManyTokens(waitSeconds: number): ProblemError {
  return tooOften('There were too many wrong tokens.', waitSeconds);
}

function tooOften(what: string, waitSeconds: number): ProblemError {
  const detail = `${what} Try again in ${waitSeconds} s.`;
  return new ProblemError(429, 'Too many requests', detail, { 'retry-after': String(waitSeconds) });
}

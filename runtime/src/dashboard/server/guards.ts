import type { MiddlewareHandler } from 'hono';
import { parsedJson } from '../../core/parsedJson.ts';
import type { AppContext } from './appContext.ts';
import type { Role } from './authentication/identity.ts';
import { roleOfToken } from './authentication/accessTokens.ts';
import { ambientIdentity, type RequestIdentity } from './authentication/requestIdentity.ts';
import { ProblemError, tooManyTokens } from './problem.ts';
import { readBody } from './readBody.ts';
import type { AppEnvironment, RequestEnvironment } from './requestEnvironment.ts';
import { isCrossSite } from './requestOrigin.ts';

const ALLOWED: Readonly<Record<Role, readonly Role[]>> = {
  read: ['read', 'operate'],
  operate: ['operate'],
  peer: ['peer'],
};

/** Lets those through who have a role, or one that may do more. */
export function requireRole(context: AppContext, needed: Role): MiddlewareHandler<AppEnvironment> {
  return async (c, next) => {
    const { method, headers } = c.req.raw;
    const found = await whoAsks(context, c.req.raw, c.env);
    if (!ALLOWED[needed].includes(found.identity.role)) {
      throw new ProblemError(403, 'Not allowed', `This needs the role ${needed}; yours is ${found.identity.role}.`);
    }
    if (method !== 'GET' && method !== 'HEAD' && found.isAmbient) requireOwnPage(headers);
    c.set('identity', found.identity);
    c.set('viewer', found.viewer);
    await next();
  };
}

/** @throws ProblemError for strangers */
async function whoAsks(
  context: AppContext,
  { method, url, headers }: Request,
  { address }: RequestEnvironment,
): Promise<RequestIdentity> {
  const token = bearerToken(headers);
  const role = token === undefined ? undefined : roleOfGivenToken(context, token, address);
  if (role) return { identity: { role, name: `token (${role})` }, isAmbient: false, viewer: `token ${address}` };
  const { authentication } = context;
  const found = await ambientIdentity(authentication, { method, url: pathAndQuery(url), headers, address });
  if (found) return found;
  // The application may have tokens of its own: only now it is known to be wrong.
  if (token !== undefined) refuseToken(context, address);
  throw new ProblemError(401, 'Who is there?', 'Log in with the token that the application printed when it started.');
}

/** The role of a token; of an address that gave too many wrong ones, none is looked at. */
export function roleOfGivenToken(
  { authentication, wrongTokens }: AppContext,
  token: string,
  address: string | undefined,
): Role | undefined {
  return wrongTokens.waitSeconds(address) > 0 ? undefined : roleOfToken(authentication.tokens, token);
}

/**
 * Counts a token that lets nobody in.
 *
 * @throws ProblemError where there were too many
 */
export function refuseToken({ wrongTokens }: AppContext, address: string | undefined): void {
  const waitSeconds = wrongTokens.waitSeconds(address) || wrongTokens.count(address);
  if (waitSeconds > 0) throw tooManyTokens(waitSeconds);
}

/** What a browser was made to do by another site's page is not done. */
export function requireOwnPage(headers: Headers): void {
  if (!isCrossSite(headers)) return;
  throw new ProblemError(403, 'Another site', "This was asked by another site's page.");
}

/**
 * The body of a request: an object of JSON. Forms are refused: other sites' pages can send them.
 *
 * @param parsedBody - what the application has read of it already
 */
export async function readObject(
  request: Request,
  { parsedBody }: Pick<RequestEnvironment, 'parsedBody'>,
): Promise<Readonly<Record<string, unknown>>> {
  const type = (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    throw new ProblemError(415, 'Not JSON', 'A body is JSON, and its content-type says application/json.');
  }
  const read = parsedBody ?? (await readBody(request));
  const body = typeof read === 'string' || Buffer.isBuffer(read) ? parsedJson(read.toString()) : read;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new ProblemError(400, 'What was said is wrong', 'The body is no object of JSON.');
  }
  return body as Readonly<Record<string, unknown>>;
}

function bearerToken(headers: Headers): string | undefined {
  return /^Bearer (.+)$/i.exec(headers.get('authorization') ?? '')?.[1];
}

function pathAndQuery(url: string): string {
  const { pathname, search } = new URL(url);
  return `${pathname}${search}`;
}

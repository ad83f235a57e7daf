import { type OpenAPIHono, z } from '@hono/zod-openapi';
import type { AppContext } from './appContext.ts';
import type { Identity } from './authentication/identity.ts';
import { nameOf } from './authentication/requestIdentity.ts';
import { readObject, refuseToken, requireOwnPage, requireRole, roleOfGivenToken } from './guards.ts';
import { ProblemError } from './problem.ts';
import type { AppEnvironment } from './requestEnvironment.ts';
import { API } from './routeOf.ts';

const SESSION = `${API}/session`;

const WRONG_TOKEN =
  'That is no token of this application. It printed one when it started; a restart may have made a new one.';

/** What is said to log in. */
const logIn = z.strictObject({ token: z.string().min(1).max(1_000), name: z.string().max(200).optional() });

/** Logging in by a token, asking who one is, and logging out. */
export function sessionRoutes(app: OpenAPIHono<AppEnvironment>, context: AppContext): void {
  const { sessions } = context.authentication;
  const said = ({ role, name }: Identity) => ({ role, name, canLeave: sessions !== undefined });
  app.get(SESSION, requireRole(context, 'read'), (c) =>
    c.json(said(c.get('identity')), 200, { 'cache-control': 'no-store' }),
  );
  app.post(SESSION, async (c) => {
    requireOwnPage(c.req.raw.headers);
    if (sessions === undefined) {
      throw new ProblemError(404, 'Not found', 'The application says who somebody is: log in there.');
    }
    const { token, name } = logIn.parse(await readObject(c.req.raw, c.env));
    const role = roleOfGivenToken(context, token, c.env.address);
    if (role === undefined) refuseToken(context, c.env.address);
    if (role === undefined || role === 'peer') throw new ProblemError(401, 'Wrong token', WRONG_TOKEN);
    const identity = { role, name: nameOf(name, role) };
    return c.json(said(identity), 200, { 'set-cookie': sessions.issue(identity, c.env), 'cache-control': 'no-store' });
  });
  app.delete(SESSION, (c) => {
    requireOwnPage(c.req.raw.headers);
    return c.body(null, 204, sessions ? { 'set-cookie': sessions.end(c.env) } : {});
  });
}

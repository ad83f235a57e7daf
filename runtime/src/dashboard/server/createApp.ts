import { OpenAPIHono } from '@hono/zod-openapi';
import { ZodError } from 'zod';
import { RefusedActionError } from '../api/action.ts';
import type { AppContext } from './appContext.ts';
import { apiRoutes } from './apiRoutes.ts';
import { describeApi } from './describeApi.ts';
import { exportRoutes } from './exportRoutes.ts';
import { liveRoute } from './liveRoute.ts';
import { INDEX, pageFileResponse } from './pageFiles.ts';
import { partRoutes } from './partRoutes.ts';
import { INTERNAL, ProblemError, problemOfInput, problemResponse, tooMany } from './problem.ts';
import type { AppEnvironment } from './requestEnvironment.ts';
import { isAllowedHost } from './requestOrigin.ts';
import { SECURITY_HEADERS } from './securityHeaders.ts';
import { sessionRoutes } from './sessionRoutes.ts';

const EVERYTHING = '/*';

const NOT_BUILT =
  'The page was not built. In a checkout of Tracewright: npm run build --workspace runtime. The package has it built; ' +
  'the API works without: see api/openapi.json.';

/** The page's HTTP application. Nothing of it throws: what goes wrong is answered as a problem. */
export function createApp(context: AppContext): OpenAPIHono<AppEnvironment> {
  const app = new OpenAPIHono<AppEnvironment>();
  app.use(async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) c.res.headers.set(name, value);
  });
  app.use(async (c, next) => {
    if (context.isStopped()) throw new ProblemError(503, 'Stopped', 'The page was stopped.');
    const waitSeconds = context.requestLimits.take(c.env.address);
    if (waitSeconds > 0) throw tooMany(waitSeconds);
    if (!isAllowedHost(c.req.header('host'), context.hosts)) {
      throw new ProblemError(
        421,
        'Unknown host',
        'The page is not served under this name; see the option allowedHosts.',
      );
    }
    await next();
  });
  sessionRoutes(app, context);
  liveRoute(app, context);
  partRoutes(app, context);
  exportRoutes(app, context);
  apiRoutes(app, context);
  describeApi(app, context);
  pageRoutes(app, context);
  app.onError((error) => answerTo(error, context.onError));
  return app;
}

/** The files of the page; whatever has no other route ends here. */
function pageRoutes(app: OpenAPIHono<AppEnvironment>, { pageFiles }: AppContext): void {
  app.all(EVERYTHING, async (c) => {
    const path = c.req.path.replace(/^\/+/, '');
    const isPage = path === '';
    const file = (await pageFiles()).get(isPage ? INDEX : path);
    const allowed = isPage || file ? ['GET', 'HEAD'] : methodsAt(app, c.req.path);
    if (allowed.length === 0) return problemResponse(notFound(c.req.path));
    if (!allowed.includes(c.req.method)) return notAllowed(c.req.method, allowed.join(', '));
    if (isPage && c.env.lacksSlash) return c.redirect(`${c.env.mount.replace(/^.*\//, '')}/`, 308);
    if (file) return pageFileResponse(file, c.req.raw.headers);
    return problemResponse({ status: 503, title: 'The page is missing', detail: NOT_BUILT });
  });
}

function notAllowed(method: string, allow: string): Response {
  const detail = `${method} is not done here, but ${allow}.`;
  return problemResponse({ status: 405, title: 'Not allowed', detail }, { allow });
}

/** What can be done at a path beside asking for a file. */
function methodsAt(app: OpenAPIHono<AppEnvironment>, path: string): readonly string[] {
  const methods = ['GET', 'POST', 'DELETE'].filter((method) => {
    const [matches] = app.router.match(method, path);
    return matches.some(([[, route]]) => route.method === method && route.path !== EVERYTHING);
  });
  return methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
}

function notFound(path: string) {
  const shown = path.slice(0, 200);
  return {
    status: 404,
    title: 'Not found',
    detail: `There is nothing at ${shown}. See api/openapi.json for what there is.`,
  };
}

function answerTo(error: Error, onError: (error: Error) => void): Response {
  if (error instanceof ProblemError) return problemResponse(error.problem, error.headers);
  if (error instanceof ZodError) return problemResponse(problemOfInput(error));
  if (error instanceof RefusedActionError) {
    return problemResponse({ status: 409, title: 'It cannot be done as things stand', detail: error.message });
  }
  onError(error);
  return problemResponse(INTERNAL);
}

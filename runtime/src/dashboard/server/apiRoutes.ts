import type { OpenAPIHono } from '@hono/zod-openapi';
import type { AppContext } from './appContext.ts';
import type { SerializedAnswer } from './answers.ts';
import { readObject, requireRole } from './guards.ts';
import { ProblemError } from './problem.ts';
import type { AppEnvironment } from './requestEnvironment.ts';
import { routeOf } from './routeOf.ts';
import { sharedBody } from './sharedBody.ts';

/** What people are told, and what they do. */
export function apiRoutes(app: OpenAPIHono<AppEnvironment>, context: AppContext): void {
  const { views, actions, parts, answers, live } = context;
  for (const view of views) {
    app.get(routeOf('', view.path), requireRole(context, 'read'), async (c) => {
      const answer = await answers.get(view, { ...c.req.query(), ...c.req.param() });
      return answerResponse(answer, c.req.raw.headers);
    });
  }
  for (const action of actions) {
    app.post(routeOf('', action.path), requireRole(context, 'operate'), async (c) => {
      const input = { ...(await readObject(c.req.raw, c.env)), ...c.req.param() };
      const { output, done, failed } = await parts.perform(action, input, { name: c.get('identity').name });
      if (done.length === 0) throw new ProblemError(404, 'Not found', 'No instance has what this is about.');
      answers.forget();
      live.touch('errors');
      return c.json({ output, done, failed }, 200, { 'cache-control': 'no-store' });
    });
  }
}

function answerResponse({ body, gzip, etag }: SerializedAnswer, headers: Headers): Response {
  const common = { etag, vary: 'accept-encoding', 'cache-control': 'no-store' };
  if (headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers: common });
  const isSmall = gzip !== undefined && /\bgzip\b/.test(headers.get('accept-encoding') ?? '');
  const bytes = isSmall ? gzip : body;
  return new Response(sharedBody(bytes), {
    headers: {
      ...common,
      'content-type': 'application/json',
      'content-length': String(bytes.length),
      ...(isSmall && { 'content-encoding': 'gzip' }),
    },
  });
}

import type { OpenAPIHono } from '@hono/zod-openapi';
import type { AppContext } from './appContext.ts';
import { requireRole } from './guards.ts';
import { ProblemError } from './problem.ts';
import type { AppEnvironment } from './requestEnvironment.ts';
import { API } from './routeOf.ts';
import { SECURITY_HEADERS } from './securityHeaders.ts';

const STREAM_HEADERS = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store',
  // Proxies that keep answers back until they are whole would keep this one for ever.
  'x-accel-buffering': 'no',
};

/** The stream that tells what changed. */
export function liveRoute(app: OpenAPIHono<AppEnvironment>, context: AppContext): void {
  app.get(`${API}/live`, requireRole(context, 'read'), (c) => {
    // It ends with its headers: a stream without a body would be told nothing, and hold the connection.
    if (c.req.method === 'HEAD') return c.body(null, 200, STREAM_HEADERS);
    const { live } = context;
    const viewer = c.get('viewer');
    const refusal = live.refusalOf(viewer);
    if (refusal !== undefined) throw new ProblemError(503, 'Too many viewers', refusal, { 'retry-after': '10' });
    const stream = c.env.openStream({ ...SECURITY_HEADERS, ...STREAM_HEADERS }, () => leave());
    const leave = live.add(stream, viewer);
    return c.env.taken;
  });
}

import type { OpenAPIHono } from '@hono/zod-openapi';
import { Readable } from 'node:stream';
import { requestsExport } from '../api/requests/requestsExport.ts';
import type { AppContext } from './appContext.ts';
import { requireRole } from './guards.ts';
import { ProblemError } from './problem.ts';
import type { AppEnvironment } from './requestEnvironment.ts';
import { API } from './routeOf.ts';

/** Downloads, of this instance alone. Read as fast as they are taken. To be added before the views: their paths are wider. */
export function exportRoutes(app: OpenAPIHono<AppEnvironment>, context: AppContext): void {
  app.get(`${API}/requests/export`, requireRole(context, 'read'), (c) => {
    const download = requestsExport(context.source, c.req.query());
    if (download === undefined) {
      throw new ProblemError(404, 'Not found', 'Requests are not tracked: createObservability({ requests: false }).');
    }
    const { text, fileName } = download;
    // Types of the DOM's and of Node's streams of the web differ in name alone.
    return new Response(Readable.toWeb(text) as ReadableStream<Uint8Array>, {
      headers: {
        'content-type': text.contentType,
        'content-disposition': `attachment; filename="${fileName}"`,
        'cache-control': 'no-store',
      },
    });
  });
}

import type { OpenAPIHono } from '@hono/zod-openapi';
import { RefusedActionError } from '../api/action.ts';
import { peerActionInputSchema } from '../peers/peerPartSchema.ts';
import type { AppContext } from './appContext.ts';
import { readObject, requireRole } from './guards.ts';
import type { AppEnvironment } from './requestEnvironment.ts';
import { API, routeOf } from './routeOf.ts';

const PARTS = 'parts/';

/** What replicas are told of each other. */
export function partRoutes(app: OpenAPIHono<AppEnvironment>, context: AppContext): void {
  const { views, actions, ownParts, answers, live } = context;
  const { instance } = context.source;
  app.get(`${API}/parts`, requireRole(context, 'peer'), (c) => c.json({ instance }));
  for (const view of views) {
    app.get(routeOf(PARTS, view.path), requireRole(context, 'peer'), async (c) => {
      const { parts } = await ownParts.collect(view, { ...c.req.query(), ...c.req.param() });
      return c.json({ instance, part: parts[0]?.part });
    });
  }
  for (const action of actions) {
    app.post(routeOf(PARTS, action.path), requireRole(context, 'peer'), async (c) => {
      const { input, actor } = peerActionInputSchema.parse(await readObject(c.req.raw, c.env));
      try {
        const { output } = await ownParts.perform(action, { ...input, ...c.req.param() }, actor);
        answers.forget();
        live.touch('errors');
        return c.json({ instance, output });
      } catch (error) {
        if (error instanceof RefusedActionError) return c.json({ instance, refused: error.message });
        throw error;
      }
    });
  }
}

import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { requestsExportQuery } from '../api/requests/requestsExportSchema.ts';
import { answerSchema, instanceAnswerSchema } from '../api/instanceSchema.ts';
import type { AppContext } from './appContext.ts';
import { requireRole } from './guards.ts';
import type { AppEnvironment } from './requestEnvironment.ts';
import { API } from './routeOf.ts';

const problem = z
  .object({
    type: z.string(),
    status: z.int(),
    title: z.string(),
    detail: z.string(),
    problems: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .openapi('Problem', { description: 'RFC 9457' });

/** Makes the OpenAPI document of the schemas that check: `api/openapi.json`. */
export function describeApi(app: OpenAPIHono<AppEnvironment>, context: AppContext): void {
  const { openAPIRegistry: registry } = app;
  registry.registerComponent('securitySchemes', 'token', { type: 'http', scheme: 'bearer' });
  const security = [{ token: [] }];
  for (const { path, summary, query, result } of context.views) {
    registry.registerPath({
      method: 'get',
      path: `${API}/${path}`,
      summary,
      security,
      request: inputsOf(path, query),
      responses: { 200: json('What was found', answerSchema(result)), ...problems },
    });
  }
  for (const { path, summary, input, output } of context.actions) {
    const { params, query: body } = inputsOf(path, input);
    registry.registerPath({
      method: 'post',
      path: `${API}/${path}`,
      summary,
      security,
      request: { params, body: { content: { 'application/json': { schema: body } } } },
      responses: { 200: json('What was done, and where', performed(output)), ...problems },
    });
  }
  registry.registerPath({
    method: 'get',
    path: `${API}/requests/export`,
    summary: 'Finished requests of this instance, as a file',
    security,
    request: { query: requestsExportQuery },
    responses: { 200: { description: 'The file', content: DOWNLOADS }, ...problems },
  });
  const info = { title: 'Tracewright', version: '1', description: 'What the page shows, for programs.' };
  // Takes a tenth of a second, and is always the same.
  let document: string | undefined;
  app.get('/api/openapi.json', requireRole(context, 'read'), (c) => {
    document ??= JSON.stringify(app.getOpenAPI31Document({ openapi: '3.1.0', info }));
    return c.body(document, 200, { 'content-type': 'application/json' });
  });
}

function performed(output: z.ZodType) {
  return z.object({ output, done: z.array(z.string()), failed: z.array(instanceAnswerSchema) });
}

function json(description: string, schema: z.ZodType) {
  return { description, content: { 'application/json': { schema } } };
}

const DOWNLOADS = Object.fromEntries(
  ['text/csv', 'application/x-ndjson', 'application/json'].map((type) => [type, { schema: z.string() }]),
);

const problems = {
  default: { description: 'What went wrong', content: { 'application/problem+json': { schema: problem } } },
};

/** Which of the inputs are in the path, and which are not. */
function inputsOf(path: string, all: z.ZodObject): { readonly params: z.ZodObject; readonly query: z.ZodObject } {
  const params: Record<string, z.ZodType> = {};
  const query: Record<string, z.ZodType> = {};
  for (const [name, schema] of Object.entries<z.ZodType>(all.shape)) {
    (path.includes(`{${name}}`) ? params : query)[name] = schema;
  }
  return { params: z.strictObject(params), query: z.strictObject(query) };
}

import { z } from '@hono/zod-openapi';
import { beforeAll, describe, expect, it } from 'vitest';
import { answerSchema } from '../../../../../runtime/src/dashboard/api/instanceSchema.ts';
import { ACTIONS, VIEWS } from '../../../../../runtime/src/dashboard/api/views.ts';
import { problemIn, READ, shownApp } from '../../../../support/shownApp.ts';

const schemaReference = z.looseObject({});
const content = z.record(z.string(), z.object({ schema: schemaReference }));
const operation = z.looseObject({
  summary: z.string().min(10),
  security: z.tuple([z.object({ token: z.tuple([]) })]),
  parameters: z
    .array(z.looseObject({ name: z.string(), in: z.enum(['query', 'path']), schema: schemaReference }))
    .optional(),
  requestBody: z.looseObject({ content }).optional(),
  responses: z.object({
    200: z.object({ description: z.string(), content }),
    default: z.object({ description: z.string(), content }),
  }),
});
/** What is used of OpenAPI 3.1. */
const openApi = z.looseObject({
  openapi: z.literal('3.1.0'),
  info: z.object({ title: z.string(), version: z.string(), description: z.string() }),
  components: z.looseObject({ schemas: z.record(z.string(), schemaReference) }),
  paths: z.record(
    z.string().startsWith('/api/v1/'),
    z.strictObject({ get: operation.optional(), post: operation.optional() }),
  ),
});

/** What has to be asked for where a question cannot be empty. */
const ASKED: Readonly<Record<string, string>> = {
  'performance/series': '?metric=process.cpu.utilization',
  'traces/{id}/find': '?text=till',
};
const IDS: readonly (readonly [RegExp, string])[] = [
  [/^traces\//, '0123456789abcdef0123456789abcdef'],
  [/^requests\//, 'r-1'],
];

let document: z.infer<typeof openApi>;
let text: string;

beforeAll(async () => {
  text = await (await shownApp().ask('/api/openapi.json', { token: READ })).text();
  document = openApi.parse(JSON.parse(text));
});

describe('the OpenAPI document', () => {
  it('is for those who may look', async () => {
    expect((await shownApp().ask('/api/openapi.json')).status).toBe(401);
  });

  it('has every view and every action, the download, and nothing else', () => {
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    const there = [
      ...VIEWS.map(({ path }) => `get /api/v1/${path}`),
      'get /api/v1/requests/export',
      ...ACTIONS.map(({ path }) => `post /api/v1/${path}`),
    ];
    expect(described.sort()).toEqual(there.sort());
  });

  it('refers to nothing that it does not have', () => {
    const references = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name ?? '');
    expect(references.length).toBeGreaterThan(10);
    expect(references.filter((name) => !(name in document.components.schemas))).toEqual([]);
    expect(text).not.toMatch(/"\$ref":"(?!#\/components\/schemas\/)/);
  });

  it('names every variable of each path, and has a body for each action', () => {
    for (const [path, { get, post }] of Object.entries(document.paths)) {
      const variables = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      for (const described of [get, post]) {
        if (described === undefined) continue;
        const named = (described.parameters ?? []).filter((parameter) => parameter.in === 'path');
        expect([path, named.map(({ name }) => name)]).toEqual([path, variables]);
      }
      if (post) expect(post.requestBody?.content['application/json']).toBeDefined();
    }
  });

  it('describes problems as they are', async () => {
    const problem = z.fromJSONSchema(document.components.schemas['Problem'] as z.core.JSONSchema.BaseSchema);
    const said = await problemIn(await shownApp().ask('/api/v1/accounting?x=1', { token: READ }));
    expect(problem.parse(said)).toEqual(said);
  });
});

describe('what the document describes', () => {
  it.each(VIEWS.map((view) => [view.path, view] as const))('is answered as it says: %s', async (path, view) => {
    const { ask, groupId, errors } = shownApp();
    const id = IDS.find(([pattern]) => pattern.test(path))?.[1] ?? groupId;
    const answer = await ask(`/api/v1/${path.replace('{id}', id)}${ASKED[path] ?? ''}`, { token: READ });
    const said: unknown = await answer.json();
    expect([answer.status, said]).toEqual([200, answerSchema(view.result).parse(said)]);
    expect(errors).toEqual([]);
  });

  it('is downloaded as it says', async () => {
    const described = document.paths['/api/v1/requests/export']?.get?.responses[200].content ?? {};
    for (const format of ['csv', 'ndjson', 'json']) {
      const { status, headers } = await shownApp().ask(`/api/v1/requests/export?format=${format}`, { token: READ });
      expect([status, headers.get('content-type')?.split(';')[0]]).toEqual([
        200,
        expect.toBeOneOf(Object.keys(described)),
      ]);
    }
  });

  it.each(ACTIONS.map(({ path }) => path))('is refused without a token: %s', async (path) => {
    const { say } = shownApp();
    expect((await say(`/api/v1/${path.replace('{id}', '0123456789abcdef')}`, {})).status).toBe(401);
  });
});

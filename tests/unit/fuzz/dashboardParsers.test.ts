import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ZodError } from 'zod';
import { Secret } from '../../../runtime/src/core/secret.ts';
import { jaegerTraceSchema } from '../../../runtime/src/dashboard/traces/jaegerTrace.ts';
import { dataOfAnswer } from '../../../runtime/src/dashboard/traces/jaegerAnswer.ts';
import { TraceQueryError } from '../../../runtime/src/dashboard/traces/traceQueryError.ts';
import { parseTraceId } from '../../../runtime/src/dashboard/traces/traceId.ts';
import { tagsOfText } from '../../../runtime/src/dashboard/api/traces/tagsOfText.ts';
import { traceSummary } from '../../../runtime/src/dashboard/traces/traceSummary.ts';
import { waterfall } from '../../../runtime/src/dashboard/traces/waterfall.ts';
import { ACTIONS, VIEWS } from '../../../runtime/src/dashboard/api/views.ts';
import { requestsExportQuery } from '../../../runtime/src/dashboard/api/requests/requestsExportSchema.ts';
import { fitsSchema } from '../../../runtime/src/dashboard/peers/fitsSchema.ts';
import { peerActionInputSchema, peerPartSchema } from '../../../runtime/src/dashboard/peers/peerPartSchema.ts';
import { SessionCookies } from '../../../runtime/src/dashboard/server/authentication/sessionCookies.ts';
import { roleOfToken } from '../../../runtime/src/dashboard/server/authentication/accessTokens.ts';
import { clientAddress } from '../../../runtime/src/dashboard/server/clientAddress.ts';
import { isAllowedHost, isCrossSite } from '../../../runtime/src/dashboard/server/requestOrigin.ts';
import { readSnapshot } from '../../../runtime/src/dashboard/state/readSnapshot.ts';
import { fuzz, fuzzText, fuzzValue } from '../../support/fuzzParser.ts';
import { damagedText, hostileText, SECRET } from '../../support/hostileArbitraries.ts';
import { OPERATE, PEER, READ, shownApp } from '../../support/shownApp.ts';
import { traceOf } from '../runtime/dashboard/traces/jaegerFixture.ts';

const trace = traceOf([{ id: 'a' }, { id: 'b', parent: 'a', with: { error: true, 'http.method': 'GET' } }]);

it('an answer of Jaeger is a trace that can be drawn, or refused', async () => {
  await fuzzText(
    [JSON.stringify({ data: trace })],
    (body) => {
      const answer = { address: 'http://jaeger', status: 200, location: null, body };
      const read = dataOfAnswer(answer, jaegerTraceSchema);
      return [waterfall(read), traceSummary(read)];
    },
    { throws: [TraceQueryError] },
  );
  await fuzzValue([trace], (value) => {
    const read = jaegerTraceSchema.safeParse(value);
    return read.success && [waterfall(read.data), traceSummary(read.data)];
  });
});

it("what Jaeger refuses with is told on one line, without the rest of a log-in's address", async () => {
  const answers = fc.record({
    address: fc.constant('http://jaeger'),
    status: fc.constantFrom(301, 400, 401, 404, 414, 429, 500, 502, 504, 999),
    location: fc.oneof(hostileText, fc.constantFrom(null, `https://login/?token=${SECRET}`)),
    body: damagedText(['{"errors":[{"msg":"no"}]}']).map((text) => text.replaceAll(SECRET, '')),
  });
  await fuzz([], answers, (answer) => dataOfAnswer(answer, jaegerTraceSchema), {
    throws: [TraceQueryError],
    mayQuote: false,
  });
});

it('tags and IDs that people seek by are read, or refused', async () => {
  await fuzzText(['error=true http.route="GET /a b"', 'a="\\""'], tagsOfText, { throws: [TraceQueryError] });
  await fuzzText(['6b873b28ebbe7b5804a8b3093329bfb8'], (text) => {
    expect(parseTraceId(text) ?? '0'.repeat(16)).toMatch(/^[\da-f]{16}(?:[\da-f]{16})?$/);
  });
});

it.each([...VIEWS, ...ACTIONS].map((each) => [each.path, each.parse] as const))(
  'what %s is asked with is taken, or all that is wrong with it is told',
  async (_path, parse) => {
    const asked = { from: '1', to: '2', limit: '5', id: 'a', cursor: 'x', text: 'a', state: 'completed', note: 'n' };
    const parseAny = (value: unknown): unknown => parse({ ...Object(value) } as Record<string, unknown>);
    await fuzzValue([asked], parseAny, { throws: [ZodError], runs: 30 });
    // One at a time: beside a key that is not known, nothing else is looked at.
    for (const key of Object.keys(asked))
      await fuzzText([], (text) => parse({ [key]: text }), { throws: [ZodError], runs: 5 });
  },
);

it('what an export is asked with is taken, or refused', async () => {
  await fuzzValue([{ format: 'csv', state: 'completed' }], (value) => requestsExportQuery.safeParse(value));
});

it('what a replica answers fits, or does not', async () => {
  const instance = { id: 'a', service: 's', hostName: 'h', pid: 1, sinceMillis: 1 };
  await fuzzValue([{ instance, part: {} }], (value) => fitsSchema(peerPartSchema, value));
  await fuzzValue([{ input: { id: 'a' }, actor: { name: 'a' } }], (value) => fitsSchema(peerActionInputSchema, value));
  for (const { part } of VIEWS) await fuzzValue([], (value) => fitsSchema(part, value), { runs: 10 });
});

it('a cookie or a token that nobody gave lets nobody in', async () => {
  const tokens = { operate: new Secret(OPERATE), read: new Secret(READ), peer: new Secret(PEER) };
  const cookies = new SessionCookies(tokens, () => 0);
  const given = cookies.issue({ role: 'read', name: 'a' }, { mount: '', isSecure: true }).split(';', 1)[0] ?? '';
  expect(cookies.sessionOf(given)?.identity).toEqual({ role: 'read', name: 'a' });
  await fuzzText([`tracewright_session=${Buffer.from('["operate","a",9e15]').toString('base64url')}.AAAA`], (text) => {
    expect([cookies.sessionOf(text), roleOfToken(tokens, text)]).toEqual([undefined, undefined]);
  });
  // Whatever is changed in the cookie: it says the same as before, or nothing.
  await fuzz([], damagedText([given]), (text) => {
    expect([undefined, 'read']).toContain(cookies.sessionOf(text)?.identity.role);
  });
});

it('headers say where a browser is, and whether another site sent it', async () => {
  await fuzzText(['10.0.0.1, ::ffff:10.0.0.2', '[::1]:80', 'shop.example'], (text) => {
    const answers = [clientAddress('10.0.0.1', text, 2), isAllowedHost(text, { names: ['shop.example'] })];
    return [...answers, isCrossSite(new Headers({ origin: encodable(text), host: 'shop.example' }))];
  });
});

it('a snapshot is read as far as it is one, and nothing of it is told', async () => {
  const lines = '{"format":"tracewright error groups","version":1}\n{"id":"a"}\n{"groups":1}\n';
  await fuzzText([lines, ''], async (text) => {
    const { problems } = await readSnapshot(Readable.from([text]));
    expect(problems.join()).not.toContain(SECRET);
  });
});

it('any request is answered, never as an error of the page itself, and never with a token', async () => {
  const paths = [
    ...VIEWS.map(({ path }) => path),
    ...ACTIONS.map(({ path }) => path),
    'session',
    'parts/overview',
    'live',
    'x',
  ];
  const requests = fc.record({
    method: fc.constantFrom('GET', 'POST', 'DELETE', 'PUT', 'HEAD'),
    path: fc.constantFrom(...paths),
    inPath: hostileText,
    query: fc.dictionary(fc.constantFrom('id', 'from', 'limit', 'cursor', 'text', 'filter'), hostileText, {
      maxKeys: 3,
    }),
    body: damagedText(['{"id":"a","note":"n"}', `{"token":"${OPERATE}"}`]),
    token: fc.constantFrom(undefined, READ, OPERATE, PEER, 'wrong'),
    cookie: fc.string({ unit: fc.constantFrom('a', '=', ';', '.', ' ', '"', '%', '_'), maxLength: 30 }),
  });
  const { ask, errors, host } = shownApp();
  await fuzz([], requests, async ({ method, path, inPath, query, body, token, cookie }) => {
    host.advance(60_000);
    const address = `/api/v1/${path.replace(/\{\w+\}/g, () => encodable(inPath))}?${encodableQuery(query)}`;
    const hasBody = method !== 'GET' && method !== 'HEAD';
    const answer = await ask(address, {
      method,
      headers: { 'content-type': 'application/json', cookie },
      ...(hasBody && { body }),
      ...(token !== undefined && { token }),
    });
    expect([address, answer.status < 500 || answer.status === 503]).toEqual([address, true]);
    if (path !== 'live') expect(await answer.text()).not.toMatch(/the token (to|of)/);
  });
  expect(errors).toEqual([]);
});

function encodable(text: string): string {
  return encodeURIComponent(text.slice(0, 300).toWellFormed());
}

function encodableQuery(query: Readonly<Record<string, string>>): string {
  return Object.entries(query)
    .map(([name, text]) => `${name}=${encodable(text)}`)
    .join('&');
}

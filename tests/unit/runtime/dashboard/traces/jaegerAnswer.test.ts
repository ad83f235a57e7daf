import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { dataOfAnswer, type QueryAnswer } from '../../../../../runtime/src/dashboard/traces/jaegerAnswer.ts';
import { jaegerTraceSchema } from '../../../../../runtime/src/dashboard/traces/jaegerTrace.ts';
import { listOf } from '../../../../../runtime/src/dashboard/traces/listOf.ts';
import { traceOf } from './jaegerFixture.ts';

const address = 'http://jaeger:16686';
const names = z.array(z.string()).nullable();

const good: QueryAnswer = { address, status: 200, location: null, body: '{"data":["shop"],"errors":null,"total":1}' };

function jaegerError(status: number, msg: string): Partial<QueryAnswer> {
  return { status, body: JSON.stringify({ data: null, errors: [{ code: status, msg }] }) };
}

describe('an answer of Jaeger', () => {
  it('is its data', () => {
    expect(dataOfAnswer(good, names)).toEqual(['shop']);
    expect(dataOfAnswer({ ...good, body: '{"data":null}' }, names)).toBeNull();
  });

  it('may say more than is known of it', () => {
    const trace = traceOf([{ id: 'a' }]);
    const spans = trace.spans?.map((span) => ({ ...span, flags: 1, traceID: trace.traceID }));
    const body = JSON.stringify({ data: [{ ...trace, spans, next: true }] });
    expect(dataOfAnswer({ ...good, body }, listOf(jaegerTraceSchema))).toEqual([trace]);
  });

  it.each([
    [{ spans: 'none' }, '0.spans: Invalid input: expected array, received string'],
    [{ spans: [{}] }, '0.spans.0.spanID: Invalid input: expected string, received undefined'],
    [{ traceID: 7 }, '0.traceID: Invalid input: expected string, received number'],
  ])('is none with a trace that has %j', (broken, where) => {
    const body = JSON.stringify({ data: [{ ...traceOf([]), ...broken }] });
    expect(() => dataOfAnswer({ ...good, body }, listOf(jaegerTraceSchema))).toThrow(
      expect.objectContaining({
        kind: 'broken',
        message: `${address} answers in a form that is not that of Jaeger 1.50 (${where}); see which version it is`,
      }),
    );
  });

  it.each([
    ['traces', (rubbish: string) => rubbish, '0.traceID'],
    ['spans', (rubbish: string) => `[{"traceID":"a","processes":null,"spans":${rubbish}}]`, '0.spans.0.spanID'],
    [
      'tags',
      (rubbish: string) => `[{"traceID":"a","spans":null,"processes":{"p":{"serviceName":"s","tags":${rubbish}}}}]`,
      '0.processes.p.tags.0.key',
    ],
  ])('is given up at the first of many %s that are none', (_, around, where) => {
    const body = `{"data":${around(`[${'{},'.repeat(300_000)}{}]`)}}`;
    expect(() => dataOfAnswer({ ...good, body }, listOf(jaegerTraceSchema))).toThrow(
      expect.objectContaining({ kind: 'broken', message: expect.stringContaining(`(${where}: `) as unknown }),
    );
  });

  it('has processes of any name', () => {
    const body =
      '{"data":[{"traceID":"a","spans":null,"processes":{"__proto__":{"serviceName":"s"},"p1":{"serviceName":"t"}}}]}';
    const [trace] = dataOfAnswer({ ...good, body }, listOf(jaegerTraceSchema));
    expect(Object.entries(trace?.processes ?? {})).toEqual([
      ['__proto__', { serviceName: 's' }],
      ['p1', { serviceName: 't' }],
    ]);
  });

  it.each([
    ['[]', '0.processes: Invalid input: expected object'],
    ['{"p1":{}}', '0.processes.p1.serviceName: Invalid input: expected string, received undefined'],
  ])('is none with processes that are %s', (processes, where) => {
    const body = `{"data":[{"traceID":"a","spans":null,"processes":${processes}}]}`;
    expect(() => dataOfAnswer({ ...good, body }, listOf(jaegerTraceSchema))).toThrow(`(${where})`);
  });

  it.each<[string, Partial<QueryAnswer>, string, string]>([
    [
      'a page of HTML',
      { body: '<!doctype html>\n<title>Jaeger UI' },
      'broken',
      'it says: <!doctype html> <title>Jaeger UI',
    ],
    ['nothing', { body: '' }, 'broken', "not as Jaeger's query API; see that the address"],
    ['other JSON', { body: '[1]' }, 'broken', "not as Jaeger's query API (it says: [1])"],
    ['no such trace', jaegerError(404, 'trace not found'), 'notFound', 'Jaeger has no such trace: trace not found'],
    ['a 404 of another server', { status: 404, body: 'page not found' }, 'broken', 'check the path of the address'],
    [
      'a search that it refuses',
      jaegerError(400, 'bad limit'),
      'badQuery',
      'Jaeger does not understand the search: bad limit',
    ],
    [
      'a storage that is down',
      jaegerError(500, 'no node is available'),
      'broken',
      'answers 500: no node is available; see the log',
    ],
    [
      'a 500 of HTML',
      { status: 500, body: '<h1>\u001b[2JOops</h1>' },
      'broken',
      'answers 500 (it says: <h1> [2JOops</h1>); see the log',
    ],
    ['a missing log-in', { status: 401, body: 'who?' }, 'refused', 'check the credentials'],
    ['a forbidden one', { status: 403, body: '' }, 'refused', 'check the credentials'],
    ['too many requests', { status: 429, body: '' }, 'slow', 'try again in a minute'],
    ['an address that is too long', { status: 414, body: '' }, 'badQuery', 'seek fewer tags'],
    ['a proxy with nobody behind', { status: 503, body: '' }, 'unreachable', 'see whether its pods are ready'],
    ['a proxy that waited', { status: 504, body: '' }, 'slow', 'seek a shorter time'],
    ['a teapot', { status: 418, body: 'short and stout' }, 'broken', 'answers 418 (it says: short and stout)'],
  ])('may be %s', (_, more, kind, message) => {
    expect(() => dataOfAnswer({ ...good, ...more }, names)).toThrow(
      expect.objectContaining({ name: 'TraceQueryError', kind, message: expect.stringContaining(message) as unknown }),
    );
  });

  it.each([
    ['https://login.example/authorize?state=secret', ' to https://login.example, which'],
    ['/login?next=secret', ' to http://jaeger:16686, which'],
    ['http://[', ', which'],
    [null, ', which'],
  ])('that sends to %s is that of a proxy, of which no more than the host is said', (location, message) => {
    const redirection = { ...good, status: 302, location, body: '' };
    expect(() => dataOfAnswer(redirection, names)).toThrow(
      expect.objectContaining({
        kind: 'refused',
        status: 302,
        message: `${address} answers 302 and sends${message} is not followed: a proxy that wants a log-in is likely; give the address of the query service itself, or credentials that the proxy takes`,
      }),
    );
  });
});

// @spec S2.2
import { beforeAll, describe, expect, it } from 'vitest';
import type { ReceivedSpan } from '../support/receivedSpan.ts';
import { runTraced, spansUnder, type TracedRun } from './instrumentationApp.ts';

const STATUS = 'otel.status_description';

let run: TracedRun;

beforeAll(async () => {
  run = await runTraced('http.ts');
});

function childrenOf(parents: readonly ReceivedSpan[]): readonly ReceivedSpan[] {
  return run.spans.filter(({ parentSpanId }) => parents.some(({ spanId }) => spanId === parentSpanId));
}

describe('the instrumentation of HTTP', () => {
  it('leaves the application free to end', () => {
    expect(run.code).toBe(0);
  });

  it.each(['fetch', 'http'])('makes a span of a call through %s and hands it on to the server', (scenario) => {
    const sent = new RegExp(`^${scenario} (\\w{16})$`, 'm').exec(run.output)?.[1];
    const [call] = run.spans.filter(({ spanId }) => spanId === sent);
    expect(call).toMatchObject({ name: 'GET', tags: { 'span.kind': 'client', 'http.response.status_code': 200 } });
    expect(childrenOf(call === undefined ? [] : [call])).toMatchObject([
      { name: 'GET', tags: { 'span.kind': 'server', 'url.path': '/items', 'url.query': 'token=?&page=?' } },
    ]);
  });

  it('keeps the parts of a URL that say where a call went, and the names of its parameters', () => {
    expect(spansUnder(run, 'fetch', ['url.full', 'server.address'])).toEqual([
      ['GET', expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/items\?token=\?&page=\?$/), '127.0.0.1'],
    ]);
    expect(spansUnder(run, 'http', ['url.full', 'server.address'])).toEqual([
      ['GET', expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/items\?token=\?&page=\?$/), '127.0.0.1'],
      ['GET', expect.stringMatching(/^http:\/\/localhost:\d+\/items\?token=\?$/), 'localhost'],
    ]);
  });

  it('marks calls and answers that failed', () => {
    const [broken, healthy] = spansUnder(run, 'answers', ['http.response.status_code', 'error']);
    expect([broken, healthy]).toEqual([
      ['GET', 500, true],
      ['GET', 200, undefined],
    ]);
    expect(spansUnder(run, 'nobody there', [STATUS])).toEqual([['GET', 'connect ECONNREFUSED 127.0.0.1:1']]);
    expect(spansUnder(run, 'no URL', [STATUS])).toEqual([['GET', 'Invalid URL']]);
  });

  it('makes no span of requests to a path that is not to be traced', () => {
    const server = run.spans.filter(({ tags }) => tags['span.kind'] === 'server');
    expect(server.map(({ tags }) => tags['url.path'])).toEqual(['/items', '/items', '/items', '/broken']);
  });

  it('lets nothing out of URLs, queries, headers, cookies and errors', () => {
    expect(run.packets).not.toMatch(/canary/i);
    expect(run.spans.flatMap(({ tags }) => Object.keys(tags)).filter((key) => /header|user_agent/.test(key))).toEqual(
      [],
    );
  });
});

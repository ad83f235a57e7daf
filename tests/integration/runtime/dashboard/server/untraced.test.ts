import { beforeAll, describe, expect, it } from 'vitest';
import { runTraced, spansUnder, type TracedRun } from '../../instrumentationApp.ts';

let run: TracedRun;

beforeAll(async () => {
  run = await runTraced('dashboard.ts');
});

/** Paths that spans of servers tell of. */
function servedPaths(): readonly unknown[] {
  return run.spans.filter(({ tags }) => tags['span.kind'] === 'server').map(({ tags }) => tags['url.path']);
}

describe('requests for the page', () => {
  it('leave the application free to end', () => {
    expect([run.code, run.output]).toEqual([0, expect.stringContaining('tracked')]);
  });

  it('make no spans of the application where the page listens by itself, or its mount is named, while its own make one', () => {
    expect(servedPaths()).toEqual(['/shop']);
  });

  it('make spans of who asks', () => {
    expect(spansUnder(run, 'page', ['http.response.status_code'])).toEqual([
      ['GET', 200],
      ['GET', 200],
      ['GET', 404],
    ]);
  });

  it('are no tracked requests where the page comes before the middleware', () => {
    expect(/^tracked (\d+)$/m.exec(run.output)?.[1]).toBe('1');
  });
});

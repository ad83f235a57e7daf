import { describe, expect, it } from 'vitest';
import type { ErrorsResult } from '../../../../../../runtime/src/dashboard/api/errors/errorsSchema.ts';
import { errorsView } from '../../../../../../runtime/src/dashboard/api/errors/errorsView.ts';
import type { OverviewResult } from '../../../../../../runtime/src/dashboard/api/overview/overviewSchema.ts';
import { overviewView } from '../../../../../../runtime/src/dashboard/api/overview/overviewView.ts';
import { ErrorTracker } from '../../../../../../runtime/src/errors/errorTracker.ts';
import { RequestTracker } from '../../../../../../runtime/src/requests/requestTracker.ts';
import { FakeHost } from '../../../../../support/fakeHost.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** An instance on a clock of the test's. */
function replica(id: string, version: string, host = new FakeHost()) {
  const requests = new RequestTracker({ stuckAfterMillis: 30_000 }, { host, currentTrace: () => undefined });
  const errors = new ErrorTracker({ release: version, uncaught: false, maxTimeShare: 1 }, { host });
  const instance = { id, service: 'shop', version, hostName: id, pid: 1, sinceMillis: host.wallMillis() };
  const observability = { requests, errors, performance: undefined, tracing: undefined };
  const source = { instance, observability, jaeger: undefined, wallMillis: host.wallMillis };
  const end = (operation: string, millis: number, failed = false, userId?: string) => {
    const request = requests.start({ operation, ...(userId !== undefined && { userId }) });
    request.process();
    host.advance(millis);
    if (failed) request.fail({ type: '503' });
    else request.complete();
  };
  const part = async (window = '1h') => {
    const read = await overviewView.read(source, overviewView.parse({ window }));
    // As a peer sends it.
    return { instance, part: overviewView.parsePart(JSON.parse(JSON.stringify(read))) };
  };
  return { host, requests, errors, instance, source, end, part };
}

type Parts = Parameters<typeof overviewView.merge>[0];

function merged(parts: Parts, window = '1h'): OverviewResult {
  return overviewView.result.parse(overviewView.merge(parts, overviewView.parse({ window }))) as OverviewResult;
}

describe('the overview', () => {
  it('has figures of now, of the window and of the time before', async () => {
    const { host, end, part } = replica('a', '1');
    for (let index = 0; index < 60; index += 1) end('GET /a', MINUTE);
    host.advance(HOUR);
    for (let index = 0; index < 10; index += 1) end('GET /a', 1000, index === 0);
    const { requests } = merged([await part()]);
    expect(requests?.recent).toMatchObject({ count: 10, failed: 1, errorRatio: 0.1 });
    expect(requests?.current).toMatchObject({ count: 11, failed: 1 });
    expect(requests?.before).toMatchObject({ count: 59, failed: 0, errorRatio: 0 });
    expect(requests?.bars).toHaveLength(13);
    expect(requests?.bars.at(-1)).toMatchObject({ count: 10, failed: 1 });
    expect(requests?.bars.reduce((sum, { count }) => sum + count, 0)).toBe(11);
  });

  it('says nothing of a time of which nothing is known', async () => {
    const { end, part } = replica('a', '1');
    end('GET /a', 1000);
    const { requests } = merged([await part()]);
    expect(requests?.before).toBeUndefined();
    expect(requests?.bars).toHaveLength(0);
    expect(merged([await replica('b', '1').part('24h')], '24h').verdict.severity).toBe('unknown');
  });

  it('names stuck requests, slow operations and users in trouble', async () => {
    const { host, requests, end, part } = replica('a', '1');
    for (let index = 0; index < 3; index += 1) {
      end('GET /quick', 10);
      end('GET /slow', 500, true, 'ada');
    }
    requests.start({ operation: 'POST /stuck' }).process();
    host.advance(31_000);
    const { requests: shown, verdict } = merged([await part()]);
    expect(shown?.operations.map(({ operation }) => operation)).toEqual(['GET /slow', 'GET /quick']);
    expect(shown?.failingUsers).toEqual([{ userId: 'ada', count: 3, failures: 3 }]);
    expect(shown).toMatchObject({ unfinished: 1, stuckCount: 1, stuck: [{ operation: 'POST /stuck', instance: 'a' }] });
    expect(verdict.findings.map(({ rule }) => rule)).toEqual(['error-ratio', 'stuck']);
  });

  it('finds that nothing comes in any more, whatever the window', async () => {
    const { host, end, part } = replica('a', '1');
    for (let index = 0; index < 180; index += 1) end('GET /a', 10_000);
    host.advance(6 * MINUTE);
    for (const window of ['5m', '1h', '24h']) {
      const { findings } = merged([await part(window)], window).verdict;
      expect(findings.map(({ rule }) => rule)).toEqual(['nothing-comes-in']);
    }
  });

  it('adds up what replicas say, with percentiles of all requests together', async () => {
    const [a, b] = [replica('a', '1'), replica('b', '1')];
    for (let index = 0; index < 90; index += 1) a.end('GET /a', 100);
    for (let index = 0; index < 10; index += 1) b.end('GET /a', 900);
    const { requests } = merged([await a.part(), await b.part()]);
    expect(requests?.current.count).toBe(100);
    expect(requests?.current.p50Millis).toBeCloseTo(100, -1);
    expect(requests?.current.p95Millis).toBeGreaterThan(890);
    expect(requests?.operations).toMatchObject([{ operation: 'GET /a', count: 100 }]);
  });

  it('takes for new since the deploy what only the new version has, with the requests of both beside each other', async () => {
    const host = new FakeHost();
    const old = replica('a', '1', host);
    old.errors.capture(new Error('known'), { fingerprint: ['known'] });
    old.end('GET /a', 100);
    host.advance(HOUR);
    const fresh = replica('b', '2', host);
    for (const name of ['known', 'new']) fresh.errors.capture(new Error(name), { fingerprint: [name] });
    fresh.end('GET /a', 100, true);
    const { release, errors } = merged([await old.part(), await fresh.part()]);
    expect(release).toMatchObject({ version: '2', previous: '1', sinceMillis: fresh.instance.sinceMillis });
    expect(release.appeared.map(({ message }) => message)).toEqual(['new']);
    expect(release.running).toMatchObject([
      { version: '2', instances: 1, requests: { count: 1, errorRatio: 1 } },
      { version: '1', instances: 1, requests: { count: 1, errorRatio: 0 } },
    ]);
    expect(errors?.pressing.find(({ message }) => message === 'known')?.count).toBe(2);
  });

  it('tells of a group that came back and of who had resolved it, once for all replicas', async () => {
    const [a, b] = [replica('a', '1'), replica('b', '1')];
    for (const { errors } of [a, b]) {
      const receipt = errors.capture(new Error('again'), { fingerprint: ['again'] });
      errors.groups.resolve(receipt?.groupId ?? '', { by: 'Ada' });
    }
    const parts = [await a.part(), await b.part()];
    expect(merged(parts).errors?.changes).toMatchObject([{ to: 'resolved', by: 'Ada' }]);
    expect(merged(parts).errors).toMatchObject({ groups: 1, pressing: [] });
    a.errors.capture(new Error('again'), { fingerprint: ['again'] });
    const { release } = merged([await a.part(), await b.part()]);
    expect(release.regressed).toMatchObject([{ message: 'again' }]);
  });

  it('counts groups as the list does that it leads to, where replicas have some of them in common', async () => {
    const [a, b] = [replica('a', '1'), replica('b', '1')];
    const capture = (one: typeof a, ...names: readonly string[]) =>
      names.map((name) => one.errors.capture(new Error(name), { fingerprint: [name] })?.groupId ?? '');
    const [mended = '', seen = '', halfMended = '', ignored = ''] = capture(
      a,
      'mended',
      'seen',
      'half',
      'ignored',
      'a',
    );
    capture(b, 'mended', 'half', 'ignored', 'b1', 'b2');
    for (const { errors } of [a, b]) errors.groups.resolve(mended);
    a.errors.groups.resolve(halfMended);
    b.errors.groups.setSeverity(halfMended, 'critical');
    a.errors.groups.acknowledge(seen);
    a.errors.groups.ignore(ignored);
    b.errors.groups.resolve(ignored);
    const { errors } = merged([await a.part(), await b.part()]);
    expect(errors).toMatchObject({
      groups: 7,
      unresolved: { low: 0, medium: 4, high: 0, critical: 1 },
      acknowledged: 1,
    });
    const rows = async (state: string) => {
      const query = errorsView.parse({ state });
      const parts = await Promise.all(
        [a, b].map(async ({ source, instance }) => ({ instance, part: await errorsView.read(source, query) })),
      );
      return (errorsView.merge(parts, query) as ErrorsResult).groups.length;
    };
    expect([await rows('unresolved'), await rows('acknowledged')]).toEqual([5, 1]);
  });

  it('takes nothing for new that another replica has known for long', async () => {
    const host = new FakeHost();
    const old = replica('a', '1', host);
    old.errors.capture(new Error('known'), { fingerprint: ['known'] });
    host.advance(25 * HOUR);
    const fresh = replica('b', '2', host);
    for (const { errors } of [old, fresh]) errors.capture(new Error('known'), { fingerprint: ['known'] });
    const { release, errors, verdict } = merged([await old.part(), await fresh.part()]);
    expect(release.appeared).toEqual([]);
    expect(verdict.findings).toEqual([]);
    expect(errors?.pressing).toMatchObject([
      { count: 3, firstSeenMillis: old.instance.sinceMillis, firstRelease: '1' },
    ]);
  });

  it('takes nothing for new since the deploy that came before it', async () => {
    const host = new FakeHost();
    const first = replica('a', '2', host);
    first.errors.capture(new Error('before'), { fingerprint: ['before'] });
    host.advance(HOUR);
    const restarted = { ...(await first.part()), instance: { ...first.instance, sinceMillis: host.wallMillis() } };
    expect(merged([restarted]).release.appeared).toEqual([]);
  });

  it('does not count cancelled requests as failed', async () => {
    const { requests, part } = replica('a', '1');
    requests.start({ operation: 'GET /a' }).cancel();
    const { requests: shown } = merged([await part()]);
    expect(shown?.recent).toMatchObject({ count: 1, failed: 0 });
    expect(shown?.recent.errorRatio).toBeUndefined();
  });

  it('refuses a window that there is not', () => {
    expect(() => overviewView.parse({ window: '2h' })).toThrow();
    expect(() => overviewView.parse({ windows: '1h' })).toThrow();
  });
});

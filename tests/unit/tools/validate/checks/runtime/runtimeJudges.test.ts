import { describe, expect, it } from 'vitest';
import { judgeErrors } from '../../../../../../tools/validate/checks/runtime/errorsRecorded.ts';
import { judgeSignals } from '../../../../../../tools/validate/checks/runtime/exampleMetrics.ts';
import { isLoopback } from '../../../../../../tools/validate/checks/runtime/page.ts';
import { judgeStranger } from '../../../../../../tools/validate/checks/runtime/pageGuarded.ts';
import { judgePerformance } from '../../../../../../tools/validate/checks/runtime/performanceFresh.ts';
import { judgeRequests } from '../../../../../../tools/validate/checks/runtime/requestsTracked.ts';
import { judgeSpans } from '../../../../../../tools/validate/checks/runtime/tracerSound.ts';

const example = { name: 'orders of the example', isExample: true };
const application = { name: 'application at http://shop.test/', isExample: false };

describe('judgeSpans', () => {
  const row = (name: string, count: number, isLoss = false) => ({ name, count, isLoss, meaning: `${name} it.` });
  const account = (lost: number, isBalanced = true) => [
    {
      signal: 'spans',
      balance: 'created = exported + dropped',
      isBalanced,
      rows: [row('created', 1000), row('dropped.queue_full', lost, true)],
    },
  ];
  it.each([
    ['sound', account(0), 'ok', '1000 spans, none dropped'],
    ['losing little', account(10), 'warning', '10 dropped.queue_full of 1000 spans since it began'],
    ['losing much', account(11), 'failed', '11 dropped.queue_full of 1000 spans since it began'],
    ['off', [], 'failed', 'no tracer'],
    ['out of balance', account(0, false), 'failed', 'created 1000, dropped.queue_full 0'],
  ])('of a tracer that is %s', (_, accounts, outcome, found) => {
    expect(judgeSpans('one', accounts)).toMatchObject({ outcome, found });
  });
});

describe('judgeRequests', () => {
  const keeping = { finished: 7, stuck: 0, stuckAfterMillis: 30_000 };
  it('is content where none is stuck', () => {
    const said = { keeping, off: [], requests: [] };
    expect(judgeRequests(example, said)).toMatchObject({ outcome: 'ok', found: '7 kept, none stuck' });
  });
  it('names what stuck requests wait in', () => {
    const stuck = { operation: 'POST /orders', waitsIn: { name: 'pg.query' } };
    const said = { keeping: { ...keeping, stuck: 2 }, off: [], requests: [stuck, stuck] };
    expect(judgeRequests(example, said)).toMatchObject({
      outcome: 'warning',
      found: '2 under way for 30 s or longer: POST /orders in pg.query',
    });
  });
  it('fails for the example that tracks none, and warns of an application, whose choice it may be', () => {
    const said = { off: ['one'], requests: [] };
    expect(judgeRequests(example, said)).toMatchObject({ outcome: 'failed', found: 'requests are not tracked' });
    expect(judgeRequests(application, said).outcome).toBe('warning');
    expect(judgeRequests(example, { keeping, ...said }).found).toBe('requests are not tracked by one');
  });
});

describe('judgePerformance', () => {
  const metric = 'nodejs.eventloop.delay.p99';
  const said = (latest: number, lastMillis: number, raised: { name: string; instance: string }[] = []) => ({
    isOn: true,
    intervalMillis: 30_000,
    raised,
    metrics: [{ name: metric, series: [{ instance: 'one', latest, lastMillis }] }],
  });
  const judge = (...parts: Parameters<typeof said>) => judgePerformance(example, said(...parts), ['one'], 100_000);

  it('takes samples of two intervals at most', () => {
    expect(judge(0.01, 40_000)).toMatchObject([{ outcome: 'ok', found: '60 s ago, at most 0.010 s late' }]);
    expect(judge(0.01, 39_999)).toMatchObject([{ outcome: 'failed', found: 'last measured 60 s ago' }]);
  });
  it('warns of an event loop that is late, and of limits that are passed', () => {
    expect(judge(0.25, 99_000)).toMatchObject([{ outcome: 'ok' }]);
    expect(judge(0.26, 99_000)).toMatchObject([{ outcome: 'warning', found: '0.260 s late' }]);
    expect(judge(0.01, 99_000, [{ name: 'cpu', instance: 'one' }])).toMatchObject([
      { outcome: 'warning', found: '0.010 s late; beyond its limits: cpu' },
    ]);
  });
  it('names each instance of which nothing is known', () => {
    expect(judgePerformance(example, said(0.01, 99_000), ['one', 'two'], 100_000)).toMatchObject([
      { outcome: 'ok' },
      { outcome: 'failed', subject: 'orders of the example, instance two', found: 'nothing was measured' },
    ]);
  });
  it('says that performance is not watched', () => {
    const off = { ...said(0, 0), isOn: false };
    expect(judgePerformance(example, off, ['one'], 0)).toMatchObject([{ outcome: 'failed', found: 'it is not' }]);
    expect(judgePerformance(application, off, ['one'], 0)).toMatchObject([{ outcome: 'warning' }]);
  });
});

describe('judgeErrors', () => {
  const group = { type: 'TypeError', severity: 'high', inWindow: 3 };
  it('counts what is unresolved, and warns of what presses', () => {
    expect(judgeErrors(example, { off: [], groups: [group], total: 1 }, ['one'])).toMatchObject({
      outcome: 'ok',
      found: '1 unresolved groups',
    });
    const pressing = [group, { ...group, severity: 'critical' }, { ...group, spike: {} }];
    expect(judgeErrors(example, { off: [], groups: pressing, total: 3 }, ['one'])).toMatchObject({
      outcome: 'warning',
      found:
        '3 unresolved groups, of which 2 press: TypeError (critical, 3 in the last hour), TypeError (high, 3 in the last hour)',
    });
  });
  it('says which instances track none', () => {
    const off = { off: ['one'], groups: [], total: 0 };
    expect(judgeErrors(example, off, ['one'])).toMatchObject({ outcome: 'failed', found: 'errors are not tracked' });
    expect(judgeErrors(application, off, ['one', 'two'])).toMatchObject({
      outcome: 'warning',
      found: 'errors are not tracked by one',
    });
  });
});

describe('judgeStranger', () => {
  const url = new URL('http://shop.test/admin/');
  it.each([
    [401, false, 'ok'],
    [403, false, 'ok'],
    [429, false, 'unchecked'],
    [200, true, 'ok'],
    [200, false, 'warning'],
    [404, false, 'unchecked'],
    [502, true, 'unchecked'],
  ])('of an answer of %i, on loopback: %s, is %s', (status, isOnLoopback, outcome) => {
    expect(judgeStranger({ name: 'page', url, isOnLoopback }, { status }).outcome).toBe(outcome);
  });

  it.each([
    ['https://login.test/authorize?to=admin', 'ok', 'a stranger is sent elsewhere to log in'],
    ['/login', 'ok', 'a stranger is sent elsewhere to log in'],
    ['https://shop.test/admin/api/v1/overview', 'unchecked', 'to the same path at https://shop.test'],
    ['/admin/api/v1/overview/', 'unchecked', 'to the same path at http://shop.test'],
    ['http://www.shop.test/admin/api/v1/overview?a=1', 'unchecked', 'to the same path at http://www.shop.test'],
    [undefined, 'unchecked', 'and no address'],
  ])('of a redirect to %s is %s', (location, outcome, found) => {
    const judged = judgeStranger(
      { name: 'page', url, isOnLoopback: false },
      { status: 302, ...(location !== undefined && { location }) },
    );
    expect(judged.outcome).toBe(outcome);
    expect(judged.found).toContain(found);
  });

  it.each([
    ['localhost', true],
    ['127.0.0.2', true],
    ['[::1]', true],
    ['127.shop.test', false],
    ['shop.test', false],
  ])('knows whether %s is this machine', (host, expected) => {
    expect(isLoopback(host)).toBe(expected);
  });
});

describe('judgeSignals', () => {
  const whole = [
    'tracewright_spans_queued 1',
    'tracewright_requests_unfinished 0',
    'nodejs_eventloop_delay_p99_seconds 0.01',
    'tracewright_errors_groups 0',
  ];
  it('names the signals that are missing', () => {
    expect(judgeSignals('pod', 200, whole.join('\n')).outcome).toBe('ok');
    const found = 'none of requests, errors';
    expect(judgeSignals('pod', 200, [whole[0], whole[2]].join('\n'))).toMatchObject({ outcome: 'failed', found });
    expect(judgeSignals('pod', 500, whole.join('\n'))).toMatchObject({ outcome: 'failed', found: 'an answer of 500' });
  });
});

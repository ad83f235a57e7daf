import type { V1Pod } from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { alertGroups } from '../../../../../../infra/monitoring/alertGroups.ts';
import type { AlertRule } from '../../../../../../infra/monitoring/alertRule.ts';
import { judgeExposition, scrapedPods } from '../../../../../../tools/validate/checks/monitoring/metricsAnswer.ts';
import { judgeFile } from '../../../../../../tools/validate/checks/monitoring/monitoringFiles.ts';
import { metricNames, neededMetrics } from '../../../../../../tools/validate/checks/monitoring/neededMetrics.ts';
import { judgeObject } from '../../../../../../tools/validate/checks/monitoring/operatorObjects.ts';
import { judgeAlert, ownAlerts } from '../../../../../../tools/validate/checks/monitoring/prometheusAlerts.ts';
import { judgeRule } from '../../../../../../tools/validate/checks/monitoring/prometheusRulesLoaded.ts';
import { judgeTarget } from '../../../../../../tools/validate/checks/monitoring/prometheusTargets.ts';

const stack = {
  namespace: 'tracing',
  agentNamespace: 'tracing-agent',
  streaming: false,
  login: false,
  memoryLimitMebibytes: { agent: 256, collector: 1024, query: 512 },
} as const;

describe('neededMetrics', () => {
  it('are those that alerts read of the pods of a workload, and not what Prometheus says itself', () => {
    expect(neededMetrics(alertGroups(stack), 'jaeger-query')).toEqual([
      'go_memstats_heap_alloc_bytes',
      'jaeger_query_latency_bucket',
      'jaeger_query_requests_total',
    ]);
  });

  it('reads the names of samples, and not those of comments', () => {
    expect([...metricNames('# HELP b B.\na{x="1"} 2\na 3\nc_total 4\n')]).toEqual(['a', 'c_total']);
  });
});

describe('judgeExposition', () => {
  it.each([
    ['all of them', { status: 200, body: 'a 1\nb 2\n' }, 'ok', 'all of them'],
    ['one missing', { status: 200, body: 'a 1\n' }, 'warning', 'without b'],
    ['none of them', { status: 200, body: 'c 1\n' }, 'failed', 'without a, b'],
    ['no metrics', { status: 200, body: '<html>' }, 'failed', 'an answer of 200 without any metric'],
    ['another status', { status: 404, body: 'a 1\nb 2\n' }, 'failed', 'an answer of 404'],
  ])('of an answer with %s', (_, answer, outcome, found) => {
    expect(judgeExposition('Pod tracing/query', answer, ['a', 'b'])).toMatchObject({ outcome, found });
  });
});

function pod(name: string, more: Partial<V1Pod['metadata']> = {}, phase = 'Running'): V1Pod {
  const labels = { 'app.kubernetes.io/name': 'jaeger-query' };
  return { metadata: { namespace: 'tracing', name, labels, ...more }, status: { phase } };
}

describe('scrapedPods', () => {
  it('leaves out those of others, those that leave and those that have ended', () => {
    const target = {
      workload: 'jaeger-query',
      namespace: 'tracing',
      port: { name: 'admin', number: 16687, protocol: 'TCP' },
    } as const;
    const pods = [
      pod('one'),
      pod('starts', {}, 'Pending'),
      pod('leaves', { deletionTimestamp: new Date(0) }),
      pod('failed', {}, 'Failed'),
      pod('elsewhere', { namespace: 'checkout' }),
      pod('other', { labels: { 'app.kubernetes.io/name': 'jaeger-agent' } }),
    ];
    expect(scrapedPods(target, pods).map(({ metadata }) => metadata?.name)).toEqual(['one', 'starts']);
  });
});

describe('judgeFile', () => {
  const rule = { alert: 'QueryDown', expr: 'a > 1', for: '5m' };
  const wanted = { groups: [{ name: 'g', rules: [rule] }] };

  it('takes a file that says the same in another form', () => {
    expect(judgeFile('f', JSON.stringify(wanted, null, 4), wanted).outcome).toBe('ok');
  });

  it.each([
    [undefined, 'missing'],
    ['a: [', 'no YAML'],
    [stringify({ groups: [{ name: 'g', rules: [{ ...rule, expr: 'a > 2' }] }] }), 'another: QueryDown differs'],
    [stringify({ groups: [{ name: 'g', rules: [] }] }), 'another: QueryDown is missing'],
    [
      stringify({ groups: [{ name: 'g', rules: [rule, { ...rule, alert: 'Own' }] }] }),
      "another: Own is not the program's",
    ],
    [stringify({ groups: [{ name: 'h', rules: [rule] }] }), 'another: its order or something beside its entries'],
  ])('says of %j how it differs', (text, found) => {
    expect(judgeFile('f', text, wanted)).toMatchObject({ outcome: 'failed', found });
  });
});

describe('judgeObject', () => {
  const spec = { selector: { matchLabels: { a: 'b' } } };
  it.each([
    ['the same', { spec, metadata: { labels: { release: 'p', more: 'x' } } }, 'ok', 'so'],
    ['none', undefined, 'failed', 'missing'],
    ['another spec', { spec: {}, metadata: { labels: { release: 'p' } } }, 'failed', 'another spec'],
    ['no label', { spec, metadata: { labels: {} } }, 'failed', 'without the label release=p'],
  ])('of %s', (_, object, outcome, found) => {
    expect(judgeObject('PodMonitor tracing/a', object, spec, { release: 'p' })).toMatchObject({ outcome, found });
  });
});

describe('judgeTarget', () => {
  const target = {
    labels: { namespace: 'tracing', pod: 'one' },
    scrapeUrl: 'http://10.0.0.1:16687/metrics',
    health: 'up',
    lastError: '',
  };
  it.each([
    ['up', [target], 'ok', 'up'],
    ['down', [{ ...target, health: 'down', lastError: 'timed out' }], 'failed', 'a target that is down: timed out'],
    ['found just now', [{ ...target, health: 'unknown' }], 'warning', 'a target that was not scraped yet'],
    ['up by one of two jobs', [{ ...target, health: 'down' }, target], 'ok', 'up'],
    [
      "another pod's",
      [{ ...target, labels: { namespace: 'tracing', pod: 'two' } }],
      'failed',
      'no target has its labels "namespace" and "pod"',
    ],
    [
      "a sidecar's alone",
      [{ ...target, scrapeUrl: 'http://10.0.0.1:9090/metrics' }],
      'failed',
      'it is scraped at another port (http://10.0.0.1:9090/metrics), and not at 16687',
    ],
  ])('of a target that is %s', (_, targets, outcome, found) => {
    expect(judgeTarget(pod('one'), targets, 16687)).toMatchObject({ subject: 'Pod tracing/one', outcome, found });
  });
});

const rule: AlertRule = {
  name: 'JaegerQueryDown',
  severity: 'critical',
  expr: 'a > 1',
  forMinutes: 5,
  summary: 'No query service.',
  description: '',
};

describe('judgeRule', () => {
  const loaded = { name: rule.name, type: 'alerting', query: 'a > 1', health: 'ok', duration: 300 };
  it.each([
    ['sound', loaded, 'ok', 'so'],
    ['without evaluation yet', { ...loaded, health: 'unknown' }, 'warning', 'loaded, and not evaluated yet'],
    ['failing', { ...loaded, health: 'err', lastError: 'no' }, 'failed', 'its evaluation fails: no'],
    [
      'waiting for longer',
      { ...loaded, duration: 600 },
      'warning',
      'loaded, but waits for 600 s in place of 300 s before it fires',
    ],
  ])('of a rule that is %s', (_, own, outcome, found) => {
    expect(judgeRule(rule, own, [own])).toMatchObject({ outcome, found });
  });

  it('tells one that is not loaded from one that says something else', () => {
    expect(judgeRule(rule, undefined, [])).toMatchObject({ outcome: 'failed', found: 'not loaded' });
    expect(judgeRule(rule, undefined, [loaded])).toMatchObject({ found: 'loaded with another expression' });
  });
});

describe('judgeAlert', () => {
  const alert = {
    labels: { alertname: rule.name, namespace: 'tracing' },
    annotations: { description: 'Nobody answers.', runbook_url: 'https://wiki.example/JaegerQueryDown' },
    state: 'firing',
  };
  const base = 'https://tracewright.dev/runbooks';

  it('fails for a critical alert that fires, with its runbook', () => {
    expect(judgeAlert(rule, [alert], base)).toEqual({
      outcome: 'failed',
      subject: 'alert JaegerQueryDown',
      expected: 'quiet',
      found: 'firing: Nobody answers.',
      mend: 'follow the runbook: https://wiki.example/JaegerQueryDown',
    });
  });

  it('warns of one that is pending, and of one that is no more than a warning', () => {
    expect(judgeAlert(rule, [{ ...alert, state: 'pending' }], base).outcome).toBe('warning');
    expect(judgeAlert({ ...rule, severity: 'warning' }, [alert], base).outcome).toBe('warning');
    expect(judgeAlert(rule, [], base).outcome).toBe('ok');
  });

  it('fails where the alert that always fires does not', () => {
    const watchdog = { ...rule, name: 'TracewrightWatchdog', severity: 'none' as const };
    expect(judgeAlert(watchdog, [], base)).toMatchObject({ outcome: 'failed', found: 'does not fire' });
    expect(judgeAlert(watchdog, [{ ...alert, state: 'pending' }], base).outcome).toBe('failed');
    expect(judgeAlert(watchdog, [alert], base).outcome).toBe('ok');
  });

  it("leaves out alerts of another stack's namespaces, but not those of applications", () => {
    const elsewhere = { ...alert, labels: { ...alert.labels, namespace: 'other' } };
    expect(ownAlerts(rule, [alert, elsewhere], stack)).toEqual([alert]);
    const ofApplication = { ...alert, labels: { alertname: 'TracewrightSpansDropped', namespace: 'checkout' } };
    expect(ownAlerts({ ...rule, name: 'TracewrightSpansDropped' }, [ofApplication], stack)).toEqual([ofApplication]);
  });
});

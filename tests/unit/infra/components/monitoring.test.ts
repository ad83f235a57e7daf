import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { Monitoring, type MonitoringArgs } from '../../../../infra/components/monitoring.ts';
import { TracingStack, type TracingStackArgs } from '../../../../infra/components/tracingStack.ts';
import { alertGroups } from '../../../../infra/monitoring/alertGroups.ts';
import { prometheusRules } from '../../../../infra/monitoring/prometheusRules.ts';
import { scrapeConfigs } from '../../../../infra/monitoring/scrapeConfig.ts';
import { watchedStack } from '../../../fixtures/alerts/watchedStack.ts';
import { objectsOfResources, packFindings } from '../../policies/support/packFindings.ts';
import { deployed, resolved } from './deployed.ts';

const args: MonitoringArgs = {
  namespace: 'tracing',
  jaegerVersion: '1.50.0',
  stack: watchedStack,
  runbookBaseUrl: 'https://wiki.example/runbooks',
  prometheusOperator: true,
  labels: { release: 'prometheus' },
};
const monitoring = (given: Partial<MonitoringArgs> = {}) =>
  deployed((options) => new Monitoring('monitoring', { ...args, ...given }, options));
const stack = (given: TracingStackArgs) => deployed((options) => new TracingStack('tracing', given, options));
const rules = prometheusRules(alertGroups(watchedStack), { runbookBaseUrl: args.runbookBaseUrl });

describe('Monitoring', () => {
  it('has rules and scrape entries as files, which are what they are made of', async () => {
    const { object, root } = await monitoring();
    const { data } = object('ConfigMap', 'tracewright-monitoring') as { data: Record<string, string> };
    expect(Object.keys(data)).toEqual(['prometheus-rules.yaml', 'prometheus-scrape.yaml']);
    expect(parse(data['prometheus-rules.yaml'] ?? '')).toEqual(rules);
    expect(parse(data['prometheus-scrape.yaml'] ?? '')).toEqual(scrapeConfigs(watchedStack));
    expect(Object.values(data).join('')).not.toMatch(/&a\d|>-/);
    expect(await resolved(root.configMapName)).toBe('tracewright-monitoring');
  });

  it('has a PodMonitor for each component by its labels and port, in the namespace of its pods', async () => {
    const { object, resources } = await monitoring();
    const port = {
      'jaeger-agent': 'admin',
      'jaeger-collector': 'admin',
      'jaeger-query': 'admin',
      'jaeger-ingester': 'admin',
      'oauth2-proxy': 'metrics',
    };
    for (const [name, portName] of Object.entries(port))
      expect(object('PodMonitor', name)).toMatchObject({
        apiVersion: 'monitoring.coreos.com/v1',
        metadata: { name, namespace: 'tracing', labels: { release: 'prometheus', 'app.kubernetes.io/name': name } },
        spec: {
          jobLabel: 'app.kubernetes.io/name',
          namespaceSelector: { matchNames: [name === 'jaeger-agent' ? 'tracing-agent' : 'tracing'] },
          selector: { matchLabels: { 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': 'tracewright' } },
          podMetricsEndpoints: [{ port: portName, path: '/metrics' }],
        },
      });
    expect(resources.filter(({ type }) => type.endsWith(':PodMonitor'))).toHaveLength(6);
  });

  it('has a PodMonitor for applications, anywhere, by a label that names the stack', async () => {
    const { object } = await monitoring();
    expect(object('PodMonitor', 'tracewright-applications')['spec']).toEqual({
      jobLabel: 'app.kubernetes.io/name',
      namespaceSelector: { any: true },
      selector: { matchLabels: { 'tracewright.dev/metrics-to': 'tracing' } },
      podMetricsEndpoints: [{ port: 'metrics', path: '/metrics' }],
    });
  });

  it('has the rules as a PrometheusRule', async () => {
    const { object } = await monitoring();
    expect(object('PrometheusRule', 'tracewright-monitoring')).toMatchObject({
      metadata: { namespace: 'tracing', labels: { release: 'prometheus' } },
      spec: rules,
    });
  });

  it('makes nothing of the operator where that is not asked for', async () => {
    const { resources } = await monitoring({ prometheusOperator: false });
    expect(resources.filter(({ type }) => type.includes('monitoring.coreos.com'))).toEqual([]);
    expect(resources.filter(({ type }) => type.endsWith(':ConfigMap')).map(({ name }) => name)).toContain('monitoring');
  });
});

describe('a stack', () => {
  it('with all of monitoring keeps to the policy pack: its monitors find pods and ports', async () => {
    const { resources } = await stack({ monitoring: { prometheusOperator: true } });
    const objects = objectsOfResources(resources);
    expect(objects.filter(({ kind }) => kind === 'PodMonitor').map(({ name }) => name)).toEqual(
      expect.arrayContaining(['jaeger-agent', 'jaeger-collector', 'jaeger-query', 'tracewright-applications']),
    );
    expect(packFindings(objects)).toEqual([]);
    const advised = packFindings(objects, 'dev', 'advisory').filter((finding) => finding.startsWith('monitor-'));
    expect(advised).toEqual([expect.stringContaining('tracewright-applications') as unknown]);
  });

  it.each([
    ['DaemonSet', 'jaeger-agent', '14271'],
    ['Deployment', 'jaeger-collector', '14269'],
    ['Deployment', 'jaeger-query', '16687'],
  ])('annotates its pods with where metrics are, unless that is switched off: %s %s', async (kind, name, port) => {
    const annotations = async (given: TracingStackArgs): Promise<unknown> => {
      const { spec } = (await stack(given)).object(kind, name) as {
        spec: { template: { metadata: { annotations?: unknown } } };
      };
      return spec.template.metadata.annotations;
    };
    expect(await annotations({})).toEqual({
      'prometheus.io/scrape': 'true',
      'prometheus.io/port': port,
      'prometheus.io/path': '/metrics',
    });
    expect(await annotations({ monitoring: { annotations: false } })).toBeUndefined();
  });
});

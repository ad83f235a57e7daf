import { describe, expect, it } from 'vitest';
import { alertGroups } from '../../../../infra/monitoring/alertGroups.ts';
import { monitoredStack, type MonitoredStack } from '../../../../infra/monitoring/monitoredStack.ts';
import { prometheusRules } from '../../../../infra/monitoring/prometheusRules.ts';
import { parseStackArguments } from '../../../../infra/schema/parseStackConfig.ts';
import { watchedStack } from '../../../fixtures/alerts/watchedStack.ts';

const direct: MonitoredStack = {
  ...watchedStack,
  streaming: false,
  memoryLimitMebibytes: { agent: 256, collector: 512, query: 256 },
};
const expression = (stack: MonitoredStack, name: string): string | undefined =>
  alertGroups(stack)
    .flatMap(({ rules }) => rules)
    .find((rule) => rule.name === name)?.expr;

describe('alerts of a stack', () => {
  it('are of Kafka and ingesters only where it streams', () => {
    const names = (stack: MonitoredStack): string[] => alertGroups(stack).map(({ name }) => name);
    expect(names(watchedStack)).toContain('tracewright-streaming');
    expect(names(direct)).not.toContain('tracewright-streaming');
    expect(JSON.stringify(alertGroups(direct))).not.toMatch(/ingester|kafka_/);
  });

  it('look at who writes to the storage', () => {
    expect(expression(direct, 'ElasticsearchWriteErrors')).toContain('pod=~"jaeger-collector-.+"');
    expect(expression(watchedStack, 'ElasticsearchWriteErrors')).toContain('pod=~"jaeger-ingester-.+"');
    expect(expression(direct, 'ElasticsearchNotWriting')).toContain('jaeger_collector_spans_received_total');
  });

  it('are of its own namespaces, but for those of applications', () => {
    const groups = alertGroups({ ...watchedStack, namespace: 'mine', agentNamespace: 'mine-agent' });
    const pipeline = groups.filter(({ name }) => name !== 'tracewright-applications');
    for (const { name, expr } of pipeline.flatMap(({ rules }) => rules))
      if (name !== 'TracewrightWatchdog') expect(expr, name).toMatch(/namespace=~?"mine/);
    expect(JSON.stringify(groups)).not.toContain('"tracing');
  });

  it('know by the configuration how many partitions the topic has', () => {
    const config = parseStackArguments({ strategy: 'streaming', streaming: { partitions: 5 } }, 'dev');
    expect(expression(monitoredStack(config), 'KafkaPartitionsUnread')).toMatch(/ < 5$/);
  });

  it('know the limits of memory by the configuration', () => {
    const config = parseStackArguments(
      {
        collector: {
          resources: {
            requests: { cpuMillicores: 100, memoryMebibytes: 100 },
            limits: { cpuMillicores: 100, memoryMebibytes: 300 },
          },
        },
      },
      'dev',
    );
    const stack = monitoredStack(config);
    expect(stack).toEqual({
      namespace: 'tracing',
      agentNamespace: 'tracing',
      streaming: false,
      login: false,
      memoryLimitMebibytes: { agent: 256, collector: 300, query: 256 },
    });
    expect(expression(stack, 'JaegerMemoryNearLimit')).toContain(`/ ${300 * 1024 * 1024} > 0.7`);
  });
});

describe('rules for Prometheus', () => {
  const groups = [
    {
      name: 'tracewright-x',
      rules: [
        {
          name: 'X',
          severity: 'warning' as const,
          expr: 'x > 1',
          forMinutes: 5,
          summary: 'S.',
          description: 'D.',
        },
      ],
    },
  ];
  it('carry severity and the runbook', () => {
    expect(prometheusRules(groups, { runbookBaseUrl: 'https://r.example/p' })).toEqual({
      groups: [
        {
          name: 'tracewright-x',
          rules: [
            {
              alert: 'X',
              expr: 'x > 1',
              for: '5m',
              labels: { severity: 'warning' },
              annotations: { summary: 'S.', description: 'D.', runbook_url: 'https://r.example/p/X' },
            },
          ],
        },
      ],
    });
  });
});

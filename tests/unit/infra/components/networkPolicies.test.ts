import { describe, expect, it } from 'vitest';
import { TracingStack, type TracingStackArgs } from '../../../../infra/components/tracingStack.ts';
import { deployed, type Deployed } from './deployed.ts';

const stack = (args: TracingStackArgs = {}) => deployed((options) => new TracingStack('tracing', args, options));

const pods = (namespace: string, name: string) => ({
  namespaceSelector: {
    matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: [namespace] }],
  },
  podSelector: { matchLabels: { 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': 'tracewright' } },
});
const tcp = (...ports: readonly number[]) => ports.map((port) => ({ port, protocol: 'TCP' }));
const dns = {
  to: [
    {
      namespaceSelector: {
        matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['kube-system'] }],
      },
      podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
    },
  ],
  ports: [
    { port: 53, protocol: 'UDP' },
    { port: 53, protocol: 'TCP' },
  ],
};

function policy({ object }: Deployed<unknown>, name: string): unknown {
  return object('NetworkPolicy', name)['spec'];
}

describe('the network policies of a stack', () => {
  it('refuse every pod of the namespace everything that no other lets through', async () => {
    expect(policy(await stack(), 'default-deny')).toEqual({
      podSelector: { matchLabels: {} },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [],
      egress: [],
    });
  });

  it('let the embedded storage be asked by those that use it, and ask nobody', async () => {
    expect(policy(await stack(), 'elasticsearch')).toMatchObject({
      ingress: ['jaeger-collector', 'jaeger-query', 'jaeger-index-cleaner'].map((name) => ({
        from: [pods('tracing', name)],
        ports: tcp(9200),
      })),
      egress: [],
    });
  });

  it('let nobody ask the query service, unless its namespace is named', async () => {
    expect(policy(await stack(), 'jaeger-query')).toMatchObject({
      ingress: [],
      egress: [{ to: [pods('tracing', 'elasticsearch')], ports: tcp(9200) }, dns],
    });
    const named = await stack({ network: { queryNamespaces: ['grafana'] } });
    expect(policy(named, 'jaeger-query')).toMatchObject({ ingress: [{ ports: tcp(16686, 16685) }] });
  });

  it('let applications send spans: namespaces that are named, and those that carry the label', async () => {
    const made = await stack({ applicationNamespaces: ['shop', 'blog'] });
    expect(policy(made, 'jaeger-collector')).toMatchObject({
      ingress: [
        {
          from: [
            { namespaceSelector: { matchLabels: { 'tracewright.dev/traces-to': 'tracing' } } },
            {
              namespaceSelector: {
                matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['blog', 'shop'] }],
              },
            },
          ],
          ports: tcp(14250, 14268, 4317, 4318, 9411),
        },
        { from: [pods('tracing', 'jaeger-agent')], ports: tcp(14250) },
        { from: [pods('tracing', 'network-policy-check')], ports: tcp(14250) },
      ],
    });
  });

  it('let Prometheus, where it is named, ask the admin ports and no others', async () => {
    const prometheus = { namespace: 'monitoring', podLabels: { app: 'prometheus' } };
    const made = await stack({ network: { prometheus } });
    expect(policy(made, 'jaeger-query')).toMatchObject({
      ingress: [
        {
          from: [{ podSelector: { matchLabels: { app: 'prometheus' } } }],
          ports: tcp(16687),
        },
      ],
    });
  });

  it('lead to an external storage at its addresses and ports, and to nothing else', async () => {
    const storage = {
      kind: 'external',
      urls: ['https://es.example', 'https://es.elastic.svc:9243', 'https://10.9.8.7:9200'],
      egressCidrs: ['10.20.0.0/16'],
    } as const;
    const { egress } = record(policy(await stack({ storage }), 'jaeger-index-cleaner'));
    expect(egress).toEqual([
      {
        to: [
          {
            namespaceSelector: {
              matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['elastic'] }],
            },
          },
          { ipBlock: { cidr: '10.20.0.0/16' } },
          { ipBlock: { cidr: '10.9.8.7/32' } },
        ],
        ports: tcp(443, 9243, 9200),
      },
      dns,
    ]);
  });

  it('close the namespace of an agent with ports of its node too, and let it reach the collectors in the other', async () => {
    const made = await stack({ agent: { hostPorts: true } });
    const closed = made.resources.filter(
      ({ type, inputs }) => type.endsWith(':NetworkPolicy') && record(inputs['metadata'])['name'] === 'default-deny',
    );
    expect(closed.map(({ inputs }) => record(inputs['metadata'])['namespace'])).toEqual(['tracing', 'tracing-agent']);
    expect(made.object('NetworkPolicy', 'jaeger-agent')).toMatchObject({
      metadata: { namespace: 'tracing-agent' },
      spec: { egress: [{ to: [pods('tracing', 'jaeger-collector')], ports: tcp(14250) }, dns] },
    });
    expect(JSON.stringify(policy(made, 'jaeger-collector'))).toContain('"tracing-agent"');
  });

  it('are tried by a Job, unless it is accepted that they may not hold', async () => {
    const jobs = ({ resources }: Deployed<unknown>) => resources.filter(({ type }) => type.endsWith(':Job'));
    expect(jobs(await stack())).toHaveLength(1);
    expect(jobs(await stack({ network: { unenforced: true } }))).toEqual([]);
  });
});

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

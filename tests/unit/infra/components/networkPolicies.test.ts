import { describe, expect, it } from 'vitest';
import { TracingStack, type TracingStackArgs } from '../../../../infra/components/tracingStack.ts';
import { deployed, record, type Deployed } from './deployed.ts';

const stack = (args: TracingStackArgs = {}) => deployed((options) => new TracingStack('tracing', args, options));

const namespace = (name: string) => ({
  namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: [name] }] },
});
const pods = (place: string, name: string) => ({
  ...namespace(place),
  podSelector: { matchLabels: { 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': 'tracewright' } },
});
const tcp = (...ports: readonly number[]) => ports.map((port) => ({ port, protocol: 'TCP' }));
const dns = {
  to: [{ ...namespace('kube-system'), podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
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
          from: [{ ...namespace('monitoring'), podSelector: { matchLabels: { app: 'prometheus' } } }],
          ports: tcp(16687),
        },
      ],
    });
  });

  it('let collectors of a stack that streams to Kafka and not to the storage, where only ingesters write', async () => {
    const made = await stack({ strategy: 'streaming' });
    const toKafka = { to: [pods('tracing', 'kafka')], ports: tcp(9092) };
    const toStorage = { to: [pods('tracing', 'elasticsearch')], ports: tcp(9200) };
    expect(record(policy(made, 'jaeger-collector'))['egress']).toEqual([toKafka, dns]);
    expect(policy(made, 'jaeger-ingester')).toMatchObject({ ingress: [], egress: [toStorage, toKafka, dns] });
    expect(policy(made, 'kafka')).toMatchObject({
      ingress: ['jaeger-collector', 'jaeger-ingester'].map((name) => ({
        from: [pods('tracing', name)],
        ports: tcp(9092),
      })),
      egress: [],
    });
    expect(record(policy(made, 'elasticsearch'))['ingress']).toMatchObject(
      ['jaeger-ingester', 'jaeger-query', 'jaeger-index-cleaner'].map((name) => ({ from: [pods('tracing', name)] })),
    );
  });

  it('lead to an external Kafka at its addresses and ports, and let Prometheus ask its readers', async () => {
    const made = await stack({
      strategy: 'streaming',
      streaming: {
        kafka: { kind: 'external', brokers: ['a.example:9092', 'b.example:9094'], egressCidrs: ['10.30.0.0/16'] },
      },
      network: { prometheus: { namespace: 'monitoring' } },
    });
    const toKafka = { to: [{ ipBlock: { cidr: '10.30.0.0/16' } }], ports: tcp(9092, 9094) };
    expect(record(policy(made, 'jaeger-collector'))['egress']).toEqual([toKafka, dns]);
    expect(policy(made, 'jaeger-ingester')).toMatchObject({
      ingress: [{ from: [namespace('monitoring')], ports: tcp(14270) }],
    });
    expect(() => policy(made, 'kafka')).toThrow('no NetworkPolicy kafka');
  });

  it('lead to an external storage at its addresses and ports, and to nothing else', async () => {
    const storage = {
      kind: 'external',
      urls: ['https://es.example', 'https://es.elastic.svc:9243', 'https://10.9.8.7:9200'],
      egressCidrs: ['10.20.0.0/16'],
    } as const;
    const { egress } = record(policy(await stack({ storage }), 'jaeger-index-cleaner'));
    expect(egress).toEqual([
      { to: [{ ipBlock: { cidr: '10.20.0.0/16' } }], ports: tcp(443) },
      { to: [namespace('elastic')], ports: tcp(9243) },
      { to: [{ ipBlock: { cidr: '10.9.8.7/32' } }], ports: tcp(9200) },
      dns,
    ]);
  });

  it('lead to the ports of pods, where a Service has others', async () => {
    const storage = { kind: 'external', urls: ['https://es.elastic.svc'], egressPorts: [9200, 9201] } as const;
    const { egress } = record(policy(await stack({ storage }), 'jaeger-query'));
    expect(egress).toEqual([{ to: [namespace('elastic')], ports: tcp(9200, 9201) }, dns]);
  });

  it('let the Ingress controller to the log-in alone, and the log-in to the issuer and the query service', async () => {
    const ingress = {
      host: 'ui.example.com',
      tlsSecretName: 'ui',
      controller: { namespace: 'ingress', podLabels: { app: 'traefik' }, cidrs: ['10.1.2.0/24'] },
      oidc: {
        issuerUrl: 'https://sso.login.svc/realms/main',
        clientId: 'jaeger',
        existingSecret: { name: 'jaeger-oidc' },
        emailDomains: ['example.com'],
        egressPorts: [8443],
      },
    } as const;
    const made = await stack({ ingress });
    expect(policy(made, 'oauth2-proxy')).toMatchObject({
      ingress: [
        {
          from: [
            { ...namespace('ingress'), podSelector: { matchLabels: { app: 'traefik' } } },
            { ipBlock: { cidr: '10.1.2.0/24' } },
          ],
          ports: tcp(4180),
        },
      ],
      egress: [
        { to: [pods('tracing', 'jaeger-query')], ports: tcp(16686) },
        { to: [namespace('login')], ports: tcp(8443) },
        dns,
      ],
    });
    expect(record(policy(made, 'jaeger-query'))['ingress']).toEqual([
      { from: [pods('tracing', 'oauth2-proxy')], ports: tcp(16686) },
    ]);
    const { oidc: _oidc, ...open } = ingress;
    const unauthenticated = await stack({ ingress: { ...open, unauthenticated: true } });
    expect(record(policy(unauthenticated, 'jaeger-query'))['ingress']).toMatchObject([{ ports: tcp(16686) }]);
    expect(() => policy(unauthenticated, 'oauth2-proxy')).toThrow('no NetworkPolicy oauth2-proxy');
  });

  it('lead to the DNS servers that are named, on their port', async () => {
    const servers = [{ namespace: 'dns', podLabels: { app: 'dns' } }, { cidrs: ['169.254.20.10/32'] }];
    const { egress } = record(policy(await stack({ network: { dns: { port: 5353, servers } } }), 'jaeger-agent'));
    expect(egress).toContainEqual({
      to: [
        { ...namespace('dns'), podSelector: { matchLabels: { app: 'dns' } } },
        { ipBlock: { cidr: '169.254.20.10/32' } },
      ],
      ports: [
        { port: 5353, protocol: 'UDP' },
        { port: 5353, protocol: 'TCP' },
      ],
    });
  });

  it('are known before they exist, so that a preview moves no object to another namespace', async () => {
    const { object } = await deployed((options) => new TracingStack('tracing', {}, options), 'dev', { ids: false });
    for (const [kind, name] of [
      ['Deployment', 'jaeger-query'],
      ['DaemonSet', 'jaeger-agent'],
    ] as const)
      expect(object(kind, name)).toMatchObject({ metadata: { namespace: 'tracing' } });
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

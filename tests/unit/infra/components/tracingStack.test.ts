// @spec S1.1 S6.2
import * as pulumi from '@pulumi/pulumi';
import { describe, expect, it } from 'vitest';
import { TracingStack, type TracingStackArgs } from '../../../../infra/components/tracingStack.ts';
import { tracingEndpoints } from '../../../../infra/jaeger/endpoints.ts';
import { objectsOfResources, packFindings } from '../../policies/support/packFindings.ts';
import { deployed, resolved } from './deployed.ts';

const embedded = () => deployed((options) => new TracingStack('tracing', {}, options));

describe('TracingStack', () => {
  it('is made of components, each with its objects below it', async () => {
    const { resources } = await embedded();
    const stack = 'tracewright:jaeger:TracingStack$tracewright';
    const policy = 'tracewright:kubernetes:NetworkPolicies$kubernetes:networking.k8s.io/v1:NetworkPolicy';
    // The mocks' URNs name a resource's type and that of its parent.
    expect(resources.map(({ urn }) => urn.split('::').slice(2).join(' ')).sort()).toEqual(
      [
        'tracewright:jaeger:TracingStack tracing',
        `${stack}:kubernetes:TracingNamespace tracing`,
        'tracewright:kubernetes:TracingNamespace$kubernetes:core/v1:Namespace tracing',
        `${stack}:kubernetes:NetworkPolicies tracing-policies`,
        ...[
          'default-deny',
          'elasticsearch',
          'jaeger-agent',
          'jaeger-collector',
          'jaeger-index-cleaner',
          'jaeger-query',
          'network-policy-check',
        ].map((name) => `${policy} tracing-policies-${name}`),
        `${stack}:kubernetes:NetworkPolicyCheck tracing-policy-check`,
        'tracewright:kubernetes:NetworkPolicyCheck$kubernetes:batch/v1:Job tracing-policy-check',
        'tracewright:kubernetes:NetworkPolicyCheck$kubernetes:core/v1:ServiceAccount tracing-policy-check',
        `${stack}:kubernetes:TracingPriority tracing-priority`,
        'tracewright:kubernetes:TracingPriority$kubernetes:scheduling.k8s.io/v1:PriorityClass tracing-priority',
        `${stack}:kubernetes:AccessRoles tracing-access`,
        'tracewright:kubernetes:AccessRoles$kubernetes:rbac.authorization.k8s.io/v1:Role tracing-access-operator',
        'tracewright:kubernetes:AccessRoles$kubernetes:rbac.authorization.k8s.io/v1:Role tracing-access-viewer',
        ...['Collector tracing-collector', 'Query tracing-query'].map(
          (component) => `tracewright:jaeger:${component.replace(' ', '$tracewright:kubernetes:PodAvailability ')}`,
        ),
        ...['collector', 'query'].map(
          (name) => `tracewright:kubernetes:PodAvailability$kubernetes:policy/v1:PodDisruptionBudget tracing-${name}`,
        ),
        `${stack}:elasticsearch:Storage tracing-elasticsearch`,
        'tracewright:elasticsearch:Storage$tracewright:elasticsearch:Node tracing-elasticsearch',
        'tracewright:elasticsearch:Node$kubernetes:apps/v1:StatefulSet tracing-elasticsearch',
        'tracewright:elasticsearch:Node$kubernetes:core/v1:ConfigMap tracing-elasticsearch',
        'tracewright:elasticsearch:Node$kubernetes:core/v1:Service tracing-elasticsearch',
        'tracewright:elasticsearch:Node$kubernetes:core/v1:ServiceAccount tracing-elasticsearch',
        `${stack}:jaeger:SamplingConfiguration tracing-sampling`,
        'tracewright:jaeger:SamplingConfiguration$kubernetes:core/v1:ConfigMap tracing-sampling',
        `${stack}:jaeger:Collector tracing-collector`,
        'tracewright:jaeger:Collector$kubernetes:apps/v1:Deployment tracing-collector',
        'tracewright:jaeger:Collector$kubernetes:core/v1:Service tracing-collector',
        'tracewright:jaeger:Collector$kubernetes:core/v1:Service tracing-collector-headless',
        'tracewright:jaeger:Collector$kubernetes:core/v1:ServiceAccount tracing-collector',
        `${stack}:jaeger:Query tracing-query`,
        'tracewright:jaeger:Query$kubernetes:apps/v1:Deployment tracing-query',
        'tracewright:jaeger:Query$kubernetes:core/v1:Service tracing-query',
        'tracewright:jaeger:Query$kubernetes:core/v1:ServiceAccount tracing-query',
        `${stack}:jaeger:Agent tracing-agent`,
        'tracewright:jaeger:Agent$kubernetes:apps/v1:DaemonSet tracing-agent',
        'tracewright:jaeger:Agent$kubernetes:core/v1:Service tracing-agent',
        'tracewright:jaeger:Agent$kubernetes:core/v1:ServiceAccount tracing-agent',
        `${stack}:jaeger:IndexCleaner tracing-index-cleaner`,
        'tracewright:jaeger:IndexCleaner$kubernetes:batch/v1:CronJob tracing-index-cleaner',
        'tracewright:jaeger:IndexCleaner$kubernetes:core/v1:ServiceAccount tracing-index-cleaner',
        `${stack}:jaeger:Monitoring tracing-monitoring`,
        'tracewright:jaeger:Monitoring$kubernetes:core/v1:ConfigMap tracing-monitoring',
        'tracewright:jaeger:Monitoring$tracewright:jaeger:GrafanaDashboards tracing-monitoring',
        ...['applications', 'pipeline'].map(
          (name) => `tracewright:jaeger:GrafanaDashboards$kubernetes:core/v1:ConfigMap tracing-monitoring-${name}`,
        ),
        `${stack}:jaeger:ApplicationEnvironment tracing-environment`,
        'tracewright:jaeger:ApplicationEnvironment$kubernetes:core/v1:ConfigMap tracing-environment',
      ].sort(),
    );
  });

  it('keeps the rules of our own policy pack in every workload', async () => {
    const { resources } = await embedded();
    const objects = objectsOfResources(resources);
    const containers = objects.flatMap(({ workload }) => workload?.containers ?? []);
    expect(containers.map(({ name }) => name).sort()).toEqual([
      'elasticsearch',
      'jaeger-agent',
      'jaeger-collector',
      'jaeger-index-cleaner',
      'jaeger-query',
      'network-policy-check',
      'wait-for-collector',
      'wait-for-elasticsearch',
      'wait-for-elasticsearch',
      'wait-for-way',
    ]);
    expect(packFindings(objects)).toEqual([]);
  });

  it('gives away every address once it is deployed', async () => {
    const { root } = await deployed((options) => new TracingStack('tracing', { namespace: 'jaeger' }, options));
    expect(await resolved(root.endpoints)).toEqual(
      tracingEndpoints({ namespace: 'jaeger', jaegerVersion: '1.50.0', hostPorts: false }),
    );
  });

  it('takes the index prefix from the stack', async () => {
    const { object } = await deployed((options) => new TracingStack('tracing', { environment: 'dev' }, options), 'eu');
    expect(JSON.stringify(object('Deployment', 'jaeger-query'))).toContain(
      '{"name":"ES_INDEX_PREFIX","value":"tracewright.eu"}',
    );
  });

  it('creates a Secret for the password of an external cluster, and no Elasticsearch of its own', async () => {
    const { resources, object } = await deployed(
      (options) =>
        new TracingStack(
          'tracing',
          {
            storage: { kind: 'external', urls: ['https://es.elastic.svc:9200'], username: 'jaeger' },
            elasticsearchPassword: 'hunter2',
          },
          options,
        ),
    );
    expect(resources.filter(({ type }) => type.endsWith(':StatefulSet'))).toEqual([]);
    expect(object('Secret', 'jaeger-elasticsearch')['stringData']).toMatchObject({ value: { password: 'hunter2' } });
    const rest = resources.filter(({ type }) => !type.endsWith(':Secret'));
    expect(JSON.stringify(rest)).not.toContain('hunter2');
  });

  it('uses a Secret that exists already and creates none', async () => {
    const storage = {
      kind: 'external',
      urls: ['https://es.elastic.svc:9200'],
      username: 'a',
      existingSecret: { name: 'es' },
    } as const;
    const { resources, object } = await deployed((options) => new TracingStack('tracing', { storage }, options));
    expect(resources.filter(({ type }) => type.endsWith(':Secret'))).toEqual([]);
    expect(JSON.stringify(object('Deployment', 'jaeger-collector'))).toContain('"secretName":"es"');
  });

  it('takes addresses that end with a slash, behind which the index cleaner puts one of its own', async () => {
    const storage = { kind: 'external', urls: ['https://es.elastic.svc:9200/'] } as const;
    const { object } = await deployed((options) => new TracingStack('tracing', { storage }, options));
    expect(JSON.stringify(object('CronJob', 'jaeger-index-cleaner'))).toContain('"https://es.elastic.svc:9200"');
  });

  it('protects the namespace and what holds data, in staging and prod', async () => {
    const protectedIn = async (args: TracingStackArgs, stack: string) => {
      const { resources } = await deployed((options) => new TracingStack('tracing', args, options), stack);
      return resources.filter(({ protect }) => protect).map(({ type }) => type.slice(type.lastIndexOf(':') + 1));
    };
    const storage = { kind: 'external', urls: ['https://es.elastic.svc:9200'], username: 'a' } as const;
    expect(await protectedIn({}, 'dev')).toEqual([]);
    expect(await protectedIn({ storage: { kind: 'embedded' } }, 'staging')).toEqual(['Namespace', 'StatefulSet']);
    expect(await protectedIn({ storage, elasticsearchPassword: 'x' }, 'prod')).toEqual(['Namespace']);
    expect(await protectedIn({ storage: { kind: 'embedded' }, deletionProtection: false }, 'staging')).toEqual([]);
  });

  it('puts an agent with ports of its node into a privileged namespace of its own, and leaves its own restricted', async () => {
    const { object, root } = await deployed(
      (options) => new TracingStack('tracing', { agent: { hostPorts: true } }, options),
    );
    const enforced = (namespace: string) => object('Namespace', namespace);
    const label = 'pod-security.kubernetes.io/enforce';
    expect(enforced('tracing')).toMatchObject({ metadata: { labels: { [label]: 'restricted' } } });
    expect(enforced('tracing-agent')).toMatchObject({ metadata: { labels: { [label]: 'privileged' } } });
    expect(object('DaemonSet', 'jaeger-agent')).toMatchObject({ metadata: { namespace: 'tracing-agent' } });
    expect((await resolved(root.endpoints)).agent.host).toBe('jaeger-agent.tracing-agent.svc');
  });

  it('leads the host of an ingress to the query service, and says its address', async () => {
    const ingress = {
      host: 'ui.example.com',
      className: 'nginx',
      tlsSecretName: 'ui',
      controller: { namespace: 'ingress' },
      unauthenticated: true,
      annotations: { 'a.example/b': 'c' },
    } as const;
    const { object, root } = await deployed((options) => new TracingStack('tracing', { ingress }, options));
    expect(object('Ingress', 'jaeger-query')).toMatchObject({
      metadata: { namespace: 'tracing', annotations: { 'a.example/b': 'c' } },
      spec: {
        ingressClassName: 'nginx',
        tls: [{ hosts: ['ui.example.com'], secretName: 'ui' }],
        rules: [
          {
            host: 'ui.example.com',
            http: { paths: [{ backend: { service: { name: 'jaeger-query', port: { name: 'http' } } } }] },
          },
        ],
      },
    });
    expect((await resolved(root.endpoints)).query.publicUrl).toBe('https://ui.example.com');
  });

  it('gives its environment to each namespace of applications, and to its own', async () => {
    const { resources, root } = await deployed(
      (options) => new TracingStack('tracing', { applicationNamespaces: ['shop', 'blog'] }, options),
    );
    const { environment } = await resolved(root.endpoints);
    const maps = resources.filter(({ urn }) => urn.includes('ApplicationEnvironment$kubernetes'));
    expect(maps.map(({ inputs }) => inputs)).toMatchObject(
      ['tracing', 'shop', 'blog'].map((namespace) => ({
        metadata: { name: 'tracewright-environment', namespace },
        data: environment,
      })),
    );
  });

  it('refuses arguments that are out of range, all at once', async () => {
    await pulumi.runtime.setMocks({
      newResource: ({ name }) => ({ id: name, state: {} }),
      call: () => ({}),
    });
    expect(() => new TracingStack('tracing', { namespace: 'A', collector: { replicas: 0 } })).toThrow(
      /^2 problems[^]*\n {2}namespace = "A": must be a Kubernetes namespace[^]*\n {2}collector.replicas = 0: must be a whole number from 1 to 1000 \(pods\)$/,
    );
  });
});

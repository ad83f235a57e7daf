import { describe, expect, it } from 'vitest';
import { JaegerAgent } from '../../../../infra/components/jaegerAgent.ts';
import { JaegerCollector } from '../../../../infra/components/jaegerCollector.ts';
import { JaegerQuery } from '../../../../infra/components/jaegerQuery.ts';
import { connection } from '../jaeger/connection.ts';
import { deployed, resolved } from './deployed.ts';

const resources = {
  requests: { cpuMillicores: 100, memoryMebibytes: 128 },
  limits: { cpuMillicores: 500, memoryMebibytes: 256 },
};
const images = { jaegerVersion: '1.50.0' };
const storage = connection;
const sampling = { configMapName: 'jaeger-sampling', fileName: 'strategies.json', reloadIntervalSeconds: 10 };

const collector = () =>
  deployed(
    (options) =>
      new JaegerCollector(
        'c',
        { namespace: 'jaeger', images, scale: { replicas: 3 }, queueSize: 500, resources, storage, sampling },
        options,
      ),
  );
const query = () =>
  deployed(
    (options) =>
      new JaegerQuery('q', { namespace: 'jaeger', images, scale: { replicas: 2 }, resources, storage }, options),
  );
const agent = (hostPorts = false) =>
  deployed(
    (options) =>
      new JaegerAgent(
        'a',
        { namespace: 'jaeger', images, resources, hostPorts, collectorHost: 'all.jaeger.svc' },
        options,
      ),
  );

const podSecurity = {
  runAsNonRoot: true,
  runAsUser: 10_001,
  runAsGroup: 10_001,
  fsGroup: 10_001,
  fsGroupChangePolicy: 'OnRootMismatch',
  seccompProfile: { type: 'RuntimeDefault' },
};
const containerSecurity = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};

describe.each([
  ['the collector', collector, 'Deployment', 'jaeger-collector', 14269, 20],
  ['the query service', query, 'Deployment', 'jaeger-query', 16687, 5],
  ['the agent', agent, 'DaemonSet', 'jaeger-agent', 14271, 5],
] as const)('a pod of %s', (_what, deploy, kind, name, adminPort, leavingSeconds) => {
  it('keeps to the restricted Pod Security Standard, without the API and without service variables', async () => {
    const { object } = await deploy();
    expect(object(kind, name)).toMatchObject({
      spec: {
        template: {
          spec: {
            serviceAccountName: name,
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            securityContext: podSecurity,
            containers: [{ name, image: `jaegertracing/${name}:1.50.0`, securityContext: containerSecurity }],
          },
        },
      },
    });
    expect(object('ServiceAccount', name)).toMatchObject({ automountServiceAccountToken: false });
  });

  it('is started and alive by /version and ready by / of its admin port', async () => {
    const { object } = await deploy();
    expect(object(kind, name)).toMatchObject({
      spec: {
        template: {
          spec: {
            containers: [
              {
                ports: expect.arrayContaining([
                  { name: 'admin', containerPort: adminPort, protocol: 'TCP' },
                ]) as unknown,
                startupProbe: { httpGet: { path: '/version', port: 'admin' } },
                livenessProbe: { httpGet: { path: '/version', port: 'admin' } },
                readinessProbe: { httpGet: { path: '/', port: 'admin' } },
                resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '500m', memory: '256Mi' } },
                lifecycle: { preStop: { sleep: { seconds: leavingSeconds } } },
              },
            ],
          },
        },
      },
    });
  });

  it('selects exactly its own pods, in its namespace', async () => {
    const { object } = await deploy();
    const selector = { 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': 'tracewright' };
    expect(object(kind, name)).toMatchObject({
      metadata: { namespace: 'jaeger' },
      spec: { selector: { matchLabels: selector }, template: { metadata: { labels: selector } } },
    });
    expect(object('Service', name)).toMatchObject({ metadata: { namespace: 'jaeger' }, spec: { selector } });
  });
});

describe('JaegerCollector', () => {
  it('opens every protocol on its Service and on the headless one', async () => {
    const { root, object } = await collector();
    const ports = [
      { name: 'grpc', port: 14250, targetPort: 'grpc', protocol: 'TCP' },
      { name: 'thrift-http', port: 14268, targetPort: 'thrift-http', protocol: 'TCP' },
      { name: 'otlp-grpc', port: 4317, targetPort: 'otlp-grpc', protocol: 'TCP' },
      { name: 'otlp-http', port: 4318, targetPort: 'otlp-http', protocol: 'TCP' },
      { name: 'zipkin', port: 9411, targetPort: 'zipkin', protocol: 'TCP' },
    ];
    expect(object('Service', 'jaeger-collector')['spec']).toMatchObject({ ports });
    expect(object('Service', 'jaeger-collector-headless')['spec']).toMatchObject({ ports, clusterIP: 'None' });
    expect(await resolved(root.headlessServiceName)).toBe('jaeger-collector-headless');
  });

  it('is configured by its environment, in a fixed order', async () => {
    const { object } = await collector();
    const env = [
      ['COLLECTOR_GRPC_SERVER_MAX_CONNECTION_AGE', '10s'],
      ['COLLECTOR_GRPC_SERVER_MAX_CONNECTION_AGE_GRACE', '5s'],
      ['COLLECTOR_OTLP_ENABLED', 'true'],
      ['COLLECTOR_OTLP_GRPC_MAX_CONNECTION_AGE', '10s'],
      ['COLLECTOR_OTLP_GRPC_MAX_CONNECTION_AGE_GRACE', '5s'],
      ['COLLECTOR_QUEUE_SIZE', '500'],
      ['COLLECTOR_ZIPKIN_HOST_PORT', ':9411'],
      ['ES_INDEX_PREFIX', 'dev'],
      ['ES_MAX_SPAN_AGE', '48h'],
      ['ES_NUM_REPLICAS', '0'],
      ['ES_NUM_SHARDS', '1'],
      ['ES_SERVER_URLS', 'http://es:9200'],
      ['ES_TIMEOUT', '30s'],
      ['GOMEMLIMIT', '230MiB'],
      ['SAMPLING_CONFIG_TYPE', 'file'],
      ['SAMPLING_STRATEGIES_RELOAD_INTERVAL', '10s'],
      ['SPAN_STORAGE_TYPE', 'elasticsearch'],
      ['SAMPLING_STRATEGIES_FILE', '/etc/jaeger/sampling/strategies.json'],
    ].map(([name, value]) => ({ name, value }));
    expect(object('Deployment', 'jaeger-collector')).toMatchObject({
      spec: { replicas: 3, template: { spec: { containers: [{ env }] } } },
    });
  });

  it('waits for its storage before it starts, and is replaced without a gap', async () => {
    const { object } = await collector();
    expect(object('Deployment', 'jaeger-collector')).toMatchObject({
      spec: {
        strategy: { rollingUpdate: { maxUnavailable: 0, maxSurge: '50%' } },
        template: {
          spec: { initContainers: [{ name: 'wait-for-elasticsearch', securityContext: containerSecurity }] },
        },
      },
    });
  });
});

describe('JaegerAgent', () => {
  it('takes spans on its own node and spreads them over every collector', async () => {
    const { object } = await agent();
    expect(object('Service', 'jaeger-agent')['spec']).toMatchObject({
      internalTrafficPolicy: 'Local',
      ports: [
        { name: 'thrift-compact', port: 6831, protocol: 'UDP' },
        { name: 'thrift-binary', port: 6832, protocol: 'UDP' },
        { name: 'zipkin-compact', port: 5775, protocol: 'UDP' },
        { name: 'sampling', port: 5778, protocol: 'TCP' },
      ],
    });
    expect(JSON.stringify(object('DaemonSet', 'jaeger-agent'))).toContain(
      '{"name":"REPORTER_GRPC_HOST_PORT","value":"dns:///all.jaeger.svc:14250"}',
    );
  });

  it('starts when a collector is there, whom it would ask for only every two minutes in the end', async () => {
    const { object } = await agent();
    expect(object('DaemonSet', 'jaeger-agent')).toMatchObject({
      spec: {
        template: {
          spec: {
            initContainers: [
              {
                name: 'wait-for-collector',
                image: 'curlimages/curl:8.10.1',
                command: expect.arrayContaining(['all.jaeger.svc:14250']) as unknown,
                securityContext: containerSecurity,
              },
            ],
          },
        },
      },
    });
  });
});

describe('JaegerAgent with ports of its node', () => {
  it('listens on the node too, and is replaced in place, since two pods cannot hold one port', async () => {
    const { object } = await agent(true);
    const daemonSet = object('DaemonSet', 'jaeger-agent');
    const thriftCompact = { name: 'thrift-compact', containerPort: 6831, hostPort: 6831, protocol: 'UDP' };
    expect(daemonSet).toMatchObject({
      spec: { template: { spec: { containers: [{ ports: expect.arrayContaining([thriftCompact]) as unknown }] } } },
    });
    expect(JSON.stringify(daemonSet)).not.toContain('"hostPort":14271');
    expect(daemonSet).toMatchObject({
      spec: { updateStrategy: { rollingUpdate: { maxUnavailable: '10%', maxSurge: 0 } } },
    });
  });
});

describe('JaegerQuery', () => {
  it('serves its API over HTTP and gRPC', async () => {
    const { root, object } = await query();
    expect(object('Service', 'jaeger-query')['spec']).toMatchObject({
      ports: [
        { name: 'http', port: 16686 },
        { name: 'grpc', port: 16685 },
      ],
    });
    expect(await resolved(root.serviceName)).toBe('jaeger-query');
  });
});

import { describe, expect, it } from 'vitest';
import { TracingStack, type TracingStackArgs } from '../../../../infra/components/tracingStack.ts';
import { caCertificate as certificate } from '../../../support/caCertificate.ts';
import { objectsOfResources, packFindings } from '../../policies/support/packFindings.ts';
import { deployed, record, type Deployed } from './deployed.ts';

const stack = (args: TracingStackArgs = {}, name = 'dev') =>
  deployed((options) => new TracingStack('tracing', { strategy: 'streaming', ...args }, options), name);

const storage = { kind: 'external', urls: ['https://es.elastic.svc:9200'] } as const;
const kafka = {
  kind: 'external',
  brokers: ['kafka-0.example:9093', 'kafka-1.example:9093'],
  egressCidrs: ['10.30.0.0/16'],
  username: 'jaeger',
  existingSecret: { name: 'kafka-user' },
  tls: {
    ca: { existingSecret: { name: 'kafka-ca' } },
    clientCertificate: { existingSecret: { name: 'kafka-client' } },
  },
} as const;
const external = { storage, streaming: { kafka, partitions: 12, topic: 'spans' } } as const;

function podOf({ object }: Deployed<unknown>, name: string, kind = 'Deployment') {
  return record(record(record(object(kind, name)['spec'])['template'])['spec']);
}

/** The variables of a container, by name. */
function environmentOf(made: Deployed<unknown>, name: string, list = 'containers'): Readonly<Record<string, unknown>> {
  const containers = podOf(made, name)[list];
  const [first] = Array.isArray(containers) ? containers.map(record) : [];
  const variables = first?.['env'];
  const pairs = (Array.isArray(variables) ? variables.map(record) : []).map((variable): [string, unknown] => [
    String(variable['name']),
    variable['value'] ?? variable['valueFrom'],
  ]);
  return Object.fromEntries(pairs);
}

describe('a stack that streams', () => {
  it('adds a broker and ingesters to what a direct one has', async () => {
    const { resources } = await stack();
    const direct = await deployed((options) => new TracingStack('tracing', {}, options));
    const had = new Set(direct.resources.map(({ urn }) => urn));
    const added = resources.filter(({ urn }) => !had.has(urn)).map(({ type, name }) => `${type} ${name}`);
    expect(added.sort()).toEqual(
      [
        'tracewright:kafka:Streaming tracing-kafka',
        'tracewright:kafka:Node tracing-kafka',
        ...['apps/v1:StatefulSet', 'core/v1:ConfigMap', 'core/v1:Service', 'core/v1:ServiceAccount'].map(
          (type) => `kubernetes:${type} tracing-kafka`,
        ),
        'tracewright:jaeger:Ingester tracing-ingester',
        'tracewright:kubernetes:PodAvailability tracing-ingester',
        ...['apps/v1:Deployment', 'core/v1:ServiceAccount', 'policy/v1:PodDisruptionBudget'].map(
          (type) => `kubernetes:${type} tracing-ingester`,
        ),
        'kubernetes:core/v1:ConfigMap tracing-monitoring-streaming',
        ...['jaeger-ingester', 'kafka'].map(
          (component) => `kubernetes:networking.k8s.io/v1:NetworkPolicy tracing-policies-${component}`,
        ),
      ].sort(),
    );
  });

  it('keeps the rules of our own policy pack, with a broker of its own and with one elsewhere', async () => {
    for (const args of [{}, external]) {
      const { resources } = await stack(args);
      expect(packFindings(objectsOfResources(resources))).toEqual([]);
    }
  });

  it('protects the volume of its broker where data are protected', async () => {
    const { resources } = await stack({ storage: { kind: 'embedded' } }, 'staging');
    expect(resources.filter(({ protect }) => protect).map(({ name }) => name)).toEqual([
      'tracing',
      'tracing-elasticsearch',
      'tracing-kafka',
    ]);
  });
});

describe('a collector that streams', () => {
  it('writes to Kafka, and knows nothing of the storage', async () => {
    const environment = environmentOf(await stack(), 'jaeger-collector');
    expect(environment).toMatchObject({
      SPAN_STORAGE_TYPE: 'kafka',
      KAFKA_PRODUCER_BROKERS: 'kafka.tracing.svc:9092',
      KAFKA_PRODUCER_TOPIC: 'jaeger-spans',
      KAFKA_PRODUCER_ENCODING: 'protobuf',
      KAFKA_PRODUCER_PROTOCOL_VERSION: '2.8.0',
      KAFKA_PRODUCER_REQUIRED_ACKS: 'all',
      KAFKA_PRODUCER_COMPRESSION: 'snappy',
      KAFKA_PRODUCER_BATCH_LINGER: '100ms',
    });
    expect(Object.keys(environment).filter((name) => name.startsWith('ES_'))).toEqual([]);
  });

  it('waits for the topic, which it makes at a broker of the stack and only looks for elsewhere', async () => {
    const own = await stack();
    expect(podOf(own, 'jaeger-collector')).toMatchObject({
      initContainers: [{ name: 'wait-for-kafka', image: 'apache/kafka:3.9.1' }],
    });
    expect(environmentOf(own, 'jaeger-collector', 'initContainers')).toMatchObject({
      TOPIC: 'jaeger-spans',
      PARTITIONS: '4',
      MAKE_TOPIC: 'true',
      TLS: 'false',
    });
    expect(environmentOf(await stack(external), 'jaeger-collector', 'initContainers')).toMatchObject({
      TOPIC: 'spans',
      MAKE_TOPIC: 'false',
      TLS: 'true',
    });
  });
});

describe('an ingester', () => {
  it('reads from Kafka and writes to the storage, and never gives up because nothing comes', async () => {
    expect(environmentOf(await stack(), 'jaeger-ingester')).toMatchObject({
      SPAN_STORAGE_TYPE: 'elasticsearch',
      ES_SERVER_URLS: 'http://elasticsearch.tracing.svc:9200',
      ES_INDEX_PREFIX: 'tracewright.dev',
      KAFKA_CONSUMER_BROKERS: 'kafka.tracing.svc:9092',
      KAFKA_CONSUMER_TOPIC: 'jaeger-spans',
      KAFKA_CONSUMER_GROUP_ID: 'jaeger-ingester',
      INGESTER_PARALLELISM: '100',
      INGESTER_DEADLOCKINTERVAL: '0s',
    });
  });

  it('waits for both, is watched on its admin port, and has time to write what it has taken', async () => {
    const made = await stack();
    expect(podOf(made, 'jaeger-ingester')).toMatchObject({
      terminationGracePeriodSeconds: 60,
      initContainers: [{ name: 'wait-for-kafka' }, { name: 'wait-for-elasticsearch' }],
      containers: [
        {
          image: 'jaegertracing/jaeger-ingester:1.50.0',
          ports: [{ name: 'admin', containerPort: 14270, protocol: 'TCP' }],
          livenessProbe: { httpGet: { path: '/version', port: 'admin' } },
          readinessProbe: { httpGet: { path: '/', port: 'admin' } },
        },
      ],
    });
    // Its group is given a place to begin at; collectors have none.
    expect(environmentOf(made, 'jaeger-ingester', 'initContainers')).toMatchObject({ GROUP: 'jaeger-ingester' });
    expect(environmentOf(made, 'jaeger-collector', 'initContainers')).not.toHaveProperty('GROUP');
  });

  it('is scaled by an autoscaler where one is wanted', async () => {
    const { object } = await stack({ ingester: { autoscaling: { maxReplicas: 4 } } });
    expect(object('HorizontalPodAutoscaler', 'jaeger-ingester')).toMatchObject({
      spec: { minReplicas: 2, maxReplicas: 4, scaleTargetRef: { kind: 'Deployment', name: 'jaeger-ingester' } },
    });
    expect(record(object('Deployment', 'jaeger-ingester')['spec'])).not.toHaveProperty('replicas');
  });

  it('is restarted when the CA changes that the configuration holds, of either server', async () => {
    const checksum = async (args: TracingStackArgs) => {
      const { object } = await stack(args);
      const { template } = record(object('Deployment', 'jaeger-ingester')['spec']);
      return record(record(record(template)['metadata'])['annotations'])['tracewright/files'];
    };
    const own = { ...kafka, tls: { ca: { certificate } } };
    const one = await checksum({ storage, streaming: { kafka: own } });
    const both = await checksum({ storage: { ...storage, tls: { ca: { certificate } } }, streaming: { kafka: own } });
    expect(one).toMatch(/^[0-9a-f]{16}$/);
    expect(both).toBe(`${String(one)}-${String(one)}`);
    expect(await checksum(external)).toBeUndefined();
  });
});

describe('the embedded broker', () => {
  it('is one node on a volume, with a read-only root and probes that ask two things', async () => {
    const made = await stack({ streaming: { kafka: { kind: 'embedded', volumeGibibytes: 7 } } });
    expect(made.object('StatefulSet', 'kafka')).toMatchObject({
      spec: {
        replicas: 1,
        volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: { resources: { requests: { storage: '7Gi' } } } }],
      },
    });
    expect(podOf(made, 'kafka', 'StatefulSet')).toMatchObject({
      securityContext: { runAsNonRoot: true, runAsUser: 1000 },
      containers: [
        {
          image: 'apache/kafka:3.9.1',
          securityContext: { readOnlyRootFilesystem: true },
          livenessProbe: { tcpSocket: { port: 'controller' } },
          readinessProbe: { tcpSocket: { port: 'kafka' } },
        },
      ],
    });
    expect(made.object('Service', 'kafka')).toMatchObject({
      spec: { ports: [{ name: 'kafka', port: 9092, targetPort: 'kafka', protocol: 'TCP' }] },
    });
  });
});

describe('an external Kafka', () => {
  it('is no broker of the stack', async () => {
    const { resources } = await stack(external);
    expect(resources.filter(({ type }) => type.endsWith(':StatefulSet'))).toEqual([]);
  });

  it.each([
    ['jaeger-collector', 'KAFKA_PRODUCER'],
    ['jaeger-ingester', 'KAFKA_CONSUMER'],
  ])('is told to %s with user, password and certificates', async (name, prefix) => {
    const made = await stack(external);
    expect(environmentOf(made, name)).toMatchObject({
      [`${prefix}_BROKERS`]: 'kafka-0.example:9093,kafka-1.example:9093',
      [`${prefix}_AUTHENTICATION`]: 'plaintext',
      [`${prefix}_PLAINTEXT_USERNAME`]: 'jaeger',
      [`${prefix}_PLAINTEXT_MECHANISM`]: 'SCRAM-SHA-512',
      [`${prefix}_PLAINTEXT_PASSWORD`]: { secretKeyRef: { name: 'kafka-user', key: 'password' } },
      [`${prefix}_TLS_ENABLED`]: 'true',
      [`${prefix}_TLS_CA`]: '/etc/jaeger/kafka-tls/ca/ca.crt',
      [`${prefix}_TLS_CERT`]: '/etc/jaeger/kafka-tls/client/tls.crt',
      [`${prefix}_TLS_KEY`]: '/etc/jaeger/kafka-tls/client/tls.key',
    });
    expect(environmentOf(made, name, 'initContainers')).toMatchObject({
      KAFKA_USER: 'jaeger',
      MECHANISM: 'SCRAM-SHA-512',
      PASSWORD_FILE: '/etc/jaeger/kafka/password',
      CA_FILE: '/etc/jaeger/kafka-tls/ca/ca.crt',
      KEY_FILE: '/etc/jaeger/kafka-tls/client/tls.key',
    });
    expect(JSON.stringify(podOf(made, name)['volumes'])).toContain('"secretName":"kafka-client"');
  });
});

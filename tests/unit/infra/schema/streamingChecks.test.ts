import { describe, expect, it } from 'vitest';
import { parseStackArguments } from '../../../../infra/schema/parseStackConfig.ts';
import { configProblemLines } from './configProblemLines.ts';

const storage = { kind: 'external', urls: ['https://es.example:9200'], egressCidrs: ['10.20.0.0/16'] };
const kafka = { kind: 'external', brokers: ['kafka.example:9092'], egressCidrs: ['10.30.0.0/16'] };

function problems(args: Readonly<Record<string, unknown>>, stack = 'dev'): string[] {
  return configProblemLines(() => parseStackArguments({ strategy: 'streaming', ...args }, stack));
}

/** What is wrong with an external Kafka that differs in some keys. */
function kafkaProblems(differing: Readonly<Record<string, unknown>>, stack = 'dev'): string[] {
  return problems({ storage, streaming: { kafka: { ...kafka, ...differing } } }, stack);
}

describe('the strategy', () => {
  it('is direct where nothing is said, and then has neither Kafka nor ingesters', () => {
    const config = parseStackArguments({}, 'dev');
    expect(config.strategy).toBe('direct');
    expect(config.streaming).toBeUndefined();
    expect(config.ingester).toBeUndefined();
  });

  it('"streaming" brings a broker, a topic and ingesters with defaults of their own', () => {
    const { streaming, ingester } = parseStackArguments({ strategy: 'streaming' }, 'dev');
    expect(streaming).toEqual({
      kafka: {
        kind: 'embedded',
        retentionHours: 24,
        heapMebibytes: 320,
        volumeGibibytes: 5,
        resources: {
          requests: { cpuMillicores: 250, memoryMebibytes: 768 },
          limits: { cpuMillicores: 2000, memoryMebibytes: 768 },
        },
      },
      topic: 'jaeger-spans',
      consumerGroup: 'jaeger-ingester',
      partitions: 4,
      requiredAcks: 'all',
      compression: 'snappy',
    });
    expect(ingester).toEqual({
      replicas: 2,
      parallelism: 100,
      resources: {
        requests: { cpuMillicores: 100, memoryMebibytes: 128 },
        limits: { cpuMillicores: 1000, memoryMebibytes: 512 },
      },
    });
  });

  it('that is no strategy is named, and nothing that hangs on it', () => {
    expect(problems({ strategy: 'stream', streaming: {} })).toEqual([
      'strategy = "stream": must be "direct" or "streaming"',
    ]);
  });

  it.each(['streaming', 'ingester'])('of a stack with a key %s must be "streaming"', (key) => {
    const message = `${key}: is of use only with strategy "streaming"`;
    expect(problems({ strategy: undefined, [key]: {} })).toEqual([message]);
    expect(problems({ strategy: 'direct', [key]: {} })).toEqual([message]);
  });

  it('is read again as it was made whole', () => {
    const config = parseStackArguments({ strategy: 'streaming', storage, streaming: { kafka } }, 'dev');
    expect(parseStackArguments({ ...config }, 'dev')).toEqual(config);
    const direct = parseStackArguments({}, 'dev');
    expect(parseStackArguments({ ...direct }, 'dev')).toEqual(direct);
  });
});

describe('the embedded broker', () => {
  it('is refused in production, asked for or not', () => {
    expect(problems({ storage, streaming: { kafka: { kind: 'embedded' } } }, 'prod')).toEqual([
      'streaming.kafka.kind = "embedded": must be "external" in prod: a single broker has no copy of the spans and asks for no password',
    ]);
    expect(problems({ storage }, 'prod')).toEqual(['streaming.kafka.kind: is missing: prod needs "external"']);
    expect(problems({ storage, streaming: { kafka } }, 'prod')).toEqual([]);
  });

  it('leaves half its memory to the page cache', () => {
    expect(problems({ streaming: { kafka: { kind: 'embedded', heapMebibytes: 400 } } })).toEqual([
      'streaming.kafka.heapMebibytes = 400: must be at most half of resources.limits.memoryMebibytes',
    ]);
  });
});

describe('an external Kafka', () => {
  it.each(['kafka.example', 'kafka://kafka.example:9092', 'kafka.example:70000', 'user@kafka.example:9092'])(
    'has no broker %j',
    (broker) => {
      expect(kafkaProblems({ brokers: [broker] })).toEqual([
        `streaming.kafka.brokers[0] = "${broker}": must be an address like kafka.example:9092: host name and port only, without a scheme`,
      ]);
    },
  );

  it('names a broker', () => {
    expect(kafkaProblems({ brokers: [] })).toEqual(['streaming.kafka.brokers = []: must name at least one broker']);
  });

  it('has addresses that a network policy can name', () => {
    expect(kafkaProblems({ egressCidrs: [] })).toEqual([
      'streaming.kafka.egressCidrs: is missing: a network policy cannot name kafka.example; give the blocks of addresses that it has',
    ]);
    expect(kafkaProblems({ egressCidrs: [], brokers: ['10.30.0.9:9092', 'kafka.streams.svc:9092'] })).toEqual([]);
  });

  it('takes a user with a password, and neither alone', () => {
    const existingSecret = { name: 'kafka-user' };
    expect(kafkaProblems({ username: 'jaeger', existingSecret })).toEqual([]);
    expect(kafkaProblems({ existingSecret })).toEqual([
      'streaming.kafka.username: is missing: a password needs a user name',
    ]);
    expect(kafkaProblems({ username: 'jaeger' })).toEqual([
      'streaming.kafka.existingSecret: is missing: a user needs a password',
    ]);
    expect(kafkaProblems({ mechanism: 'GSSAPI', username: 'jaeger', existingSecret })).toEqual([
      'streaming.kafka.mechanism = "GSSAPI": must be "PLAIN", "SCRAM-SHA-256" or "SCRAM-SHA-512"',
    ]);
  });

  it('is talked to over TLS where a password goes there, but in development', () => {
    const login = { username: 'jaeger', existingSecret: { name: 'kafka-user' } };
    expect(kafkaProblems(login, 'prod')).toEqual([
      'streaming.kafka.tls: is missing: beside streaming.kafka.username in prod, spans and log-ins would go unencrypted',
    ]);
    expect(kafkaProblems({ ...login, tls: {} }, 'prod')).toEqual([]);
  });
});

describe('ingesters', () => {
  it('are no more than there are partitions', () => {
    expect(problems({ streaming: { partitions: 3 }, ingester: { replicas: 4 } })).toEqual([
      'ingester.replicas = 4: must not be above streaming.partitions (3): a partition has one reader, and further ingesters would idle',
    ]);
    expect(problems({ ingester: { autoscaling: { maxReplicas: 5 } } })).toEqual([
      'ingester.autoscaling.maxReplicas = 5: must not be above streaming.partitions (4): a partition has one reader, and further ingesters would idle',
    ]);
    expect(problems({ streaming: { partitions: 1 } })).toEqual([
      'ingester.replicas = 2: must not be above streaming.partitions (1): a partition has one reader, and further ingesters would idle',
    ]);
    expect(problems({ profile: 'medium', ingester: { replicas: 8 } })).toEqual([]);
  });

  it('have replicas or an autoscaler, and a budget that lets a node be drained', () => {
    expect(problems({ ingester: { replicas: 2, autoscaling: { maxReplicas: 3 } } })).toEqual([
      'ingester.replicas = 2: stands beside ingester.autoscaling, which would be undone by each deployment: give only one of them',
    ]);
    expect(problems({ ingester: { minAvailable: 2 } })).toEqual([
      'ingester.minAvailable = 2: must be below ingester.replicas (2): no node with one of the pods could be drained',
    ]);
  });
});

describe('a topic', () => {
  it.each(['', '..', 'jaeger spans', 'x'.repeat(250)])('has a name that Kafka takes, unlike %j', (topic) => {
    expect(problems({ streaming: { topic } })).toEqual([
      `streaming.topic = ${JSON.stringify(topic).slice(0, 200)}${topic.length > 198 ? '…' : ''}: must be the name of a topic: 1 to 249 letters, digits, ".", "-" and "_"`,
    ]);
  });
});

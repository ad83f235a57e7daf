import type { types } from '@pulumi/kubernetes';
import { lines } from './lines.ts';

/** The user that Kafka's image runs as. */
export const kafkaUserId = 1000;

/** Port that the embedded broker's clients use. */
export const kafkaPort = { name: 'kafka', number: 9092, protocol: 'TCP' } as const;

/** Where Kafka's scripts lie in its image. */
export const kafkaTools = '/opt/kafka/bin';

const configDirectory = '/etc/kafka-broker';
// A file system's root holds `lost+found`, which Kafka would take for a broken partition.
const dataDirectory = '/var/lib/kafka/data';
const dataMount = '/var/lib/kafka';

/** Port of the controller, for the broker in the same process and the kubelet's question whether that runs. */
export const kafkaControllerPort = { name: 'controller', number: 9093, protocol: 'TCP' } as const;

/**
 * Port for Kafka's own tools within the pod (`kubectl exec`). The address that clients are sent to is the Service's, which the pod
 * itself has no way to.
 */
export const kafkaLocalPort = 9094;

/** Any 16 bytes, the same at every start: a broker refuses a volume that another cluster has written to. */
const clusterId = Buffer.from('tracewright-node').toString('base64url');

/** What the embedded broker is made of. */
export interface BrokerSettings {
  /** `host:port` that clients come to. */
  readonly address: string;
  /** Hours for which spans stay, read or not. */
  readonly retentionHours: number;
  /** Size of the data volume in GiB. */
  readonly volumeGibibytes: number;
  /** Partitions that share the volume. */
  readonly partitions: number;
}

/**
 * The broker's whole configuration: nothing is taken from the image's own files. One node is broker and controller (KRaft).
 */
export function kafkaFiles(settings: BrokerSettings): Record<string, string> {
  const { address, retentionHours } = settings;
  const { retentionBytes, segmentBytes } = diskShare(settings);
  return {
    'server.properties': lines(
      'process.roles=broker,controller',
      'node.id=1',
      `controller.quorum.voters=1@localhost:${kafkaControllerPort.number}`,
      `listeners=PLAINTEXT://:${kafkaPort.number},CONTROLLER://:${kafkaControllerPort.number},LOCAL://localhost:${kafkaLocalPort}`,
      `advertised.listeners=PLAINTEXT://${address},LOCAL://localhost:${kafkaLocalPort}`,
      'controller.listener.names=CONTROLLER',
      'listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,LOCAL:PLAINTEXT',
      `log.dirs=${dataDirectory}`,
      // A misspelt name would be answered with a new topic of one partition.
      'auto.create.topics.enable=false',
      'offsets.topic.replication.factor=1',
      'offsets.topic.num.partitions=4',
      'transaction.state.log.replication.factor=1',
      'transaction.state.log.min.isr=1',
      `log.retention.hours=${retentionHours}`,
      `log.retention.bytes=${retentionBytes}`,
      `log.segment.bytes=${segmentBytes}`,
      'log.retention.check.interval.ms=60000',
    ),
    'log4j.properties': lines(
      'log4j.rootLogger=INFO, stdout',
      'log4j.appender.stdout=org.apache.log4j.ConsoleAppender',
      'log4j.appender.stdout.layout=org.apache.log4j.PatternLayout',
      'log4j.appender.stdout.layout.ConversionPattern=[%d] %p %m (%c)%n',
    ),
  };
}

const mebibyte = 1024 ** 2;
const gibibyte = 1024 ** 3;

/**
 * What one partition may have of the disk. A broker whose disk is full stops; its oldest spans go before that. Only whole
 * segments go, and a new one has grown to its full size by then: a fifth of the disk is left for them and for everything else.
 */
function diskShare({ volumeGibibytes, partitions }: BrokerSettings) {
  const retentionBytes = Math.floor((volumeGibibytes * gibibyte * 0.8) / partitions);
  const segmentBytes = Math.min(512 * mebibyte, Math.max(mebibyte, Math.floor(retentionBytes / 16)));
  return { retentionBytes, segmentBytes };
}

/** POSIX sh: marks a new volume as this cluster's, then becomes the broker. */
const startScript = `
${kafkaTools}/kafka-storage.sh format --ignore-formatted --cluster-id ${clusterId} --config ${configDirectory}/server.properties &&
exec ${kafkaTools}/kafka-server-start.sh ${configDirectory}/server.properties
`.trim();

/** The broker's container, apart from image, resources and probes. @param heapMebibytes - Java heap in MiB. */
export function kafkaContainer(heapMebibytes: number) {
  return {
    // Named, since the image's own entry point would write a configuration of its own.
    command: ['/bin/sh', '-c', startScript],
    env: [
      // Otherwise a file for the log of the garbage collector is opened.
      { name: 'EXTRA_ARGS', value: '-name kafkaServer' },
      { name: 'KAFKA_HEAP_OPTS', value: `-Xms${heapMebibytes}m -Xmx${heapMebibytes}m` },
      { name: 'KAFKA_LOG4J_OPTS', value: `-Dlog4j.configuration=file:${configDirectory}/log4j.properties` },
      { name: 'LOG_DIR', value: '/tmp' },
    ],
    volumeMounts: [
      { name: 'files', mountPath: configDirectory, readOnly: true },
      { name: 'data', mountPath: dataMount },
      { name: 'tmp', mountPath: '/tmp' },
    ],
  } satisfies Partial<types.input.core.v1.Container>;
}

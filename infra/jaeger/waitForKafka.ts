import type { types } from '@pulumi/kubernetes';
import { environmentVariables } from '../kubernetes/podTemplate.ts';
import { resourceRequirements, type ContainerResources } from '../kubernetes/resources.ts';
import { restrictedContainer } from '../kubernetes/securityContexts.ts';
import { kafkaImage, type ImageSource } from './images.ts';
import { kafkaFilePaths, kafkaMounts, type KafkaConnection } from './kafkaClient.ts';
import { kafkaWaitScript } from './kafkaWaitScript.ts';

/** What a pod waits for. */
export interface WaitForKafkaArgs {
  readonly connection: KafkaConnection;
  readonly images: ImageSource;
  /** Whether the pod reads: its group is then given a place to begin at in every partition. */
  readonly reads: boolean;
}

/** Kafka's tools are Java programs, one after the other. They run for moments; with less CPU, each takes many seconds to start. */
const toolResources: ContainerResources = {
  requests: { cpuMillicores: 50, memoryMebibytes: 96 },
  limits: { cpuMillicores: 1000, memoryMebibytes: 256 },
};

/** Where the tools may write, in memory: settings with a password are among it. */
const scratch = { name: 'kafka-tools', mountPath: '/tmp' };

/**
 * A container that ends when the topic can be used: a broker answers, its certificate, user and password are right, the topic is
 * there and each of its partitions has a leader. Where the topic is the stack's own, it makes it. Jaeger itself exits when no
 * broker is there; this container looks every second, and says what it waits for in a line that begins with `waiting: `.
 */
export function waitForKafka({ connection, images, reads }: WaitForKafkaArgs): types.input.core.v1.Container {
  const { brokers, topic, partitions, consumerGroup, makesTopic, credentials, tls } = connection;
  const { password, ca, certificate, key } = kafkaFilePaths(connection);
  return restrictedContainer({
    name: 'wait-for-kafka',
    image: kafkaImage(images),
    command: ['/bin/bash', '-c', kafkaWaitScript, 'wait-for-kafka', ...brokers],
    env: environmentVariables({
      TOPIC: topic,
      PARTITIONS: String(partitions),
      MAKE_TOPIC: String(makesTopic),
      TLS: String(tls !== undefined),
      ...(reads && { GROUP: consumerGroup }),
      ...(credentials && { KAFKA_USER: credentials.username, MECHANISM: credentials.mechanism }),
      ...(password !== undefined && { PASSWORD_FILE: password }),
      ...(ca !== undefined && { CA_FILE: ca }),
      ...(certificate !== undefined && { CERTIFICATE_FILE: certificate }),
      ...(key !== undefined && { KEY_FILE: key }),
      ...kafkaToolSettings,
    }),
    resources: resourceRequirements(toolResources),
    volumeMounts: [scratch, ...kafkaMounts(connection)],
  });
}

/** The volume that {@link waitForKafka} writes to. */
export const waitForKafkaVolume: types.input.core.v1.Volume = {
  name: scratch.name,
  emptyDir: { medium: 'Memory', sizeLimit: '8Mi' },
};

/** A small heap and a quick start: the tools do next to nothing. Kafka's scripts read these (`kafka-run-class.sh` 3.9). */
export const kafkaToolSettings = {
  KAFKA_HEAP_OPTS: '-Xmx64m',
  KAFKA_JVM_PERFORMANCE_OPTS: '-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData',
  LOG_DIR: '/tmp',
} as const;

import { join } from 'node:path';
import { toolchainPart } from '../../support/toolchainPart.ts';
import { ElasticsearchServer } from './elasticsearchServer.ts';
import { freeTcpPort, freeUdpPort } from './freePort.ts';
import { KafkaServer } from './kafkaServer.ts';
import type { LabelledTarget } from './prometheusServer.ts';
import { answersHttp, TestProcess } from './testProcess.ts';

/** Every program of Jaeger's on loopback: those of a direct stack, and collector and ingester of one that streams. */
export interface MonitoredJaeger extends AsyncDisposable {
  /** UDP port of the agent's binary thrift protocol; its spans go to the direct collector. */
  readonly agentPort: number;
  /** OTLP over HTTP of the collector that writes to Kafka. */
  readonly streamingUrl: string;
  /** The query service. */
  readonly queryUrl: string;
  /** Where the metrics are, with the labels that pods have in a cluster. */
  readonly targets: Readonly<Record<string, LabelledTarget>>;
}

const TOPIC = 'jaeger-spans';
const DIRECT = 'tracing';
const STREAMING = 'tracing-streaming';

interface Program {
  readonly name: string;
  readonly namespace: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Starts all of it over one Elasticsearch and one broker, and waits until all are ready. */
export async function startMonitoredJaeger(): Promise<MonitoredJaeger> {
  await using starting = new AsyncDisposableStack();
  const directory = await toolchainPart('jaeger');
  const targets: Record<string, LabelledTarget> = {};
  const start = async ({ name, namespace, environment }: Program): Promise<void> => {
    const admin = await loopback();
    const command = join(directory, name);
    const process = new TestProcess({
      command,
      args: [],
      environment: { ...environment, ADMIN_HTTP_HOST_PORT: admin },
    });
    starting.defer(async () => {
      await process.stop();
    });
    await process.waitUntil(() => answersHttp(`http://${admin}/`));
    const labels = { namespace, pod: `${name}-0`, container: name };
    targets[`${namespace}/${name}`] = { url: `http://${admin}/metrics`, labels };
  };
  const elasticsearch = starting.use(await ElasticsearchServer.start());
  const kafka = starting.use(await KafkaServer.start());
  await kafka.createTopic(TOPIC, 2);
  const storage = {
    SPAN_STORAGE_TYPE: 'elasticsearch',
    ES_SERVER_URLS: elasticsearch.url,
    ES_NUM_SHARDS: '1',
    ES_NUM_REPLICAS: '0',
  };
  const [direct, streaming, query] = [await collectorPorts(), await collectorPorts(), await loopback()];
  const agentPort = await freeUdpPort();
  await start({ name: 'jaeger-collector', namespace: DIRECT, environment: { ...storage, ...direct } });
  await start({
    name: 'jaeger-collector',
    namespace: STREAMING,
    environment: {
      SPAN_STORAGE_TYPE: 'kafka',
      KAFKA_PRODUCER_BROKERS: kafka.address,
      KAFKA_PRODUCER_TOPIC: TOPIC,
      ...streaming,
    },
  });
  await start({
    name: 'jaeger-ingester',
    namespace: STREAMING,
    environment: { ...storage, KAFKA_CONSUMER_BROKERS: kafka.address, KAFKA_CONSUMER_TOPIC: TOPIC },
  });
  await start({
    name: 'jaeger-query',
    namespace: DIRECT,
    environment: { ...storage, QUERY_HTTP_SERVER_HOST_PORT: query, QUERY_GRPC_SERVER_HOST_PORT: await loopback() },
  });
  await start({
    name: 'jaeger-agent',
    namespace: DIRECT,
    environment: {
      REPORTER_GRPC_HOST_PORT: direct.COLLECTOR_GRPC_SERVER_HOST_PORT,
      PROCESSOR_JAEGER_BINARY_SERVER_HOST_PORT: `127.0.0.1:${agentPort}`,
      PROCESSOR_JAEGER_COMPACT_SERVER_HOST_PORT: `127.0.0.1:${await freeUdpPort()}`,
      PROCESSOR_ZIPKIN_COMPACT_SERVER_HOST_PORT: `127.0.0.1:${await freeUdpPort()}`,
      HTTP_SERVER_HOST_PORT: await loopback(),
    },
  });
  const started = starting.move();
  return {
    agentPort,
    streamingUrl: `http://${streaming.COLLECTOR_OTLP_HTTP_HOST_PORT}`,
    queryUrl: `http://${query}`,
    targets,
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

async function collectorPorts() {
  return {
    COLLECTOR_GRPC_SERVER_HOST_PORT: await loopback(),
    COLLECTOR_HTTP_SERVER_HOST_PORT: await loopback(),
    COLLECTOR_OTLP_GRPC_HOST_PORT: await loopback(),
    COLLECTOR_OTLP_HTTP_HOST_PORT: await loopback(),
  };
}

async function loopback(): Promise<string> {
  return `127.0.0.1:${await freeTcpPort()}`;
}

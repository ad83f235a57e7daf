import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freeTcpPort, freeUdpPort } from './freePort.ts';
import { answersHttp, TestProcess } from './testProcess.ts';
import { toolchainPart } from '../../support/toolchainPart.ts';

/** A real Jaeger agent and collector, which keeps spans in memory, on loopback. */
export interface JaegerPipeline {
  /** UDP port of the agent's binary thrift protocol. */
  readonly agentPort: number;
  /** UDP port of the agent's compact thrift protocol. */
  readonly agentCompactPort: number;
  /** The collector's thrift endpoint. */
  readonly collectorUrl: string;
  /** The collector's OTLP over HTTP. */
  readonly otlpUrl: string;
  /** The collector's OTLP over gRPC. */
  readonly otlpGrpcUrl: string;
  /** The agent's metrics, as Prometheus reads them. */
  readonly agentMetricsUrl: string;
  /** The collector's metrics, as Prometheus reads them. */
  readonly collectorMetricsUrl: string;
  /** How many spans of a service the collector has stored. */
  storedSpans(service: string): Promise<number>;
  /** The same, once it is `count` at least; after ten seconds, whatever it is. */
  waitForStoredSpans(service: string, count: number): Promise<number>;
  stop(): Promise<void>;
}

/** How a pipeline is started. */
export interface JaegerPipelineOptions {
  /** Where the collector stores spans, as `host:port` of a `SpanStore`; in its own memory where left out. */
  readonly spanStore?: string;
}

/** Starts both and waits until they are ready. */
export async function startJaegerPipeline({ spanStore }: JaegerPipelineOptions = {}): Promise<JaegerPipeline> {
  const part = await toolchainPart('jaeger');
  const collector = await startCollector(join(part, 'jaeger-collector'), spanStore);
  // An agent that finds no collector when it starts waits for longer and longer before it tries again, and loses spans meanwhile.
  const agent = await startAgent(join(part, 'jaeger-agent'), collector.grpcPort);
  const collectorMetricsUrl = `http://127.0.0.1:${collector.adminPort}/metrics`;
  const storedSpans = (service: string): Promise<number> => readStoredSpans(collectorMetricsUrl, service);
  return {
    agentPort: agent.binaryPort,
    agentCompactPort: agent.compactPort,
    collectorUrl: `http://127.0.0.1:${collector.httpPort}/api/traces`,
    otlpUrl: `http://127.0.0.1:${collector.otlpHttpPort}`,
    otlpGrpcUrl: `http://127.0.0.1:${collector.otlpGrpcPort}`,
    agentMetricsUrl: `http://127.0.0.1:${agent.adminPort}/metrics`,
    collectorMetricsUrl,
    storedSpans,
    waitForStoredSpans: (service, count) => waitFor(() => storedSpans(service), count),
    stop: async () => {
      await agent.process.stop();
      await collector.process.stop();
    },
  };
}

interface RunningCollector {
  readonly process: TestProcess;
  readonly grpcPort: number;
  readonly httpPort: number;
  readonly otlpHttpPort: number;
  readonly otlpGrpcPort: number;
  readonly adminPort: number;
}

async function startCollector(command: string, spanStore: string | undefined): Promise<RunningCollector> {
  const ports = {
    grpcPort: await freeTcpPort(),
    httpPort: await freeTcpPort(),
    otlpHttpPort: await freeTcpPort(),
    otlpGrpcPort: await freeTcpPort(),
    adminPort: await freeTcpPort(),
  };
  const process = new TestProcess({
    command,
    args: [
      `--collector.grpc-server.host-port=127.0.0.1:${ports.grpcPort}`,
      `--collector.http-server.host-port=127.0.0.1:${ports.httpPort}`,
      `--collector.otlp.grpc.host-port=127.0.0.1:${ports.otlpGrpcPort}`,
      `--collector.otlp.http.host-port=127.0.0.1:${ports.otlpHttpPort}`,
      `--admin.http.host-port=127.0.0.1:${ports.adminPort}`,
      ...(spanStore === undefined ? [] : [`--grpc-storage.server=${spanStore}`]),
    ],
    environment: { SPAN_STORAGE_TYPE: spanStore === undefined ? 'memory' : 'grpc-plugin' },
  });
  await process.waitUntil(() => answersHttp(`http://127.0.0.1:${ports.adminPort}/`));
  return { process, ...ports };
}

interface RunningAgent {
  readonly process: TestProcess;
  readonly binaryPort: number;
  readonly compactPort: number;
  readonly adminPort: number;
}

async function startAgent(command: string, collectorPort: number): Promise<RunningAgent> {
  const ports = {
    binaryPort: await freeUdpPort(),
    compactPort: await freeUdpPort(),
    adminPort: await freeTcpPort(),
  };
  const process = new TestProcess({
    command,
    args: [
      `--reporter.grpc.host-port=127.0.0.1:${collectorPort}`,
      `--processor.jaeger-binary.server-host-port=127.0.0.1:${ports.binaryPort}`,
      `--processor.jaeger-compact.server-host-port=127.0.0.1:${ports.compactPort}`,
      `--processor.zipkin-compact.server-host-port=127.0.0.1:0`,
      `--http-server.host-port=127.0.0.1:0`,
      `--admin.http.host-port=127.0.0.1:${ports.adminPort}`,
    ],
    environment: {},
  });
  await process.waitUntil(() => answersHttp(`http://127.0.0.1:${ports.adminPort}/`));
  return { process, ...ports };
}

async function readStoredSpans(metricsUrl: string, service: string): Promise<number> {
  const text = await (await fetch(metricsUrl)).text();
  const lines = text.split('\n').filter((line) => line.startsWith('jaeger_collector_spans_saved_by_svc_total{'));
  return lines
    .filter((line) => line.includes('result="ok"') && line.includes(`svc="${service}"`))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}

async function waitFor(read: () => Promise<number>, count: number): Promise<number> {
  const deadline = performance.now() + 10_000;
  let value = await read();
  while (value < count && performance.now() < deadline) {
    await delay(50);
    value = await read();
  }
  return value;
}

import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freeTcpPort, freeUdpPort } from './freePort.ts';
import { answersHttp, TestProcess } from './testProcess.ts';
import { toolchainPart } from './toolchainPart.ts';

/** A real Jaeger agent and collector, which keeps spans in memory, on loopback. */
export interface JaegerPipeline {
  /** UDP port of the agent's binary thrift protocol. */
  readonly agentPort: number;
  /** The collector's thrift endpoint. */
  readonly collectorUrl: string;
  /** The collector's OTLP over HTTP. */
  readonly otlpUrl: string;
  /** How many spans of a service the collector has stored. */
  storedSpans(service: string): Promise<number>;
  /** The same, once it is `count` at least; after ten seconds, whatever it is. */
  waitForStoredSpans(service: string, count: number): Promise<number>;
  stop(): Promise<void>;
}

/** Starts both and waits until they are ready. */
export async function startJaegerPipeline(): Promise<JaegerPipeline> {
  const part = await toolchainPart('jaeger');
  const grpc = await freeTcpPort();
  const http = await freeTcpPort();
  const otlpHttp = await freeTcpPort();
  const admin = await freeTcpPort();
  const collector = new TestProcess({
    command: join(part, 'jaeger-collector'),
    args: [
      `--collector.grpc-server.host-port=127.0.0.1:${grpc}`,
      `--collector.http-server.host-port=127.0.0.1:${http}`,
      `--collector.otlp.grpc.host-port=127.0.0.1:0`,
      `--collector.otlp.http.host-port=127.0.0.1:${otlpHttp}`,
      `--admin.http.host-port=127.0.0.1:${admin}`,
    ],
    environment: { SPAN_STORAGE_TYPE: 'memory' },
  });
  // An agent that finds no collector when it starts waits for longer and longer before it tries again, and loses spans meanwhile.
  await collector.waitUntil(() => answersHttp(`http://127.0.0.1:${admin}/`));
  const agentAdmin = await freeTcpPort();
  const binary = await freeUdpPort();
  const agent = new TestProcess({
    command: join(part, 'jaeger-agent'),
    args: [
      `--reporter.grpc.host-port=127.0.0.1:${grpc}`,
      `--processor.jaeger-binary.server-host-port=127.0.0.1:${binary}`,
      `--processor.jaeger-compact.server-host-port=127.0.0.1:0`,
      `--processor.zipkin-compact.server-host-port=127.0.0.1:0`,
      `--http-server.host-port=127.0.0.1:0`,
      `--admin.http.host-port=127.0.0.1:${agentAdmin}`,
    ],
    environment: {},
  });
  await agent.waitUntil(() => answersHttp(`http://127.0.0.1:${agentAdmin}/`));
  const storedSpans = (service: string): Promise<number> =>
    readStoredSpans(`http://127.0.0.1:${admin}/metrics`, service);
  return {
    agentPort: binary,
    collectorUrl: `http://127.0.0.1:${http}/api/traces`,
    otlpUrl: `http://127.0.0.1:${otlpHttp}`,
    storedSpans,
    waitForStoredSpans: (service, count) => waitFor(() => storedSpans(service), count),
    stop: async () => {
      await agent.stop();
      await collector.stop();
    },
  };
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

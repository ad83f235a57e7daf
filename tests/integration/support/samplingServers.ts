import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freeTcpPort } from './freePort.ts';
import { answersHttp, TestProcess } from './testProcess.ts';
import { toolchainPart } from '../../support/toolchainPart.ts';

/** Who is asked: the collector, the agent, or the agent at the path of older clients, which answers as Thrift would. */
export type SamplingSource = 'collector' | 'agent' | 'agentForOlderClients';

/** An answer to a client, before it is read. */
export interface SamplingAnswer {
  readonly status: number;
  readonly body: string;
}

/** A real collector that reads a strategies file, with a real agent before it, on loopback. */
export interface SamplingServers {
  /** Replaces the file, and waits until the collector has read it. */
  load(content: string): Promise<void>;
  /** Replaces the file by one that the collector cannot read, and waits until it has said so. */
  loadBroken(content: string): Promise<void>;
  ask(source: SamplingSource, service: string): Promise<SamplingAnswer>;
  /** Where a client asks, but for the service. */
  url(source: SamplingSource): string;
  /** Ends the agent. */
  stopAgent(): Promise<void>;
  /** Starts another agent in its place, and waits until it is ready. */
  startAgent(): Promise<void>;
  stop(): Promise<void>;
}

/** A real collector that works out the strategies itself, of the spans it gets (adaptive sampling), on loopback. */
export interface AdaptiveCollector {
  readonly samplingUrl: string;
  /** Where spans are sent, as Thrift over HTTP. */
  readonly tracesUrl: string;
  stop(): Promise<void>;
}

/** What an `AdaptiveCollector` hands out before it has seen any span. */
export interface AdaptiveSampling {
  readonly initialSampleRatio: number;
  readonly lowerBoundTracesPerSecond: number;
}

/** Starts one and waits until it is ready. It looks at the spans it got every second. */
export async function startAdaptiveCollector(sampling: AdaptiveSampling): Promise<AdaptiveCollector> {
  const ports = { grpc: await freeTcpPort(), http: await freeTcpPort(), admin: await freeTcpPort() };
  const collector = startCollector(await toolchainPart('jaeger'), ports, {
    SAMPLING_CONFIG_TYPE: 'adaptive',
    SAMPLING_INITIAL_SAMPLING_PROBABILITY: String(sampling.initialSampleRatio),
    SAMPLING_MIN_SAMPLES_PER_SECOND: String(sampling.lowerBoundTracesPerSecond),
    SAMPLING_CALCULATION_INTERVAL: '1s',
    SAMPLING_DELAY: '0s',
  });
  await collector.waitUntil(() => answersHttp(`http://127.0.0.1:${ports.admin}/`));
  return {
    samplingUrl: `http://127.0.0.1:${ports.http}/api/sampling`,
    tracesUrl: `http://127.0.0.1:${ports.http}/api/traces`,
    stop: async () => {
      await collector.stop();
    },
  };
}

/** Starts both and waits until they are ready. */
export async function startSamplingServers(): Promise<SamplingServers> {
  const part = await toolchainPart('jaeger');
  const directory = await mkdtemp(join(tmpdir(), 'tracewright-sampling-'));
  const file = join(directory, 'strategies.json');
  await writeFile(file, '{}');
  const [grpc, http, admin, agentHttp, agentAdmin] = await freeTcpPorts();
  const collector = startCollector(
    part,
    { grpc, http, admin },
    {
      SAMPLING_CONFIG_TYPE: 'file',
      SAMPLING_STRATEGIES_FILE: file,
      SAMPLING_STRATEGIES_RELOAD_INTERVAL: '20ms',
    },
  );
  await collector.waitUntil(() => answersHttp(`http://127.0.0.1:${admin}/`));
  const startReadyAgent = async (): Promise<TestProcess> => {
    const started = startAgent(join(part, 'jaeger-agent'), grpc, { http: agentHttp, admin: agentAdmin });
    // Its own readiness says nothing of its connection to the collector.
    await started.waitUntil(() => answersHttp(`http://127.0.0.1:${agentHttp}/sampling?service=any`));
    return started;
  };
  let agent = await startReadyAgent();
  const addresses: Readonly<Record<SamplingSource, string>> = {
    collector: `http://127.0.0.1:${http}/api/sampling`,
    agent: `http://127.0.0.1:${agentHttp}/sampling`,
    agentForOlderClients: `http://127.0.0.1:${agentHttp}/`,
  };
  let loads = 0;
  const replaceFile = async (content: string, said: string): Promise<void> => {
    const from = collector.output.length;
    // The collector passes over a file that it has read already.
    const unique = (loads += 1).toString(2).replaceAll('0', ' ').replaceAll('1', '\n');
    await writeFile(`${file}.new`, content + unique);
    await rename(`${file}.new`, file);
    await collector.waitUntil(() => collector.output.includes(said, from));
  };
  return {
    // Written into the log once the strategies are in force.
    load: (content) => replaceFile(content, '"Updated sampling strategies:'),
    loadBroken: (content) => replaceFile(content, '"failed to update sampling strategies"'),
    ask: async (source, service) => {
      const answer = await fetch(`${addresses[source]}?${new URLSearchParams({ service }).toString()}`);
      return { status: answer.status, body: await answer.text() };
    },
    url: (source) => addresses[source],
    stopAgent: async () => {
      await agent.stop();
    },
    startAgent: async () => {
      agent = await startReadyAgent();
    },
    stop: async () => {
      await Promise.all([collector.stop(), agent.stop()]);
      await rm(directory, { recursive: true });
    },
  };
}

async function freeTcpPorts(): Promise<readonly [number, number, number, number, number]> {
  return [await freeTcpPort(), await freeTcpPort(), await freeTcpPort(), await freeTcpPort(), await freeTcpPort()];
}

interface CollectorPorts {
  readonly grpc: number;
  readonly http: number;
  readonly admin: number;
}

function startCollector(
  part: string,
  { grpc, http, admin }: CollectorPorts,
  sampling: Readonly<Record<string, string>>,
): TestProcess {
  return new TestProcess({
    command: join(part, 'jaeger-collector'),
    args: [
      `--collector.grpc-server.host-port=127.0.0.1:${grpc}`,
      `--collector.http-server.host-port=127.0.0.1:${http}`,
      '--collector.otlp.enabled=false',
      `--admin.http.host-port=127.0.0.1:${admin}`,
    ],
    environment: { SPAN_STORAGE_TYPE: 'memory', ...sampling },
  });
}

function startAgent(command: string, grpc: number, { http, admin }: Omit<CollectorPorts, 'grpc'>): TestProcess {
  return new TestProcess({
    command,
    args: [
      `--reporter.grpc.host-port=127.0.0.1:${grpc}`,
      '--processor.jaeger-binary.server-host-port=127.0.0.1:0',
      '--processor.jaeger-compact.server-host-port=127.0.0.1:0',
      '--processor.zipkin-compact.server-host-port=127.0.0.1:0',
      `--http-server.host-port=127.0.0.1:${http}`,
      `--admin.http.host-port=127.0.0.1:${admin}`,
    ],
    environment: {},
  });
}

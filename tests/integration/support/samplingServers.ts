import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freeTcpPort } from './freePort.ts';
import { answersHttp, TestProcess } from './testProcess.ts';
import { toolchainPart } from './toolchainPart.ts';

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
  stop(): Promise<void>;
}

/** Starts both and waits until they are ready. */
export async function startSamplingServers(): Promise<SamplingServers> {
  const part = await toolchainPart('jaeger');
  const directory = await mkdtemp(join(tmpdir(), 'tracewright-sampling-'));
  const file = join(directory, 'strategies.json');
  await writeFile(file, '{}');
  const [grpc, http, admin, agentHttp, agentAdmin] = await freeTcpPorts();
  const collector = startCollector(join(part, 'jaeger-collector'), file, { grpc, http, admin });
  await collector.waitUntil(() => answersHttp(`http://127.0.0.1:${admin}/`));
  const agent = startAgent(join(part, 'jaeger-agent'), grpc, { http: agentHttp, admin: agentAdmin });
  // Its own readiness says nothing of its connection to the collector.
  await agent.waitUntil(() => answersHttp(`http://127.0.0.1:${agentHttp}/sampling?service=any`));
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

function startCollector(command: string, file: string, { grpc, http, admin }: CollectorPorts): TestProcess {
  return new TestProcess({
    command,
    args: [
      `--collector.grpc-server.host-port=127.0.0.1:${grpc}`,
      `--collector.http-server.host-port=127.0.0.1:${http}`,
      '--collector.otlp.enabled=false',
      `--admin.http.host-port=127.0.0.1:${admin}`,
    ],
    environment: {
      SPAN_STORAGE_TYPE: 'memory',
      SAMPLING_CONFIG_TYPE: 'file',
      SAMPLING_STRATEGIES_FILE: file,
      SAMPLING_STRATEGIES_RELOAD_INTERVAL: '20ms',
    },
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

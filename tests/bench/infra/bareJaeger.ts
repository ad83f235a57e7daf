import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freeTcpPort, freeUdpPort } from '../../integration/support/freePort.ts';
import { TestProcess } from '../../integration/support/testProcess.ts';
import type { DeployedSettings } from './deployedSettings.ts';

/** One of Jaeger's programs on the host, with its addresses on loopback. */
export interface BareJaegerProgram {
  readonly process: TestProcess;
  /** What it takes spans at: the collector gRPC, the agent compact thrift. */
  readonly address: string;
  /** Its health and metrics. */
  readonly adminUrl: string;
}

const loopback = (port: number): string => `127.0.0.1:${port}`;

/** Starts a collector with a pod's settings; only addresses and the place of the sampling file are others. */
export async function startBareCollector(
  program: string,
  directory: string,
  { environment, samplingFiles }: DeployedSettings['collector'],
  elasticsearch: string,
): Promise<BareJaegerProgram> {
  const [name, text] = Object.entries(samplingFiles)[0] ?? [];
  if (name === undefined || text === undefined) throw new Error('the ConfigMap of the sampling strategies is empty');
  const samplingFile = join(directory, name);
  await writeFile(samplingFile, text);
  const grpc = await freeTcpPort();
  const admin = await freeTcpPort();
  const process = new TestProcess({
    command: program,
    args: [],
    environment: {
      ...environment,
      ES_SERVER_URLS: elasticsearch,
      SAMPLING_STRATEGIES_FILE: samplingFile,
      COLLECTOR_GRPC_SERVER_HOST_PORT: loopback(grpc),
      COLLECTOR_HTTP_SERVER_HOST_PORT: loopback(await freeTcpPort()),
      COLLECTOR_OTLP_GRPC_HOST_PORT: loopback(await freeTcpPort()),
      COLLECTOR_OTLP_HTTP_HOST_PORT: loopback(await freeTcpPort()),
      COLLECTOR_ZIPKIN_HOST_PORT: loopback(await freeTcpPort()),
      ADMIN_HTTP_HOST_PORT: loopback(admin),
    },
  });
  return { process, address: loopback(grpc), adminUrl: `http://${loopback(admin)}` };
}

/** Starts an agent with a pod's settings, which spreads spans over these collectors in turn, as it does over pods. */
export async function startBareAgent(
  program: string,
  { environment }: DeployedSettings['agent'],
  collectors: readonly string[],
): Promise<BareJaegerProgram> {
  const compact = await freeUdpPort();
  const admin = await freeTcpPort();
  const process = new TestProcess({
    command: program,
    args: [],
    environment: {
      ...environment,
      REPORTER_GRPC_HOST_PORT: collectors.join(','),
      PROCESSOR_JAEGER_COMPACT_SERVER_HOST_PORT: loopback(compact),
      PROCESSOR_JAEGER_BINARY_SERVER_HOST_PORT: loopback(await freeUdpPort()),
      PROCESSOR_ZIPKIN_COMPACT_SERVER_HOST_PORT: loopback(await freeUdpPort()),
      HTTP_SERVER_HOST_PORT: loopback(await freeTcpPort()),
      ADMIN_HTTP_HOST_PORT: loopback(admin),
    },
  });
  return { process, address: loopback(compact), adminUrl: `http://${loopback(admin)}` };
}

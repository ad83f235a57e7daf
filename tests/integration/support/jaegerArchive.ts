import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toolchainPart } from '../../support/toolchainPart.ts';
import { freeTcpPort } from './freePort.ts';
import { answersHttp, TestProcess } from './testProcess.ts';

/** The path at which its query API is. */
const BASE_PATH = '/jaeger';

/** What a real Jaeger collector stored, and a real query service that reads it. */
export interface JaegerArchive extends AsyncDisposable {
  /** The query service's address, with the path that it was given. */
  readonly queryUrl: string;
}

/**
 * Stores spans with a real collector, then starts a real query service on them. One follows on the other: their storage on
 * disk is that of one process at a time.
 *
 * @param store - sends spans to a collector's thrift endpoint, and says how many
 */
export async function startJaegerArchive(store: (collectorUrl: string) => Promise<number>): Promise<JaegerArchive> {
  const part = await toolchainPart('jaeger');
  const directory = await mkdtemp(join(tmpdir(), 'tracewright-jaeger-'));
  const storage = [
    '--badger.ephemeral=false',
    `--badger.directory-key=${join(directory, 'keys')}`,
    `--badger.directory-value=${join(directory, 'values')}`,
  ];
  const dispose = (): Promise<void> => rm(directory, { recursive: true, force: true });
  try {
    await collect(join(part, 'jaeger-collector'), storage, store);
    const query = await startQuery(join(part, 'jaeger-query'), storage);
    return {
      queryUrl: `http://127.0.0.1:${query.port}${BASE_PATH}`,
      [Symbol.asyncDispose]: async () => {
        await query.process.stop();
        await dispose();
      },
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function collect(
  command: string,
  storage: readonly string[],
  store: (collectorUrl: string) => Promise<number>,
): Promise<void> {
  const [http, grpc, otlpGrpc, otlpHttp, admin] = await freePorts(5);
  const process = await started(command, admin, [
    `--collector.http-server.host-port=127.0.0.1:${http}`,
    `--collector.grpc-server.host-port=127.0.0.1:${grpc}`,
    `--collector.otlp.grpc.host-port=127.0.0.1:${otlpGrpc}`,
    `--collector.otlp.http.host-port=127.0.0.1:${otlpHttp}`,
    '--collector.queue-size=10000',
    ...storage,
  ]);
  try {
    const count = await store(`http://127.0.0.1:${http}/api/traces`);
    // What waits in its queue when it is stopped is lost.
    await process.waitUntil(async () => (await savedSpans(`http://127.0.0.1:${admin}/metrics`)) >= count);
  } finally {
    await process.stop();
  }
}

async function savedSpans(metricsUrl: string): Promise<number> {
  const text = await (await fetch(metricsUrl)).text();
  return text
    .split('\n')
    .filter((line) => line.startsWith('jaeger_collector_spans_saved_by_svc_total{') && line.includes('result="ok"'))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}

async function startQuery(
  command: string,
  storage: readonly string[],
): Promise<{ readonly process: TestProcess; readonly port: number | undefined }> {
  const [port, grpc, admin] = await freePorts(3);
  const process = await started(command, admin, [
    `--query.http-server.host-port=127.0.0.1:${port}`,
    `--query.grpc-server.host-port=127.0.0.1:${grpc}`,
    `--query.base-path=${BASE_PATH}`,
    ...storage,
  ]);
  return { process, port };
}

async function started(command: string, adminPort: number | undefined, args: readonly string[]): Promise<TestProcess> {
  const process = new TestProcess({
    command,
    args: [`--admin.http.host-port=127.0.0.1:${adminPort}`, ...args],
    environment: { SPAN_STORAGE_TYPE: 'badger' },
  });
  try {
    await process.waitUntil(() => answersHttp(`http://127.0.0.1:${adminPort}/`));
    return process;
  } catch (error) {
    await process.stop();
    throw error;
  }
}

async function freePorts(count: number): Promise<readonly number[]> {
  const ports: number[] = [];
  while (ports.length < count) ports.push(await freeTcpPort());
  return ports;
}

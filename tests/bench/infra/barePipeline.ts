import { execa } from 'execa';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { answersHttp, type TestProcess } from '../../integration/support/testProcess.ts';
import { defaultCacheDirectory } from '../../../tools/toolchain/cacheDirectory.ts';
import { startToolchain } from '../../../tools/toolchain/toolchain.ts';
import { startBareAgent, startBareCollector, type BareJaegerProgram } from './bareJaeger.ts';
import { startBareElasticsearch, type BareServer } from './bareElasticsearch.ts';
import { spanIndices, type DeployedSettings } from './deployedSettings.ts';
import { loadArguments, parseLoadResult, type LoadResult, type Pipeline, type SpanLoad } from './pipeline.ts';

const READY_SECONDS = 300;

interface BareParts {
  readonly directory: string;
  readonly elasticsearch: BareServer;
  readonly collectors: readonly BareJaegerProgram[];
  readonly agent: BareJaegerProgram;
  readonly loadProgram: string;
  readonly indices: string;
}

/** The programs of a stack as plain processes of the host, on loopback, with the settings that the pods have. */
export class BarePipeline implements Pipeline, AsyncDisposable {
  readonly inCluster = false;
  readonly processes: Pipeline['processes'];
  readonly #parts: BareParts;

  private constructor(parts: BareParts) {
    this.#parts = parts;
    this.processes = {
      agent: [parts.agent.process.pid],
      collector: parts.collectors.map(({ process }) => process.pid),
      elasticsearch: [parts.elasticsearch.process.pid],
    };
  }

  /** Starts all of them and waits until they are ready. */
  static async start(settings: DeployedSettings): Promise<BarePipeline> {
    const directory = await mkdtemp(join(tmpdir(), 'tracewright-bench-'));
    const started: TestProcess[] = [];
    try {
      return new BarePipeline(await startParts(directory, settings, started));
    } catch (error) {
      await stopAll(started, directory);
      throw error;
    }
  }

  get collectors(): readonly BareJaegerProgram[] {
    return this.#parts.collectors;
  }

  async load(load: SpanLoad): Promise<LoadResult> {
    const { agent, elasticsearch, indices, loadProgram } = this.#parts;
    const agentMetrics = `${agent.adminUrl}/metrics`;
    const addresses = { agent: agent.address, agentMetrics, elasticsearch: elasticsearch.url, indices };
    const { all, exitCode } = await execa(loadProgram, loadArguments(addresses, load), { all: true, reject: false });
    return parseLoadResult(all, exitCode === 0);
  }

  /** Sends spans of a size, one in a packet, and waits for the agent alone. */
  async flood(spans: number, tagBytes: number): Promise<void> {
    const { agent, loadProgram } = this.#parts;
    const target = [`-agent=${agent.address}`, `-agent-metrics=${agent.adminUrl}/metrics`];
    await execa(loadProgram, [...target, `-spans=${spans}`, '-packet=1', `-tag-bytes=${tagBytes}`]);
  }

  /** Stops Elasticsearch in its tracks, or lets it go on. */
  holdStorage(held: boolean): void {
    this.#parts.elasticsearch.process.kill(held ? 'SIGSTOP' : 'SIGCONT');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { agent, collectors, directory, elasticsearch } = this.#parts;
    this.holdStorage(false);
    await stopAll(
      [agent, ...collectors, elasticsearch].map(({ process }) => process),
      directory,
    );
  }
}

async function startParts(directory: string, settings: DeployedSettings, started: TestProcess[]): Promise<BareParts> {
  const parts = startToolchain({
    parts: ['jaeger', 'trace-clients', 'elasticsearch', 'servers-rootfs'],
    cacheDirectory: defaultCacheDirectory(process.env),
    environment: process.env,
  });
  const jaeger = (await parts.ready('jaeger')).directory;
  const root = join(directory, 'root');
  await mkdir(root);
  const elasticsearch = await startBareElasticsearch({
    root,
    elasticsearch: await parts.ready('elasticsearch'),
    serversDirectory: (await parts.ready('servers-rootfs')).directory,
    settings: settings.elasticsearch,
  });
  started.push(elasticsearch.process);
  await waitUntilReady(elasticsearch.process, `${elasticsearch.url}/_cluster/health`);
  const collectors: BareJaegerProgram[] = [];
  for (let replica = 0; replica < settings.collector.replicas; replica += 1) {
    const program = join(jaeger, 'jaeger-collector');
    const collector = await startBareCollector(program, directory, settings.collector, elasticsearch.url);
    started.push(collector.process);
    await waitUntilReady(collector.process, `${collector.adminUrl}/`);
    collectors.push(collector);
  }
  const addresses = collectors.map(({ address }) => address);
  const agent = await startBareAgent(join(jaeger, 'jaeger-agent'), settings.agent, addresses);
  started.push(agent.process);
  await waitUntilReady(agent.process, `${agent.adminUrl}/`);
  const loadProgram = join((await parts.ready('trace-clients')).directory, 'span-load');
  return { directory, elasticsearch, collectors, agent, loadProgram, indices: spanIndices(settings) };
}

async function waitUntilReady(process: TestProcess, url: string): Promise<void> {
  for (const deadline = Date.now() + READY_SECONDS * 1000; !(await answersHttp(url)); await sleep(100)) {
    const reason = process.hasEnded ? 'the program has ended' : `it did not within ${READY_SECONDS} s`;
    if (process.hasEnded || Date.now() > deadline)
      throw new Error(`${url} does not answer: ${reason}:\n${process.output}`);
  }
}

async function stopAll(processes: readonly TestProcess[], directory: string): Promise<void> {
  for (const process of processes) await process.stop();
  await rm(directory, { recursive: true, force: true });
}

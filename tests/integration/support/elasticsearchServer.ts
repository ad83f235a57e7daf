import { chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { toolchainPart } from '../../support/toolchainPart.ts';
import { freeTcpPort } from './freePort.ts';
import { answersHttp, TestProcess } from './testProcess.ts';

/** It refuses to be root. */
const USER = 1000;

const READY_MILLIS = 300_000;

// The toolchain's directories are root's alone, so that the server sees its own at another place. It takes no Java from PATH.
const start = `
mount --bind "$1" "$2/home"
export ES_JAVA_HOME="$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")"
exec setpriv --reuid=${USER} --regid=${USER} --clear-groups "$2/home/bin/elasticsearch"
`;

/** The toolchain's Elasticsearch on loopback: one node with nothing in it and a heap of 512 MiB, run by the machine's Java. */
export class ElasticsearchServer implements AsyncDisposable {
  readonly url: string;
  readonly #directory: string;
  readonly #process: TestProcess;

  private constructor(home: string, directory: string, url: string) {
    this.url = url;
    this.#directory = directory;
    this.#process = new TestProcess({
      command: 'unshare',
      args: ['--mount', '--propagation', 'private', 'sh', '-euc', start, 'sh', home, directory],
      environment: { PATH: process.env['PATH'], ES_PATH_CONF: `${directory}/config`, ES_TMPDIR: `${directory}/tmp` },
    });
  }

  /** Starts it, and waits until it takes documents. */
  static async start(): Promise<ElasticsearchServer> {
    const home = join(await toolchainPart('elasticsearch'), 'elasticsearch');
    const directory = await mkdtemp(join(tmpdir(), 'tracewright-elasticsearch-'));
    const http = await freeTcpPort();
    await configure(directory, { http, transport: await freeTcpPort() });
    const server = new ElasticsearchServer(home, directory, `http://127.0.0.1:${http}`);
    try {
      await server.#waitUntilReady();
    } catch (error) {
      await server[Symbol.asyncDispose]();
      throw error;
    }
    return server;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#process.stop('SIGKILL');
    await rm(this.#directory, { recursive: true, force: true });
  }

  async #waitUntilReady(): Promise<void> {
    const deadline = performance.now() + READY_MILLIS;
    while (!(await answersHttp(`${this.url}/_cluster/health?wait_for_status=yellow&timeout=1s`))) {
      if (this.#process.hasEnded || performance.now() > deadline) {
        const state = this.#process.hasEnded ? 'has ended' : 'is not ready';
        throw new Error(`Elasticsearch ${state}:\n${this.#process.output}`);
      }
      await delay(100);
    }
  }
}

async function configure(
  directory: string,
  { http, transport }: { readonly http: number; readonly transport: number },
): Promise<void> {
  for (const name of ['home', 'config', 'data', 'tmp']) await mkdir(join(directory, name));
  for (const [name, lines] of Object.entries({
    'elasticsearch.yml': [
      'discovery.type: single-node',
      'network.host: 127.0.0.1',
      `http.port: ${http}`,
      `transport.port: ${transport}`,
      `path.data: ${directory}/data`,
      `path.logs: ${directory}/tmp`,
      'node.store.allow_mmap: false',
      'cluster.routing.allocation.disk.threshold_enabled: false',
    ],
    'jvm.options': ['-Xms512m', '-Xmx512m', '-XX:+UseSerialGC', '-Djava.io.tmpdir=${ES_TMPDIR}'],
    'log4j2.properties': [
      'status = error',
      'appender.console.type = Console',
      'appender.console.name = console',
      'appender.console.layout.type = PatternLayout',
      'appender.console.layout.pattern = %p %c{1.} %m%n',
      'rootLogger.level = warn',
      'rootLogger.appenderRef.console.ref = console',
    ],
  }))
    await writeFile(join(directory, 'config', name), `${lines.join('\n')}\n`);
  for (const path of ['', 'config', 'data', 'tmp']) await chown(join(directory, path), USER, USER);
}

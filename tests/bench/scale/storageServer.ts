import { mkdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { elasticsearchContainer, elasticsearchFiles } from '../../../infra/jaeger/elasticsearchFiles.ts';
import { profiles } from '../../../infra/schema/profiles.ts';
import type { InstalledPart } from '../../../tools/toolchain/part.ts';
import { freeTcpPort } from '../../integration/support/freePort.ts';
import { answersHttp } from '../../integration/support/testProcess.ts';
import {
  runBareElasticsearch,
  unpackBareElasticsearch,
  type BareElasticsearchOptions,
  type BareServer,
} from '../infra/bareElasticsearch.ts';
import { benchProfile } from './settings.ts';

const READY_SECONDS = 300;

/** What {@link StorageServer.start} needs. */
export interface StorageServerOptions {
  /** A directory that is not there yet; it becomes the program's root and keeps its data. */
  readonly root: string;
  readonly elasticsearch: InstalledPart;
  /** The part `servers-rootfs`. */
  readonly serversDirectory: string;
}

interface Ports {
  readonly http: number;
  readonly transport: number;
}

/** The stack's own Elasticsearch node as a process of the host, which can be held, killed and started again on its data. */
export class StorageServer implements AsyncDisposable {
  readonly url: string;
  readonly #options: BareElasticsearchOptions;
  readonly #ports: Ports;
  #server: BareServer;

  private constructor(options: BareElasticsearchOptions, ports: Ports) {
    this.#options = options;
    this.#ports = ports;
    this.#server = runBareElasticsearch(options, ports);
    this.url = this.#server.url;
  }

  /** Unpacks and starts it, and waits until its shards are there. */
  static async start({ root, ...parts }: StorageServerOptions): Promise<StorageServer> {
    await mkdir(root);
    const files = elasticsearchFiles(profiles[benchProfile].elasticsearch.heapMebibytes);
    const { env } = elasticsearchContainer(Object.keys(files));
    const environment = Object.fromEntries(env.map(({ name, value }) => [name, value]));
    const options = { root, ...parts, settings: { environment, files } };
    await unpackBareElasticsearch(options);
    const server = new StorageServer(options, { http: await freeTcpPort(), transport: await freeTcpPort() });
    try {
      await server.#waitUntilReady();
    } catch (error) {
      await server[Symbol.asyncDispose]();
      throw error;
    }
    return server;
  }

  get pid(): string {
    return this.#server.process.pid;
  }

  /** Stops it in its tracks, or lets it go on: its connections stay, and it does not answer. */
  hold(held: boolean): void {
    this.#server.process.kill(held ? 'SIGSTOP' : 'SIGCONT');
  }

  /** Kills it: what it has not written is gone, and its connections are refused. */
  async kill(): Promise<void> {
    this.#server.process.kill('SIGKILL');
    await this.#server.process.end();
  }

  /** Starts what was killed on the data that it left, and waits until its shards are there. */
  async startAgain(): Promise<void> {
    this.#server = runBareElasticsearch(this.#options, this.#ports);
    await this.#waitUntilReady();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.hold(false);
    await this.#server.process.stop();
  }

  async #waitUntilReady(): Promise<void> {
    const health = `${this.url}/_cluster/health?wait_for_status=yellow&timeout=1s`;
    for (const deadline = Date.now() + READY_SECONDS * 1000; !(await answersHttp(health)); await sleep(200)) {
      const { hasEnded, output } = this.#server.process;
      if (hasEnded || Date.now() > deadline)
        throw new Error(`Elasticsearch ${hasEnded ? 'has ended' : 'is not ready'}:\n${output}`);
    }
  }
}

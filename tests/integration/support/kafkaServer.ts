import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { toolchainPart } from '../../support/toolchainPart.ts';
import { freeTcpPort } from './freePort.ts';
import { TestProcess } from './testProcess.ts';

const run = promisify(execFile);

/** How a broker is started. */
export interface KafkaServerOptions {
  /** Lines of `server.properties` in place of the same ones here, or beside them. @defaultValue none */
  readonly properties?: Readonly<Record<string, string>>;
}

/** A broker of the toolchain's Kafka on loopback: one node, its own controller (KRaft), with a heap of 256 MiB. */
export class KafkaServer implements AsyncDisposable {
  /** `host:port` that clients come to. It stays the same when the broker is stopped and started again. */
  readonly address: string;
  readonly #bin: string;
  readonly #directory: string;
  #process: TestProcess;

  private constructor(bin: string, directory: string, address: string) {
    this.#bin = bin;
    this.#directory = directory;
    this.address = address;
    this.#process = this.#startProcess();
  }

  /** Resolves as soon as it serves, without any topic; topics are made by {@link createTopic} alone. */
  static async start({ properties = {} }: KafkaServerOptions = {}): Promise<KafkaServer> {
    const bin = join(await toolchainPart('kafka'), 'kafka', 'bin');
    const directory = await mkdtemp(join(tmpdir(), 'tracewright-kafka-'));
    const [port, controllerPort] = [await freeTcpPort(), await freeTcpPort()];
    const address = `127.0.0.1:${port}`;
    const settings = { ...serverProperties(directory, address, `127.0.0.1:${controllerPort}`), ...properties };
    const file = join(directory, 'server.properties');
    await writeFile(
      file,
      Object.entries(settings)
        .map(([name, value]) => `${name}=${value}\n`)
        .join(''),
    );
    await run(join(bin, 'kafka-storage.sh'), ['format', '--cluster-id', CLUSTER_ID, '--config', file], {
      env: environment(directory),
    });
    const server = new KafkaServer(bin, directory, address);
    try {
      await server.#waitUntilServing();
    } catch (error) {
      await server[Symbol.asyncDispose]();
      throw error;
    }
    return server;
  }

  /** Everything that the broker wrote to its log since it was last started. */
  get log(): string {
    return this.#process.output;
  }

  /** Makes a topic. @throws Error with the words of `kafka-topics.sh` */
  async createTopic(topic: string, partitions = 1): Promise<void> {
    await this.tool('kafka-topics', '--create', '--topic', topic, '--partitions', String(partitions));
  }

  /**
   * Runs one of Kafka's tools against the broker, without TLS and log-in.
   *
   * @param name - Without `.sh`: `kafka-consumer-groups`.
   * @returns its standard output
   * @throws Error with its words when it fails.
   */
  async tool(name: string, ...args: readonly string[]): Promise<string> {
    return (await this.#run(name, args)).stdout;
  }

  /** Writes messages without line breaks, of any form, to a topic. @throws Error when it is not there */
  async send(topic: string, messages: readonly string[]): Promise<void> {
    const producer = this.#run('kafka-console-producer', ['--topic', topic, '--request-timeout-ms', '5000']);
    producer.child.stdin?.end(messages.map((message) => `${message}\n`).join(''));
    const { stderr } = await producer;
    if (/ERROR|Exception/.test(stderr)) throw new Error(stderr);
  }

  /** The values of a topic's first messages. @throws Error when there are not so many within 10 s. */
  async messages(topic: string, count: number): Promise<readonly string[]> {
    const limits = ['--max-messages', String(count), '--timeout-ms', '10000'];
    const output = await this.tool('kafka-console-consumer', '--topic', topic, '--from-beginning', ...limits);
    const values = output.split('\n').slice(0, -1);
    if (values.length < count) throw new Error(`${topic} has ${values.length} messages, not ${count}`);
    return values;
  }

  /** Stops the broker; its data stays. @param signal - `SIGKILL` for one that falls over. @defaultValue 'SIGTERM' */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    await this.#process.stop(signal);
  }

  /** Starts a stopped broker on the data and at the address that it had. */
  async startAgain(): Promise<void> {
    if (!this.#process.hasEnded) throw new Error(`Kafka at ${this.address} still runs`);
    this.#process = this.#startProcess();
    await this.#waitUntilServing();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#process.stop('SIGKILL');
    await rm(this.#directory, { recursive: true, force: true });
  }

  #run(tool: string, args: readonly string[]) {
    return run(join(this.#bin, `${tool}.sh`), ['--bootstrap-server', this.address, ...args], {
      env: environment(this.#directory),
    });
  }

  #startProcess(): TestProcess {
    return new TestProcess({
      command: join(this.#bin, 'kafka-server-start.sh'),
      args: [join(this.#directory, 'server.properties')],
      environment: { ...environment(this.#directory), EXTRA_ARGS: '', KAFKA_HEAP_OPTS: '-Xms256m -Xmx256m' },
    });
  }

  async #waitUntilServing(): Promise<void> {
    // It takes 4 s of a processor, which it may have to share; after it was killed, the controller waits for it for 9 s more.
    await this.#process.waitUntil(() => this.#process.output.includes('Kafka Server started'), 90_000);
  }
}

const CLUSTER_ID = Buffer.from('tracewright-test').toString('base64url');

function environment(directory: string): Readonly<Record<string, string | undefined>> {
  const { PATH, JAVA_HOME } = process.env;
  return { PATH, JAVA_HOME, LOG_DIR: directory };
}

function serverProperties(directory: string, address: string, controller: string): Readonly<Record<string, string>> {
  return {
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@${controller}`,
    listeners: `PLAINTEXT://${address},CONTROLLER://${controller}`,
    'advertised.listeners': `PLAINTEXT://${address}`,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'log.dirs': join(directory, 'data'),
    'auto.create.topics.enable': 'false',
    'offsets.topic.num.partitions': '1',
    'offsets.topic.replication.factor': '1',
    'transaction.state.log.replication.factor': '1',
    'transaction.state.log.min.isr': '1',
    // A group's first consumer would wait for others.
    'group.initial.rebalance.delay.ms': '0',
  };
}

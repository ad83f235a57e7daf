import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { kafkaControllerPort, kafkaFiles, kafkaLocalPort, kafkaPort } from '../../../infra/jaeger/kafkaFiles.ts';
import { kafkaToolSettings } from '../../../infra/jaeger/waitForKafka.ts';
import { toolchainPart } from '../../support/toolchainPart.ts';
import { freeTcpPort } from './freePort.ts';
import { TestProcess } from './testProcess.ts';

const run = promisify(execFile);

/** How a broker is started. */
export interface KafkaServerOptions {
  /** Lines of `server.properties` in place of the stack's. @defaultValue none */
  readonly properties?: Readonly<Record<string, string>>;
}

/** A broker of the toolchain's Kafka on loopback, with the settings of the stack's own one, and a heap of 256 MiB. */
export class KafkaServer implements AsyncDisposable {
  /** `host:port` that clients come to. */
  readonly address: string;
  readonly #local: string;
  readonly #bin: string;
  readonly #directory: string;
  readonly #process: TestProcess;

  private constructor(bin: string, directory: string, address: string, local: string) {
    this.#bin = bin;
    this.#directory = directory;
    this.address = address;
    this.#local = local;
    this.#process = new TestProcess({
      command: join(bin, 'kafka-server-start.sh'),
      args: [join(directory, 'server.properties')],
      environment: { ...environment(directory), EXTRA_ARGS: '', KAFKA_HEAP_OPTS: '-Xms256m -Xmx256m' },
    });
  }

  /** Resolves as soon as it serves, without any topic. */
  static async start({ properties = {} }: KafkaServerOptions = {}): Promise<KafkaServer> {
    const bin = join(await toolchainPart('kafka'), 'kafka', 'bin');
    const directory = await mkdtemp(join(tmpdir(), 'tracewright-kafka-'));
    const [port, controllerPort, localPort] = [await freeTcpPort(), await freeTcpPort(), await freeTcpPort()];
    const address = `127.0.0.1:${port}`;
    const own = kafkaFiles({ address, retentionHours: 1, volumeGibibytes: 1, partitions: 8 })['server.properties'];
    const file = join(directory, 'server.properties');
    const changes = {
      'log.dirs': join(directory, 'data'),
      // A group's first consumer would wait for others.
      'group.initial.rebalance.delay.ms': '0',
      ...properties,
    };
    // Of two lines for a setting, the later one holds.
    const settings = [
      withPorts(own ?? '', {
        [kafkaPort.number]: port,
        [kafkaControllerPort.number]: controllerPort,
        [kafkaLocalPort]: localPort,
      }),
      ...Object.entries(changes).map(([name, value]) => `${name}=${value}\n`),
    ];
    await writeFile(file, settings.join(''));
    await run(join(bin, 'kafka-storage.sh'), ['format', '--cluster-id', CLUSTER_ID, '--config', file], {
      env: environment(directory),
    });
    const server = new KafkaServer(bin, directory, address, `localhost:${localPort}`);
    try {
      // It takes 4 s of a processor, which it may have to share.
      await server.#process.waitUntil(() => server.#process.output.includes('Kafka Server started'), 90_000);
    } catch (error) {
      await server[Symbol.asyncDispose]();
      throw error;
    }
    return server;
  }

  /**
   * Runs one of Kafka's tools against the broker, where the pod's own tools come to it: without TLS and log-in.
   *
   * @param name - Without `.sh`: `kafka-consumer-groups`.
   * @returns its standard output
   * @throws Error with its words when it fails.
   */
  async tool(name: string, ...args: readonly string[]): Promise<string> {
    return (await this.#run(name, args)).stdout;
  }

  /** Writes messages without line breaks to a topic. @throws Error when it is not there */
  async send(topic: string, messages: readonly string[]): Promise<void> {
    const producer = this.#run('kafka-console-producer', ['--topic', topic, '--request-timeout-ms', '5000']);
    producer.child.stdin?.end(messages.map((message) => `${message}\n`).join(''));
    const { stderr } = await producer;
    if (/ERROR|Exception/.test(stderr)) throw new Error(stderr);
  }

  /** Starts a reader of a topic, as a member of a group until its end. */
  reader(topic: string, group: string): TestProcess {
    return new TestProcess({
      command: this.#script('kafka-console-consumer'),
      args: ['--bootstrap-server', this.#local, '--topic', topic, '--group', group],
      environment: this.#toolEnvironment,
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#process.stop('SIGKILL');
    await rm(this.#directory, { recursive: true, force: true });
  }

  #run(tool: string, args: readonly string[]) {
    return run(this.#script(tool), ['--bootstrap-server', this.#local, ...args], { env: this.#toolEnvironment });
  }

  get #toolEnvironment(): Readonly<Record<string, string | undefined>> {
    return { ...kafkaToolSettings, ...environment(this.#directory) };
  }

  #script(tool: string): string {
    return join(this.#bin, `${tool}.sh`);
  }
}

const CLUSTER_ID = Buffer.from('tracewright-test').toString('base64url');

function environment(directory: string): Readonly<Record<string, string | undefined>> {
  const { PATH, JAVA_HOME } = process.env;
  return { PATH, JAVA_HOME, LOG_DIR: directory };
}

/** The settings with other ports, all of them at once. */
function withPorts(settings: string, ports: Readonly<Record<number, number>>): string {
  return settings.replaceAll(/:(\d+)\b/g, (whole, port: string) =>
    Number(port) in ports ? `:${ports[Number(port)]}` : whole,
  );
}

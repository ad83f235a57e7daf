import { execa } from 'execa';
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { kafkaContainer, kafkaFiles, kafkaUserId } from '../../../infra/jaeger/kafkaFiles.ts';
import { kafkaWaitScript } from '../../../infra/jaeger/kafkaWaitScript.ts';
import { profiles } from '../../../infra/schema/profiles.ts';
import { kafkaImage } from '../../../tools/images/specs/kafkaImage.ts';
import type { InstalledPart } from '../../../tools/toolchain/part.ts';
import { freeTcpPort } from '../../integration/support/freePort.ts';
import { TestProcess } from '../../integration/support/testProcess.ts';
import { benchProfile, streamConnection } from './settings.ts';

const READY_SECONDS = 300;

/** What {@link Broker.start} needs. */
export interface BrokerOptions {
  /** What the part `servers-rootfs` is unpacked in already, for Elasticsearch as well; the broker's files are added. */
  readonly root: string;
  readonly kafka: InstalledPart;
  /** The part `servers-rootfs`. */
  readonly serversDirectory: string;
}

// As Elasticsearch's in tests/bench/infra: the pod's paths are the directory's.
const enter = `
root=$1; kafka=$2; shift 2
mount --bind "$root" "$root"
mount --bind "$kafka" "$root/opt/kafka"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
exec chroot --userspec="${kafkaUserId}:${kafkaUserId}" "$root" "$@"
`;

const dataDirectory = 'var/lib/kafka/data';
const configDirectory = 'etc/kafka-broker';

/** The stack's own broker as a process of the host, with the topic of the stream. */
export class Broker implements AsyncDisposable {
  readonly address: string;
  readonly #options: BrokerOptions;
  readonly #process: TestProcess;

  private constructor(options: BrokerOptions, address: string) {
    this.#options = options;
    this.address = address;
    const { command, env } = kafkaContainer(profiles[benchProfile].kafka.heapMebibytes);
    const variables = Object.fromEntries(env.map(({ name, value }) => [name, value]));
    this.#process = inside(options, command, variables);
  }

  /** Starts it, makes the topic and gives its readers a place to begin at, as the pods' own waiting does. */
  static async start(options: BrokerOptions): Promise<Broker> {
    const address = `127.0.0.1:${await freeTcpPort()}`;
    await addFiles(options, address, `127.0.0.1:${await freeTcpPort()}`);
    const broker = new Broker(options, address);
    try {
      await broker.#makeTopic();
    } catch (error) {
      await broker[Symbol.asyncDispose]();
      throw error;
    }
    return broker;
  }

  /** Its id. @throws Error with its last words, when it has ended. */
  get pid(): string {
    const { hasEnded, output } = this.#process;
    if (hasEnded) throw new Error(`Kafka has ended:\n${output.slice(-4000)}`);
    return this.#process.pid;
  }

  /** Bytes of the topic's logs on the disk. */
  async topicBytes(): Promise<number> {
    const logs = join(this.#options.root, dataDirectory);
    const { topic } = streamConnection(this.address);
    const partitions = (await readdir(logs)).filter((name) => name.startsWith(`${topic}-`));
    const sizes = partitions.map(async (partition) => {
      const segments = (await readdir(join(logs, partition))).filter((name) => name.endsWith('.log'));
      const bytes = await Promise.all(segments.map(async (name) => (await stat(join(logs, partition, name))).size));
      return bytes.reduce((sum, size) => sum + size, 0);
    });
    return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#process.stop();
  }

  async #makeTopic(): Promise<void> {
    const { topic, partitions, consumerGroup } = streamConnection(this.address);
    const command = ['/bin/bash', '-c', kafkaWaitScript, 'wait-for-kafka', this.address];
    const wait = inside(this.#options, command, {
      TOPIC: topic,
      PARTITIONS: String(partitions),
      MAKE_TOPIC: 'true',
      GROUP: consumerGroup,
      LOG_DIR: '/tmp',
    });
    const ended = wait.end().then(({ code }) => code);
    if ((await Promise.race([ended, sleep(READY_SECONDS * 1000, undefined, { ref: false })])) === 0) return;
    await wait.stop('SIGKILL');
    throw new Error(`the topic is not there:\n${wait.output}\n${this.#process.output}`);
  }
}

function inside(
  { root, kafka, serversDirectory }: BrokerOptions,
  command: readonly string[],
  environment: Readonly<Record<string, string>>,
): TestProcess {
  const own = ['--mount', '--propagation', 'private', 'sh', '-euc', enter, 'sh', root, join(kafka.directory, 'kafka')];
  return new TestProcess({
    command: 'unshare',
    args: [...own, ...command],
    environment: { ...kafkaImage(serversDirectory, kafka).config.environment, ...environment },
  });
}

async function addFiles({ root }: BrokerOptions, address: string, controller: string): Promise<void> {
  for (const path of ['opt/kafka', configDirectory, dataDirectory]) await mkdir(join(root, path), { recursive: true });
  const { kafka } = profiles[benchProfile];
  const files = kafkaFiles({ address, retentionHours: 24, ...kafka });
  for (const [name, text] of Object.entries(files)) {
    const own = name === 'server.properties' ? text + addresses(address, controller) : text;
    await writeFile(join(root, configDirectory, name), own);
  }
  await execa('chown', ['-R', `${kafkaUserId}:${kafkaUserId}`, join(root, 'var/lib/kafka')]);
}

/** Of two lines for a setting, the later one holds. */
function addresses(broker: string, controller: string): string {
  return [
    `controller.quorum.voters=1@${controller}`,
    `listeners=PLAINTEXT://${broker},CONTROLLER://${controller}`,
    `advertised.listeners=PLAINTEXT://${broker}`,
    '',
  ].join('\n');
}

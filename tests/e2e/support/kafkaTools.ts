import type { KubeConfig } from '@kubernetes/client-node';
import { serviceHost, serviceNames } from '../../../infra/jaeger/endpoints.ts';
import { kafkaImage } from '../../../infra/jaeger/images.ts';
import { kafkaPort, kafkaTools } from '../../../infra/jaeger/kafkaFiles.ts';
import type { ApplicationNamespace } from './applicationNamespace.ts';
import { openPort } from './openPort.ts';
import { hostPort } from './reachFirst.ts';

/** Kafka's own tools, in pods of an application's namespace that the broker of a stack lets in. */
export class KafkaTools implements AsyncDisposable {
  /** `host:port` of the broker. */
  readonly broker: string;
  readonly #application: ApplicationNamespace;
  readonly #way: AsyncDisposable;
  #runs = 0;

  private constructor(application: ApplicationNamespace, broker: string, way: AsyncDisposable) {
    this.#application = application;
    this.broker = broker;
    this.#way = way;
  }

  /** @param owner - namespace of the stack whose broker is embedded. */
  static async create(kube: KubeConfig, application: ApplicationNamespace, owner: string): Promise<KafkaTools> {
    const broker = `${serviceHost(serviceNames.kafka, owner)}:${kafkaPort.number}`;
    return new KafkaTools(application, broker, await openKafka(kube, owner, application.name));
  }

  /**
   * Runs one tool to its end.
   *
   * @param input - what it reads
   * @returns what it wrote
   * @throws Error with that, when the tool fails.
   */
  async run(tool: string, args: readonly string[], input = ''): Promise<string> {
    const script = `printf '%s' "$INPUT" | ${kafkaTools}/${tool}.sh --bootstrap-server "$BROKER" "$@"`;
    const { succeeded, log } = await this.#application.run({
      name: `${tool}-${++this.#runs}`,
      reachesFirst: [hostPort(`tcp://${this.broker}`)],
      container: {
        image: kafkaImage({}),
        command: ['/bin/bash', '-o', 'pipefail', '-c', script, tool, ...args],
        env: [
          { name: 'BROKER', value: this.broker },
          { name: 'INPUT', value: input },
          { name: 'KAFKA_HEAP_OPTS', value: '-Xmx64m' },
          { name: 'LOG_DIR', value: '/tmp' },
        ],
        volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
      },
      volumes: [{ name: 'tmp', emptyDir: {} }],
    });
    if (!succeeded) throw new Error(`${tool} failed:\n${log}`);
    return log;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#way[Symbol.asyncDispose]();
  }
}

/** Lets a namespace reach the broker of a stack, which its policies keep for the stack itself. */
function openKafka(kube: KubeConfig, owner: string, from: string): Promise<AsyncDisposable> {
  return openPort(kube, { namespace: owner, component: serviceNames.kafka, port: kafkaPort.number, from });
}

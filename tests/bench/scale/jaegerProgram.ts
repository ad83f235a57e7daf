import { freeTcpPort } from '../../integration/support/freePort.ts';
import { answersHttp, TestProcess } from '../../integration/support/testProcess.ts';
import { sumOfMetric } from '../../support/sumOfMetric.ts';

/** One of Jaeger's programs on the host, on loopback. */
export class JaegerProgram implements AsyncDisposable {
  /** Where it takes spans over OTLP/gRPC, if it does. */
  readonly otlpAddress: string | undefined;
  readonly #process: TestProcess;
  readonly #adminUrl: string;

  private constructor(process: TestProcess, adminUrl: string, otlpAddress?: string) {
    this.#process = process;
    this.#adminUrl = adminUrl;
    this.otlpAddress = otlpAddress;
  }

  /** Starts a collector with these settings and waits until it is ready. */
  static async startCollector(command: string, settings: Readonly<Record<string, string>>): Promise<JaegerProgram> {
    const otlp = await loopback();
    const environment = {
      ...settings,
      COLLECTOR_OTLP_GRPC_HOST_PORT: otlp,
      COLLECTOR_OTLP_HTTP_HOST_PORT: await loopback(),
      COLLECTOR_GRPC_SERVER_HOST_PORT: await loopback(),
      COLLECTOR_HTTP_SERVER_HOST_PORT: await loopback(),
    };
    return JaegerProgram.#start(command, environment, otlp);
  }

  /** Starts an ingester with these settings and waits until it is ready. */
  static async startIngester(command: string, settings: Readonly<Record<string, string>>): Promise<JaegerProgram> {
    return JaegerProgram.#start(command, settings);
  }

  static async #start(
    command: string,
    settings: Readonly<Record<string, string>>,
    otlp?: string,
  ): Promise<JaegerProgram> {
    const admin = await loopback();
    const process = new TestProcess({
      command,
      args: [],
      environment: { ...settings, ADMIN_HTTP_HOST_PORT: admin },
    });
    const program = new JaegerProgram(process, `http://${admin}`, otlp);
    try {
      await process.waitUntil(() => answersHttp(`http://${admin}/`));
    } catch (error) {
      await program[Symbol.asyncDispose]();
      throw error;
    }
    return program;
  }

  get pid(): string {
    return this.#process.pid;
  }

  /** Everything that it wrote. */
  get log(): string {
    return this.#process.output;
  }

  /** Its metrics, as Prometheus reads them. */
  async metrics(): Promise<string> {
    return (await fetch(`${this.#adminUrl}/metrics`)).text();
  }

  /** The sum of one of its metrics over all label sets. */
  async metric(name: string): Promise<number> {
    return sumOfMetric(await this.metrics(), name);
  }

  /** Ends it as a pod's end does. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#process.stop();
  }
}

async function loopback(): Promise<string> {
  return `127.0.0.1:${await freeTcpPort()}`;
}

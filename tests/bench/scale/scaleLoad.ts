import { z } from 'zod';
import { freeTcpPort } from '../../integration/support/freePort.ts';
import { answersHttp, TestProcess } from '../../integration/support/testProcess.ts';

/** How collectors are loaded. */
export interface ScaleLoadOptions {
  /** The program `steady-load`. */
  readonly program: string;
  /** Addresses of the collectors' OTLP/gRPC. */
  readonly collectors: readonly string[];
  /** Name of the spans' service, which no other load has. */
  readonly service: string;
  /** Spans a second. @defaultValue as many as the bound lets through */
  readonly spansPerSecond?: number;
  /** Lets no more spans be on their way to these indices. @defaultValue no bound: a steady pace, whatever becomes of it */
  readonly bound?: { readonly elasticsearch: string; readonly indices: string; readonly unstored: number };
}

/** More than any pipeline here stores: the bound decides. */
const UNLIMITED_SPANS_PER_SECOND = 100_000;

/** Small enough that a hundred spans a second come evenly, large enough that the load is none itself. */
const SPANS_PER_REQUEST = 20;

const loadReport = z.object({
  sent: z.number(),
  acknowledged: z.number(),
  unacknowledged: z.number(),
  retried: z.number(),
});

/** What `tools/toolchain/parts/trace-clients/steady-load` counts of spans. */
export type LoadReport = z.infer<typeof loadReport>;

/** Spans of an HTTP server, each with a number and a trace of its own, sent to collectors until they are acknowledged. */
export class ScaleLoad implements AsyncDisposable {
  readonly service: string;
  readonly #process: TestProcess;
  readonly #control: string;

  private constructor(service: string, process: TestProcess, control: string) {
    this.service = service;
    this.#process = process;
    this.#control = control;
  }

  static async start(options: ScaleLoadOptions): Promise<ScaleLoad> {
    const control = `127.0.0.1:${await freeTcpPort()}`;
    const process = new TestProcess({ command: options.program, args: loadArguments(options, control) });
    const load = new ScaleLoad(options.service, process, `http://${control}`);
    try {
      await process.waitUntil(() => answersHttp(`http://${control}/report`));
    } catch (error) {
      await load[Symbol.asyncDispose]();
      throw error;
    }
    return load;
  }

  /** What it has come to so far. */
  report(): Promise<LoadReport> {
    return this.#ask('report', 'GET');
  }

  /** Ends it, and waits until what was sent is acknowledged, for a minute at most. */
  stop(): Promise<LoadReport> {
    return this.#ask('stop', 'POST');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#process.stop('SIGKILL');
  }

  async #ask(path: string, method: string): Promise<LoadReport> {
    return loadReport.parse(await (await fetch(`${this.#control}/${path}`, { method })).json());
  }
}

/** The command line of `steady-load`. */
export function loadArguments(options: ScaleLoadOptions, control: string): readonly string[] {
  const { collectors, service, spansPerSecond = UNLIMITED_SPANS_PER_SECOND, bound } = options;
  return [
    `-collector=${collectors.join(',')}`,
    `-service=${service}`,
    `-control=${control}`,
    '-attributes',
    `-spans-per-second=${spansPerSecond}`,
    `-spans-per-request=${SPANS_PER_REQUEST}`,
    ...(bound === undefined
      ? []
      : [`-elasticsearch=${bound.elasticsearch}`, `-indices=${bound.indices}`, `-unstored=${bound.unstored}`]),
  ];
}

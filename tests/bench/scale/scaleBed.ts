import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultCacheDirectory } from '../../../tools/toolchain/cacheDirectory.ts';
import { startToolchain } from '../../../tools/toolchain/toolchain.ts';
import { repeated } from '../repeated.ts';
import { Broker } from './broker.ts';
import { JaegerProgram } from './jaegerProgram.ts';
import { lostByCounters } from './lostByCounters.ts';
import { ScaleLoad, type ScaleLoadOptions } from './scaleLoad.ts';
import {
  collectorCount,
  collectorEnvironment,
  ingesterCount,
  ingesterEnvironment,
  spanIndices,
  type Servers,
  type Strategy,
} from './settings.ts';
import { StorageServer } from './storageServer.ts';
import { countDocuments, indexedDocuments, storedSpans, type StoredSpans } from './storedSpans.ts';

/** How {@link ScaleBed.load} loads. */
export type LoadOptions = Pick<ScaleLoadOptions, 'service' | 'spansPerSecond'> & {
  /** Spans that are on their way at most. */
  readonly unstored?: number;
};

interface Parts {
  readonly jaeger: string;
  readonly load: string;
}

/**
 * Both pipelines over one Elasticsearch: collectors that write to it, and collectors, Kafka and ingesters. All are processes of
 * the host on loopback, with the settings of a stack's pods; what is not loaded idles.
 */
export class ScaleBed implements AsyncDisposable {
  readonly storage: StorageServer;
  readonly broker: Broker;
  readonly collectors: Readonly<Record<Strategy, readonly JaegerProgram[]>>;
  readonly #parts: Parts;
  readonly #ingesters: JaegerProgram[] = [];
  readonly #started: AsyncDisposableStack;

  private constructor(
    { storage, broker, collectors }: Pick<ScaleBed, 'storage' | 'broker' | 'collectors'>,
    parts: Parts,
    started: AsyncDisposableStack,
  ) {
    this.storage = storage;
    this.broker = broker;
    this.collectors = collectors;
    this.#parts = parts;
    this.#started = started;
  }

  /** Starts everything and waits until it is ready. */
  static async start(): Promise<ScaleBed> {
    await using started = new AsyncDisposableStack();
    const names = ['jaeger', 'trace-clients', 'elasticsearch', 'kafka', 'servers-rootfs'] as const;
    const toolchain = startToolchain({
      parts: names,
      cacheDirectory: defaultCacheDirectory(process.env),
      environment: process.env,
    });
    const directory = await mkdtemp(join(tmpdir(), 'tracewright-bench-'));
    started.defer(() => rm(directory, { recursive: true, force: true }));
    const root = join(directory, 'root');
    const serversDirectory = (await toolchain.ready('servers-rootfs')).directory;
    const storage = started.use(
      await StorageServer.start({
        root,
        elasticsearch: await toolchain.ready('elasticsearch'),
        serversDirectory,
      }),
    );
    const kafka = await toolchain.ready('kafka');
    const broker = started.use(await Broker.start({ root, kafka, serversDirectory }));
    const jaeger = (await toolchain.ready('jaeger')).directory;
    const load = join((await toolchain.ready('trace-clients')).directory, 'steady-load');
    const servers = { elasticsearch: storage.url, broker: broker.address };
    const collectors = {
      direct: await startCollectors('direct', servers, jaeger, started),
      streaming: await startCollectors('streaming', servers, jaeger, started),
    };
    const bed = new ScaleBed({ storage, broker, collectors }, { jaeger, load }, started.move());
    try {
      await bed.setIngesters(ingesterCount);
    } catch (error) {
      await bed[Symbol.asyncDispose]();
      throw error;
    }
    return bed;
  }

  get ingesters(): readonly JaegerProgram[] {
    return this.#ingesters;
  }

  /** Starts or ends ingesters until so many run. They end as pods do, with all that they have taken written. */
  async setIngesters(count: number): Promise<void> {
    while (this.#ingesters.length > count) await this.#ingesters.pop()?.[Symbol.asyncDispose]();
    const servers = { elasticsearch: this.storage.url, broker: this.broker.address };
    const command = join(this.#parts.jaeger, 'jaeger-ingester');
    while (this.#ingesters.length < count)
      this.#ingesters.push(await JaegerProgram.startIngester(command, ingesterEnvironment(servers)));
  }

  /** Loads the collectors of a strategy. */
  load(strategy: Strategy, { service, spansPerSecond, unstored }: LoadOptions): Promise<ScaleLoad> {
    const bound = { elasticsearch: this.storage.url, indices: spanIndices(strategy) };
    return ScaleLoad.start({
      program: this.#parts.load,
      collectors: this.collectors[strategy].flatMap(({ otlpAddress }) => otlpAddress ?? []),
      service,
      ...(spansPerSecond === undefined ? {} : { spansPerSecond }),
      ...(unstored === undefined ? {} : { bound: { ...bound, unstored } }),
    });
  }

  /** Spans of a service that are stored, each looked up. */
  stored(strategy: Strategy, service: string): Promise<StoredSpans> {
    return storedSpans(this.storage.url, spanIndices(strategy), service);
  }

  /** Spans that the collectors of a strategy say they lost, since they were started. */
  async lost(strategy: Strategy): Promise<number> {
    const metrics = await Promise.all(this.collectors[strategy].map((collector) => collector.metrics()));
    return metrics.reduce((sum, text) => sum + lostByCounters(text), 0);
  }

  /** Documents of a service that are stored, copies included: quicker than looking each up. */
  count(strategy: Strategy, service: string): Promise<number> {
    return countDocuments(this.storage.url, spanIndices(strategy), service);
  }

  /** Documents that were indexed for a strategy since Elasticsearch was started. */
  indexed(strategy: Strategy): Promise<number> {
    return indexedDocuments(this.storage.url, spanIndices(strategy));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.setIngesters(0);
    await this.#started[Symbol.asyncDispose]();
  }
}

function startCollectors(
  strategy: Strategy,
  servers: Servers,
  jaeger: string,
  started: AsyncDisposableStack,
): Promise<readonly JaegerProgram[]> {
  const command = join(jaeger, 'jaeger-collector');
  return repeated(collectorCount, async () =>
    started.use(await JaegerProgram.startCollector(command, collectorEnvironment(strategy, servers))),
  );
}

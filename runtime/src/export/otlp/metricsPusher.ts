/// <reference lib="esnext.disposable" preserve="true" />
import { context } from '@opentelemetry/api';
import { ExportResultCode, suppressTracing } from '@opentelemetry/core';
import { defaultResource } from '@opentelemetry/resources';
import type { PushMetricExporter } from '@opentelemetry/sdk-metrics';
import { nodeHostProcess } from '../../core/adapters/nodeHostProcess.ts';
import type { Dispose, HostProcess } from '../../core/hostProcess.ts';
import { neverThrowing } from '../../core/neverThrowing.ts';
import { checkOptions } from '../../core/optionKinds.ts';
import type { ProcessResource } from '../../core/processResource.ts';
import { toError } from '../../core/toError.ts';
import { warnSparingly } from '../../core/warnSparingly.ts';
import { withTimeout } from '../../core/withTimeout.ts';
import type { MetricSource } from '../metricSource.ts';
import { createOtlpMetricExporter } from './adapters/createOtlpMetricExporter.ts';
import { MetricsPushError } from './metricsPushError.ts';
import { METRICS_PUSHER_OPTION_KINDS, type MetricsPusherOptions } from './metricsPusherOptions.ts';
import { toResourceMetrics } from './toResourceMetrics.ts';

const DEFAULT_INTERVAL_MILLIS = 60_000;
const DEFAULT_TIMEOUT_MILLIS = 10_000;

/** What became of pushes. */
export interface PushCounts {
  readonly pushed: number;
  /** These are lost as points in time; what they counted is in the next one. */
  readonly failed: number;
}

/**
 * Pushes metrics at an interval, to a collector with OTLP or to whatever exporter it is given. One push is under way at a
 * time: where one takes longer than it may, the next one waits until the exporter has let go of it.
 */
export class MetricsPusher {
  readonly #source: MetricSource;
  readonly #host: Pick<HostProcess, 'wallMillis' | 'schedule' | 'keepAlive'>;
  readonly #exporter: PushMetricExporter;
  readonly #resource: ProcessResource;
  readonly #intervalMillis: number;
  readonly #timeoutMillis: number;
  readonly #onError: (error: Error) => void;
  #isExporting = false;
  #running: Promise<void> | undefined;
  #cancel: Dispose | undefined;
  #stopped: Promise<void> | undefined;
  #pushed = 0;
  #failed = 0;

  /** @throws ConfigurationError with every option that is unknown or out of its range. */
  constructor(
    source: MetricSource,
    options: MetricsPusherOptions = {},
    host: Pick<HostProcess, 'wallMillis' | 'monotonicMillis' | 'schedule' | 'keepAlive' | 'warn'> = nodeHostProcess(),
  ) {
    checkOptions(options, METRICS_PUSHER_OPTION_KINDS, 'metrics push');
    this.#source = source;
    this.#host = host;
    this.#intervalMillis = options.intervalMillis ?? DEFAULT_INTERVAL_MILLIS;
    this.#timeoutMillis = options.timeoutMillis ?? DEFAULT_TIMEOUT_MILLIS;
    this.#exporter = options.exporter ?? createOtlpMetricExporter({ ...options, timeoutMillis: this.#timeoutMillis });
    this.#resource = options.resource ?? source.resource ?? defaultResource();
    this.#onError = neverThrowing(options.onError ?? warnSparingly(host));
  }

  /** Pushes from now on, for the first time after an interval. Calling it again, or after `stop`, does nothing. */
  start(): void {
    if (this.#stopped === undefined && this.#cancel === undefined) this.#pushLater();
  }

  /** Pushes what is measured now and resolves when that is over. Never rejects: what goes wrong is told to `onError`. */
  async flush(): Promise<void> {
    if (this.#stopped === undefined) await this.#pushNow();
  }

  /**
   * Pushes for the last time, and shuts the exporter down. Takes three timeouts at most: of the push that is under way, of the
   * last one, of the exporter. Idempotent; never rejects.
   */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  /** The same as `stop()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  /** How many pushes there were. */
  counts(): PushCounts {
    return { pushed: this.#pushed, failed: this.#failed };
  }

  #pushLater(): void {
    this.#cancel = this.#host.schedule(() => {
      void this.#push().then(() => {
        if (this.#stopped === undefined) this.#pushLater();
      });
    }, this.#intervalMillis);
  }

  async #stop(): Promise<void> {
    this.#cancel?.();
    // Neither timers nor an exporter's sockets need do that.
    const letGo = this.#host.keepAlive();
    try {
      await this.#pushNow();
      await this.#within('shutting the exporter of metrics down', this.#shutDown());
    } catch (thrown) {
      this.#onError(toError(thrown));
    } finally {
      letGo();
    }
  }

  async #shutDown(): Promise<void> {
    await this.#exporter.shutdown();
  }

  /** After one that is under way, which began before this was called. */
  async #pushNow(): Promise<void> {
    await this.#running;
    await this.#push();
  }

  #push(): Promise<void> {
    this.#running ??= this.#tryToPush().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #tryToPush(): Promise<void> {
    try {
      if (this.#isExporting) throw new Error('the exporter has not let go of those before');
      await this.#within('pushing metrics', this.#collectAndExport());
      this.#pushed += 1;
    } catch (thrown) {
      this.#failed += 1;
      this.#onError(new MetricsPushError(toError(thrown)));
    }
  }

  async #collectAndExport(): Promise<void> {
    await this.#detectResource();
    this.#isExporting = true;
    try {
      const metrics = await this.#source.collect();
      await this.#export(toResourceMetrics(metrics, this.#resource, this.#host.wallMillis()));
    } finally {
      this.#isExporting = false;
    }
  }

  /** What is never detected would hold up every push: half of its time is for that, and then it goes with what is known. */
  async #detectResource(): Promise<void> {
    const detected = this.#resource.waitForAsyncAttributes?.();
    if (detected === undefined) return;
    const bound = { operation: 'detecting the resource', timeoutMillis: this.#timeoutMillis / 2, host: this.#host };
    await withTimeout(detected, bound).catch((thrown: unknown) => this.#onError(toError(thrown)));
  }

  /** Out of sight of tracing: a push is none of the application's requests. */
  #export(metrics: ReturnType<typeof toResourceMetrics>): Promise<void> {
    return new Promise((resolve, reject) => {
      context.with(suppressTracing(context.active()), () => {
        this.#exporter.export(metrics, ({ code, error }) => {
          if (code === ExportResultCode.SUCCESS) resolve();
          else reject(error ?? new Error('the exporter says no more than that'));
        });
      });
    });
  }

  #within<T>(operation: string, work: Promise<T>): Promise<T> {
    return withTimeout(work, { operation, timeoutMillis: this.#timeoutMillis, host: this.#host });
  }
}

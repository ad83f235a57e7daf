import type { HostProcess } from '../../core/hostProcess.ts';
import { withTimeout } from '../../core/withTimeout.ts';
import type { MetricSnapshot } from '../../performance/metrics/metricSnapshot.ts';
import type { MetricSource } from '../metricSource.ts';

/** Collects metrics for whoever asks meanwhile: two servers that scrape at once cost one collection. */
export class SharedCollect {
  readonly #source: MetricSource;
  readonly #timeoutMillis: number;
  readonly #host: Pick<HostProcess, 'schedule'>;
  #running: Promise<readonly MetricSnapshot[]> | undefined;

  constructor(source: MetricSource, timeoutMillis: number, host: Pick<HostProcess, 'schedule'>) {
    this.#source = source;
    this.#timeoutMillis = timeoutMillis;
    this.#host = host;
  }

  /** Rejects with what the source throws, or a `TimeoutError`; the next one who asks then begins anew. */
  collect(): Promise<readonly MetricSnapshot[]> {
    this.#running ??= this.#collect().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #collect(): Promise<readonly MetricSnapshot[]> {
    const operation = 'collecting metrics';
    return withTimeout(this.#source.collect(), { operation, timeoutMillis: this.#timeoutMillis, host: this.#host });
  }
}

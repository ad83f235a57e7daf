/// <reference lib="esnext.disposable" preserve="true" />
import { nodeHostProcess } from '../core/adapters/nodeHostProcess.ts';
import { currentTraceContext } from '../core/currentTraceContext.ts';
import type { Dispose } from '../core/hostProcess.ts';
import { INSTRUMENTATION_SCOPE } from '../core/instrumentationScope.ts';
import { neverThrowing } from '../core/neverThrowing.ts';
import type { ProcessResource } from '../core/processResource.ts';
import { TextRedactor } from '../core/textRedactor.ts';
import { toError } from '../core/toError.ts';
import { warnSparingly } from '../core/warnSparingly.ts';
import { MetricsProvider } from './metrics/metricsProvider.ts';
import type { MetricSnapshot } from './metrics/metricSnapshot.ts';
import { observeMetrics } from './metrics/observeMetrics.ts';
import { createTiming, type Time } from './metrics/timing.ts';
import {
  type PerformanceMonitorConfig,
  type PerformanceMonitorOptions,
  resolvePerformanceMonitorOptions,
} from './performanceMonitorOptions.ts';
import type { PerformancePorts } from './performancePorts.ts';
import { ProcessSampler } from './process/processSampler.ts';
import type { MetricGap, ReadingRound, MetricSampler } from './metricReading.ts';
import { observeSeries } from './series/observeSeries.ts';
import { SeriesStore } from './series/seriesStore.ts';
import type { SeriesStoreOptions } from './series/seriesStoreOptions.ts';
import { SystemSampler } from './system/systemSampler.ts';
import { measureThreshold } from './thresholds/measureThreshold.ts';
import type { ThresholdEvent } from './thresholds/threshold.ts';
import { type ThresholdListener, ThresholdWatch } from './thresholds/thresholdWatch.ts';
import { TrendReader } from './trendReader.ts';

/** Under this name the readings of the machine and the process are shown. */
const SCOPE = { name: INSTRUMENTATION_SCOPE };
/** A round that takes longer than the interval is followed by the next after this, so that something else gets its turn. */
const SHORTEST_PAUSE_MILLIS = 10;

const NOTHING_READ: ReadingRound = { readings: [], gaps: [] };

interface SamplerInUse {
  readonly sampler: MetricSampler;
  readonly show: (round: ReadingRound) => void;
}

/**
 * Watches how a process and its machine do: reads both every interval, keeps what all metrics were like over time, and tells
 * of thresholds, trends and forecasts. `meterProvider` is OpenTelemetry's: whatever is measured through its API is kept, too.
 *
 * The machine is read in a worker thread. Nothing here keeps the process alive, but for a `read()` or `stop()` that goes on.
 */
export class PerformanceMonitor implements AsyncDisposable {
  /** What is in force. */
  readonly config: PerformanceMonitorConfig;
  /** Counters, gauges and histograms of the application and of its libraries. */
  readonly meterProvider: MetricsProvider;
  /** What metrics were like over time. */
  readonly series: SeriesStore;
  /** Whether series rise or fall, when they reach a limit, where they changed. */
  readonly trends: TrendReader;
  /** Records how long a function takes, in seconds. */
  readonly time: Time;
  readonly #ports: PerformancePorts;
  readonly #samplers: readonly SamplerInUse[];
  readonly #thresholds: ThresholdWatch;
  /** From a start to its stop; another start is another run, whatever of the last one is still going on. */
  #run: { stopTimer: Dispose } | undefined;
  #round: Promise<void> | undefined;
  /** While somebody waits for a round. */
  #letGo: Dispose | undefined;

  /** @throws ConfigurationError for options that are unknown or out of their range; it names each. */
  constructor(options: PerformanceMonitorOptions = {}, ports: Partial<PerformancePorts> = {}) {
    this.config = resolvePerformanceMonitorOptions(options);
    this.#ports = resolvePorts(ports);
    const { host, onError, currentTrace, textRedactor } = this.#ports;
    const { maxMetrics, maxSeriesPerMetric, maxMeasuredSeries, callbackTimeoutMillis, thresholds } = this.config;
    this.meterProvider = new MetricsProvider({
      maxMetrics,
      maxSeriesPerMetric,
      maxMeasuredSeries,
      callbackTimeoutMillis,
      host,
      onError,
      currentTrace,
      textRedactor,
    });
    observeMetrics(this.meterProvider, this.meterProvider.getMeter(SCOPE.name));
    this.series = new SeriesStore({ ...limitsOfKept(this.config), host, onError });
    observeSeries(this.series, this.meterProvider.getMeter(SCOPE.name));
    this.trends = new TrendReader(this.series);
    this.time = createTiming(host);
    this.#thresholds = new ThresholdWatch({
      thresholds,
      measure: (threshold) => measureThreshold(this.series, threshold),
      host,
      onError,
    });
    this.#samplers = this.#ports
      .samplers(this.config)
      .map((sampler) => ({ sampler, show: this.meterProvider.readingsOf(SCOPE, sampler.metrics) }));
  }

  /** What the process is, as its spans say it. `undefined` for a monitor that `createObservability` did not make, or without tracing. */
  get resource(): ProcessResource | undefined {
    return this.#ports.resource;
  }

  /** Reads now, and then every interval. Calling it again does nothing. */
  start(): void {
    if (this.#run !== undefined) return;
    for (const { sampler } of this.#samplers) sampler.start();
    this.#run = { stopTimer: () => undefined };
    this.#readLater(this.#run, 0);
  }

  /** Reads no more, and shows what was read no more; what is kept can still be asked for. May be called again, and started again. */
  async stop(): Promise<void> {
    this.#run?.stopTimer();
    this.#run = undefined;
    // Nothing of the monitor keeps the process alive, which would end here in the middle of its ending.
    const letGo = this.#ports.host.keepAlive();
    try {
      // First: a sampler that is stopped answers the round that waits for it.
      for (const { sampler } of this.#samplers) sampler.stop();
      await this.#round;
      this.#hideReadings();
    } finally {
      letGo();
    }
  }

  /** The same as `stop()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  /** Reads now, beside the interval; while there is a round already, that one. Never rejects. */
  read(): Promise<void> {
    // Whoever waits for it would be cut off where nothing else keeps the process alive.
    this.#letGo ??= this.#ports.host.keepAlive();
    return this.#nextRound();
  }

  /** All metrics as they are now: what an exposition shows. Never rejects. */
  collect(): Promise<readonly MetricSnapshot[]> {
    return this.meterProvider.collect();
  }

  /** Tells a listener of thresholds that are raised and cleared from now on. @returns ends it */
  listen(listener: ThresholdListener): Dispose {
    return this.#thresholds.listen(listener);
  }

  /** The thresholds that are raised now. */
  raised(): readonly ThresholdEvent[] {
    return this.#thresholds.raised();
  }

  /** When something was by the clock on the wall, in milliseconds since 1970, of a time of `series`. */
  wallMillisOf(timeMillis: number): number {
    const { host } = this.#ports;
    return Math.round(host.wallMillis() - (host.monotonicMillis() - timeMillis));
  }

  /** Numbers that nobody reads any more would look like a machine on which nothing happens. */
  #hideReadings(): void {
    // It may have been started again in the meantime.
    if (this.#run !== undefined) return;
    for (const { show } of this.#samplers) show(NOTHING_READ);
  }

  #readLater(run: { stopTimer: Dispose }, delayMillis: number): void {
    const { host } = this.#ports;
    run.stopTimer = host.schedule(() => {
      const started = host.monotonicMillis();
      void this.#nextRound().then(() => {
        if (this.#run !== run) return;
        const taken = host.monotonicMillis() - started;
        this.#readLater(run, Math.max(SHORTEST_PAUSE_MILLIS, this.config.intervalMillis - taken));
      });
    }, delayMillis);
  }

  #nextRound(): Promise<void> {
    this.#round ??= this.#read().finally(() => {
      this.#round = undefined;
      this.#letGo?.();
      this.#letGo = undefined;
    });
    return this.#round;
  }

  async #read(): Promise<void> {
    try {
      const unread = (await Promise.all(this.#samplers.map(readOne))).flat();
      const { metrics, gaps } = await this.meterProvider.collectWithGaps();
      const nowMillis = this.#ports.host.monotonicMillis();
      this.series.append(metrics, nowMillis);
      for (const gap of [...unread, ...gaps]) this.series.addGap(gap, nowMillis);
      this.#thresholds.look();
    } catch (error) {
      this.#ports.onError(toError(error));
    }
  }
}

async function readOne({ sampler, show }: SamplerInUse): Promise<readonly MetricGap[]> {
  const round = await sampler.read();
  show(round);
  return round.gaps;
}

function limitsOfKept(config: PerformanceMonitorConfig): SeriesStoreOptions {
  const { maxKeptSeries: maxSeries, maxPoints, maxBytes, maxGaps } = config;
  const { keepRawMillis, keepMinutesMillis, keepHoursMillis } = config;
  return { maxSeries, maxPoints, maxBytes, maxGaps, keepRawMillis, keepMinutesMillis, keepHoursMillis };
}

function resolvePorts(ports: Partial<PerformancePorts>): PerformancePorts {
  const host = ports.host ?? nodeHostProcess();
  return {
    host,
    currentTrace: ports.currentTrace ?? currentTraceContext,
    onError: neverThrowing(ports.onError ?? warnSparingly(host)),
    textRedactor: ports.textRedactor ?? new TextRedactor(),
    resource: ports.resource,
    samplers: ports.samplers ?? ownSamplers,
  };
}

function ownSamplers({ system, process, intervalMillis }: PerformanceMonitorConfig): readonly MetricSampler[] {
  return [...(system ? [new SystemSampler({ intervalMillis })] : []), ...(process ? [new ProcessSampler()] : [])];
}

import type { Context, MeterProvider } from '@opentelemetry/api';
import type { TraceContext } from '../../core/currentTraceContext.ts';
import { traceContextIn } from '../../core/currentTraceContext.ts';
import type { HostProcess } from '../../core/hostProcess.ts';
import { neverThrowing } from '../../core/neverThrowing.ts';
import { checkOptions, type OptionKinds, wholeNumber } from '../../core/optionKinds.ts';
import type { ReadingRound, ReadMetric } from '../reading.ts';
import { keptScope } from './instrumentDescriptor.ts';
import { type MeasurementDropReason, MeasurementLedger } from './measurementLedger.ts';
import type { MetricPorts } from './metricPorts.ts';
import { MetricRegistry } from './metricRegistry.ts';
import { MetricsMeter } from './metricsMeter.ts';
import type { MetricScope, MetricSnapshot } from './metricSnapshot.ts';
import { ObservableCallbacks } from './observableCallbacks.ts';
import { ObservedMetric } from './observedMetric.ts';
import { readingsInto } from './readingsInto.ts';
import { SeriesOverflowError } from './seriesOverflowError.ts';

/** The limits of a `MetricsProvider`. */
export interface MetricsLimits {
  /**
   * How many series a metric has at most, the one for all others (`otel.metric.overflow`) among them, 1 to 1,000,000.
   * @defaultValue 2000
   */
  readonly maxSeriesPerMetric?: number | undefined;
  /**
   * How many metrics there are at most, and how many meters, 1 to 100,000. There may be ten times as many callbacks.
   * @defaultValue 1000
   */
  readonly maxMetrics?: number | undefined;
  /**
   * How long a callback of an observable instrument may take for its values, in milliseconds, 1 to 60,000.
   * @defaultValue 1000
   */
  readonly callbackTimeoutMillis?: number | undefined;
}

/** What a `MetricsProvider` is made of. */
export interface MetricsProviderOptions extends MetricsLimits {
  readonly host: Pick<HostProcess, 'wallMillis' | 'schedule'>;
  /**
   * The trace in which it is called, from which exemplars come.
   * @defaultValue there is none, and there are no exemplars
   */
  readonly currentTrace?: (() => TraceContext | undefined) | undefined;
  /** Told of instruments that are refused and of metrics that overflow, once, and of callbacks that fail, each time. */
  readonly onError?: ((error: Error) => void) | undefined;
}

/** How many metrics and series there are, and what is not in them. */
export interface MetricsCounts {
  readonly metrics: number;
  readonly series: number;
  /** Measurements that are in no metric, by reason. */
  readonly dropped: Readonly<Record<MeasurementDropReason, number>>;
  /** Measurements that are counted under `otel.metric.overflow`, as their metric had no series left for them. */
  readonly overflowed: number;
  /** How many times an instrument or a meter was asked for that counts nothing. */
  readonly refused: number;
}

const LIMIT_KINDS: OptionKinds<MetricsLimits> = {
  maxSeriesPerMetric: wholeNumber(1, 1_000_000),
  maxMetrics: wholeNumber(1, 100_000),
  callbackTimeoutMillis: wholeNumber(1, 60_000),
};
const CALLBACKS_PER_METRIC = 10;

/**
 * OpenTelemetry's `MeterProvider`, with metrics that are read where they are: cumulative, with exemplars of sampled traces,
 * and histograms that know every quantile. Measuring never throws and takes bounded memory, whatever names and attributes
 * it is given: attributes are texts, numbers, booleans and lists of them, 64 at most, texts of 256 characters at most; what
 * else there is of them is left out. Equal attributes are one series in any order. `1` and `'1'` are not equal.
 *
 * The options of meters (`schemaUrl`) are not kept, and tell no meters apart.
 */
export class MetricsProvider implements MeterProvider {
  readonly #ledger: MeasurementLedger;
  readonly #ports: MetricPorts;
  readonly #registry: MetricRegistry;
  readonly #callbacks: ObservableCallbacks;
  readonly #meters = new Map<string, MetricsMeter>();
  readonly #maxMetrics: number;
  #collection: Promise<readonly MetricSnapshot[]> | undefined;

  /** @throws ConfigurationError where a limit is out of its range. */
  constructor(options: MetricsProviderOptions) {
    const { host, currentTrace, onError = () => undefined, ...limits } = options;
    checkOptions(limits, LIMIT_KINDS, 'metrics');
    const { maxSeriesPerMetric = 2000, maxMetrics = 1000, callbackTimeoutMillis = 1000 } = limits;
    const tell = neverThrowing(onError);
    this.#maxMetrics = maxMetrics;
    this.#ledger = new MeasurementLedger(({ name }) => tell(new SeriesOverflowError(name, maxSeriesPerMetric)));
    this.#ports = {
      wallMillis: host.wallMillis,
      traceOf: tracesBy(currentTrace),
      ledger: this.#ledger,
      maxSeries: maxSeriesPerMetric,
    };
    this.#registry = new MetricRegistry({ maxMetrics, onError: tell });
    this.#callbacks = new ObservableCallbacks({
      host,
      timeoutMillis: callbackTimeoutMillis,
      limit: maxMetrics * CALLBACKS_PER_METRIC,
      onError: tell,
    });
  }

  /** The meter of a scope: always the same one. When there are too many meters, or none any more, one that counts nothing. */
  getMeter(name: string, version?: string): MetricsMeter {
    const scope = keptScope(name, version);
    const key = JSON.stringify([scope.name, scope.version]);
    const known = this.#meters.get(key);
    if (known !== undefined) return known;
    const isRefused = this.#ledger.isClosed || this.#meters.size >= this.#maxMetrics;
    if (!this.#ledger.isClosed && isRefused) this.#registry.refuse('meters', `there are ${this.#maxMetrics} already`);
    const registry = isRefused ? closedRegistry() : this.#registry;
    const meter = new MetricsMeter({ scope, registry, callbacks: this.#callbacks, ports: this.#ports });
    if (!isRefused) this.#meters.set(key, meter);
    return meter;
  }

  /**
   * All metrics that have series, as they are when the callbacks of observable instruments have told their values. Whoever
   * asks while others wait gets what they get. A callback that is slow or throws loses its own values of this round only.
   *
   * The `attributes` of a series are the same object each time, as long as there is the series. Never rejects.
   */
  collect(): Promise<readonly MetricSnapshot[]> {
    this.#collection ??= this.#collect().finally(() => (this.#collection = undefined));
    return this.#collection;
  }

  /**
   * Registers metrics whose values are read in rounds. The function that is returned puts a round in the place of all that
   * was read before: what is a gap has no series. Readings of other metrics are left out, and so is what is no finite number.
   */
  readingsOf(scope: MetricScope, metrics: readonly ReadMetric[]): (round: ReadingRound) => void {
    return readingsInto(this.#registry, this.#ports, keptScope(scope.name, scope.version), metrics);
  }

  /** What there is, and what is not counted. */
  counts(): MetricsCounts {
    const { dropped, overflowed } = this.#ledger;
    const metrics = [...this.#registry.metrics()];
    const series = metrics.reduce((sum, { seriesCount }) => sum + seriesCount, 0);
    return { metrics: metrics.length, series, dropped: { ...dropped }, overflowed, refused: this.#registry.refused };
  }

  /** Measures and observes nothing any more; `collect` returns nothing. Calling it again does nothing. */
  shutdown(): void {
    this.#ledger.isClosed = true;
    this.#registry.close();
    this.#callbacks.close();
    this.#meters.clear();
  }

  async #collect(): Promise<readonly MetricSnapshot[]> {
    const observed = await this.#callbacks.observe();
    const snapshots: MetricSnapshot[] = [];
    for (const metric of this.#registry.metrics()) {
      if (metric instanceof ObservedMetric && metric.descriptor.origin === 'observed') {
        metric.replace(observed.get(metric) ?? metric.newValues());
      }
      const snapshot = metric.snapshot();
      if (snapshot !== undefined) snapshots.push(snapshot);
    }
    return snapshots;
  }
}

/** Of an application's own functions, one that throws is as if there were no trace. */
function tracesBy(currentTrace: (() => TraceContext | undefined) | undefined): MetricPorts['traceOf'] {
  if (currentTrace === undefined) return () => undefined;
  return (context: Context | undefined) => {
    try {
      return context === undefined ? currentTrace() : traceContextIn(context);
    } catch {
      return undefined;
    }
  };
}

function closedRegistry(): MetricRegistry {
  const registry = new MetricRegistry({ maxMetrics: 1, onError: () => undefined });
  registry.close();
  return registry;
}

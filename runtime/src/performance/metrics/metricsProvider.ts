import type { Context, MeterProvider } from '@opentelemetry/api';
import type { TraceContext } from '../../core/currentTraceContext.ts';
import { traceContextIn } from '../../core/currentTraceContext.ts';
import type { HostProcess } from '../../core/hostProcess.ts';
import type { TextRedactor } from '../../core/textRedactor.ts';
import { neverThrowing } from '../../core/neverThrowing.ts';
import type { MetricGap, ReadingRound, ReadMetric } from '../metricReading.ts';
import { keptScope } from './instrumentDescriptor.ts';
import { type MeasurementDropReason, MeasurementLedger } from './measurementLedger.ts';
import type { MetricPorts } from './metricPorts.ts';
import { MetricRegistry } from './metricRegistry.ts';
import { type MetricsLimits, resolveMetricsLimits } from './metricsLimits.ts';
import { MetricsMeter } from './metricsMeter.ts';
import type { MetricScope, MetricSnapshot } from './metricSnapshot.ts';
import { ObservableCallbacks } from './observableCallbacks.ts';
import { ObservedMetric } from './observedMetric.ts';
import { readingsInto } from './readingsInto.ts';
import { MAX_OWN_METRICS, ScopedRoom } from './scopedRoom.ts';
import { SeriesOverflowError } from './seriesOverflowError.ts';

/** What a `MetricsProvider` is made of. */
export interface MetricsProviderOptions extends MetricsLimits {
  readonly host: Pick<HostProcess, 'wallMillis' | 'schedule'>;
  /**
   * The trace in which it is called, from which exemplars come.
   * @defaultValue there is none, and there are no exemplars
   */
  readonly currentTrace?: (() => TraceContext | undefined) | undefined;
  /**
   * Its own rules, those of the application, take out what must not be kept of texts in attributes.
   * @defaultValue there are none
   */
  readonly textRedactor?: Pick<TextRedactor, 'redactByOwnRules'> | undefined;
  /** Told of instruments that are refused and of metrics that overflow, once, and of callbacks that fail, each time. */
  readonly onError?: ((error: Error) => void) | undefined;
}

/** What was collected. */
export interface CollectedMetrics {
  readonly metrics: readonly MetricSnapshot[];
  /** The metrics of callbacks that gave no values in this round. */
  readonly gaps: readonly MetricGap[];
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

const CALLBACKS_PER_METRIC = 10;
const MAX_OWN_SERIES = 20_000;

/**
 * OpenTelemetry's `MeterProvider`, with metrics that are read where they are: cumulative, with exemplars of sampled traces,
 * and histograms that know every quantile. Measuring never throws and takes bounded memory, whatever names and attributes
 * it is given: attributes are texts, numbers, booleans and lists of them, 64 at most, texts of 256 characters at most; what
 * else there is of them is left out. Equal attributes are one series in any order. `1` and `'1'` are not equal.
 *
 * What an attribute's key says is secret (`authorization`, `password`, `api_key`; it rather says so once too often, of
 * `gen_ai.token.type` too) is `[redacted]` before anything is made of it: series that differ in nothing else are one. So
 * is what rules of the application's own find in values. Else keys are judged and nothing else: names, descriptions, units, scopes
 * and values under other keys are shown as they are.
 *
 * When a metric has as many series as it may, all further ones are one: `otel.metric.overflow`. Who has a series keeps it: of
 * an observable instrument as long as it is observed. What is left over of an observable counter grows by what its members
 * grow, whichever of them come and go.
 *
 * The options of meters (`schemaUrl`) are not kept, and tell no meters apart.
 */
export class MetricsProvider implements MeterProvider {
  readonly #ledger: MeasurementLedger;
  readonly #ports: MetricPorts;
  readonly #registry: MetricRegistry;
  readonly #callbacks: ObservableCallbacks;
  readonly #meters = new Map<string, MetricsMeter>();
  readonly #room: ScopedRoom;
  #collection: Promise<CollectedMetrics> | undefined;

  /** @throws ConfigurationError where a limit is out of its range. */
  constructor(options: MetricsProviderOptions) {
    const { host, currentTrace, textRedactor, onError = () => undefined, ...limits } = options;
    const inForce = resolveMetricsLimits(limits);
    const { maxSeriesPerMetric, maxMeasuredSeries, maxMetrics, callbackTimeoutMillis } = inForce;
    const tell = neverThrowing(onError);
    this.#room = new ScopedRoom({ application: maxMetrics, own: MAX_OWN_METRICS });
    this.#ledger = new MeasurementLedger(({ name }, limit) =>
      tell(new SeriesOverflowError(name, limit, inForce[limit])),
    );
    this.#ports = {
      wallMillis: host.wallMillis,
      traceOf: tracesBy(currentTrace),
      ledger: this.#ledger,
      redactText: (text) => textRedactor?.redactByOwnRules(text) ?? text,
      seriesRoom: new ScopedRoom({ application: maxMeasuredSeries, own: MAX_OWN_SERIES }),
      maxSeries: maxSeriesPerMetric,
    };
    this.#registry = new MetricRegistry({ maxMetrics, onError: tell });
    this.#callbacks = new ObservableCallbacks({
      host,
      timeoutMillis: callbackTimeoutMillis,
      room: new ScopedRoom({
        application: maxMetrics * CALLBACKS_PER_METRIC,
        own: MAX_OWN_METRICS * CALLBACKS_PER_METRIC,
      }),
      onError: tell,
    });
  }

  /** The meter of a scope: always the same one. When there are too many meters, or none any more, one that counts nothing. */
  getMeter(name: string, version?: string): MetricsMeter {
    const scope = keptScope(name, version);
    const key = JSON.stringify([scope.name, scope.version]);
    const known = this.#meters.get(key);
    if (known !== undefined) return known;
    const isRefused = this.#ledger.isClosed || !this.#room.take(scope);
    if (!this.#ledger.isClosed && isRefused)
      this.#registry.refuse('meters', `there are ${this.#room.limitOf(scope)} already`);
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
  async collect(): Promise<readonly MetricSnapshot[]> {
    return (await this.collectWithGaps()).metrics;
  }

  /** As `collect`, with what is missing and why. */
  collectWithGaps(): Promise<CollectedMetrics> {
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

  async #collect(): Promise<CollectedMetrics> {
    const { observed, gaps } = await this.#callbacks.observe();
    const snapshots: MetricSnapshot[] = [];
    for (const metric of this.#registry.metrics()) {
      if (metric instanceof ObservedMetric && metric.descriptor.origin === 'observed') {
        metric.replace(observed.get(metric) ?? metric.newValues());
      }
      const snapshot = metric.snapshot();
      if (snapshot !== undefined) snapshots.push(snapshot);
    }
    return { metrics: snapshots, gaps };
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

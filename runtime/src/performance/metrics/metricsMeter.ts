import type { BatchObservableCallback, Meter, MetricOptions, Observable } from '@opentelemetry/api';
import { ownCopy } from '../../core/ownCopy.ts';
import { boundariesOf } from './histogramBoundaries.ts';
import { type BindableHistogram, HistogramMetric } from './histogramMetric.ts';
import { describedBy, type InstrumentDescriptor, isInstrumentName, type MetricOrigin } from './instrumentDescriptor.ts';
import {
  type BindableCounter,
  type BindableGauge,
  type BindableUpDownCounter,
  GaugeMetric,
  SumMetric,
} from './measuredNumbers.ts';
import type { MetricPorts } from './metricPorts.ts';
import type { MetricRegistry } from './metricRegistry.ts';
import type { MetricKind, MetricScope } from './metricSnapshot.ts';
import type { ObservableCallbacks } from './observableCallbacks.ts';
import { ObservableInstrument } from './observableInstrument.ts';
import { ObservedMetric } from './observedMetric.ts';
import { REFUSED_INSTRUMENT } from './refusedInstrument.ts';

/** What a `MetricsMeter` is made of. */
export interface MetricsMeterOptions {
  readonly scope: MetricScope;
  readonly registry: MetricRegistry;
  readonly callbacks: ObservableCallbacks;
  readonly ports: MetricPorts;
}

/**
 * Makes the instruments of a scope. An instrument that was made before, with the same kind, unit and `valueType`, is made
 * no second time: both count the same metric, and description and boundaries are those of the first. What differs, has a
 * name that OpenTelemetry does not allow or comes when there are too many counts nothing, and `onError` is told once.
 *
 * No method throws, and none of what they return.
 */
export class MetricsMeter implements Meter {
  readonly #options: MetricsMeterOptions;

  constructor(options: MetricsMeterOptions) {
    this.#options = options;
  }

  createCounter(name: string, options?: MetricOptions): BindableCounter {
    return this.#sum(this.#descriptor(name, 'counter', 'measured', options));
  }

  createUpDownCounter(name: string, options?: MetricOptions): BindableUpDownCounter {
    return this.#sum(this.#descriptor(name, 'upDownCounter', 'measured', options));
  }

  createGauge(name: string, options?: MetricOptions): BindableGauge {
    const { registry, ports } = this.#options;
    const descriptor = this.#descriptor(name, 'gauge', 'measured', options);
    return registry.register(descriptor, GaugeMetric, () => new GaugeMetric(descriptor, ports)) ?? REFUSED_INSTRUMENT;
  }

  /** Boundaries are those that `advice` has, or else the defaults: see `boundariesOf`. */
  createHistogram(name: string, options?: MetricOptions): BindableHistogram {
    const { registry, ports } = this.#options;
    const descriptor = this.#descriptor(name, 'histogram', 'measured', options);
    const create = (): HistogramMetric => {
      const boundaries = boundariesOf(options?.advice?.explicitBucketBoundaries, descriptor.unit);
      return new HistogramMetric(descriptor, boundaries, ports);
    };
    return registry.register(descriptor, HistogramMetric, create) ?? REFUSED_INSTRUMENT;
  }

  createObservableCounter(name: string, options?: MetricOptions): ObservableInstrument {
    return this.#observable(this.#descriptor(name, 'counter', 'observed', options));
  }

  createObservableUpDownCounter(name: string, options?: MetricOptions): ObservableInstrument {
    return this.#observable(this.#descriptor(name, 'upDownCounter', 'observed', options));
  }

  createObservableGauge(name: string, options?: MetricOptions): ObservableInstrument {
    return this.#observable(this.#descriptor(name, 'gauge', 'observed', options));
  }

  addBatchObservableCallback(callback: BatchObservableCallback, observables: Observable[]): void {
    this.#options.callbacks.addBatch(callback, observables);
  }

  removeBatchObservableCallback(callback: BatchObservableCallback, observables: Observable[]): void {
    this.#options.callbacks.removeBatch(callback, observables);
  }

  #sum(descriptor: InstrumentDescriptor): BindableCounter & BindableUpDownCounter {
    const { registry, ports } = this.#options;
    return registry.register(descriptor, SumMetric, () => new SumMetric(descriptor, ports)) ?? REFUSED_INSTRUMENT;
  }

  #observable(descriptor: InstrumentDescriptor): ObservableInstrument {
    const { registry, ports, callbacks } = this.#options;
    const metric = registry.register(descriptor, ObservedMetric, () => new ObservedMetric(descriptor, ports));
    return new ObservableInstrument(metric, callbacks);
  }

  #descriptor(
    name: string,
    kind: MetricKind,
    origin: MetricOrigin,
    options: MetricOptions | undefined,
  ): InstrumentDescriptor {
    const keptName = isInstrumentName(name) ? ownCopy(name) : name;
    return { scope: this.#options.scope, name: keptName, kind, origin, ...describedBy(options) };
  }
}

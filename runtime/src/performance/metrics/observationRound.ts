import type { BatchObservableResult, ObservableResult } from '@opentelemetry/api';
import type { ObservableInstrument } from './observableInstrument.ts';
import type { ObservedMetric } from './observedMetric.ts';
import type { ObservedValues } from './observedValues.ts';

/** What a callback observes in a round. What it observes after its end is nothing. */
export class ObservationRound {
  readonly #values = new Map<ObservedMetric, ObservedValues>();
  #isOpen = true;

  /** What was observed. */
  values(): Iterable<[ObservedMetric, ObservedValues]> {
    return this.#values;
  }

  close(): void {
    this.#isOpen = false;
  }

  /** What a callback of one instrument observes with. */
  resultOf(observable: ObservableInstrument): ObservableResult {
    return { observe: (value, attributes) => this.#observe(observable, value, attributes) };
  }

  /** What a callback of several instruments observes with; others are left out. */
  batchResultOf(observables: ReadonlySet<unknown>): BatchObservableResult {
    return {
      observe: (observable, value, attributes) => {
        if (isOneOf(observables, observable)) this.#observe(observable, value, attributes);
      },
    };
  }

  #observe({ metric }: ObservableInstrument, value: number, attributes: unknown): void {
    if (!this.#isOpen || metric === undefined) return;
    let values = this.#values.get(metric);
    if (values === undefined) {
      values = metric.newValues();
      this.#values.set(metric, values);
    }
    values.observe(value, attributes);
  }
}

function isOneOf(observables: ReadonlySet<unknown>, observable: unknown): observable is ObservableInstrument {
  return observables.has(observable);
}

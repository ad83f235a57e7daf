import type { Observable, ObservableCallback } from '@opentelemetry/api';
import type { ObservedMetric } from './observedMetric.ts';

/** Where instruments have their callbacks. */
export interface CallbackRegistry {
  readonly add: (callback: ObservableCallback, observable: ObservableInstrument) => void;
  readonly remove: (callback: ObservableCallback, observable: ObservableInstrument) => void;
}

/** An instrument whose values are asked for at each collection. */
export class ObservableInstrument implements Observable {
  /** `undefined` where it was refused. */
  readonly metric: ObservedMetric | undefined;
  readonly #callbacks: CallbackRegistry;

  constructor(metric: ObservedMetric | undefined, callbacks: CallbackRegistry) {
    this.metric = metric;
    this.#callbacks = callbacks;
  }

  addCallback(callback: ObservableCallback): void {
    this.#callbacks.add(callback, this);
  }

  removeCallback(callback: ObservableCallback): void {
    this.#callbacks.remove(callback, this);
  }
}

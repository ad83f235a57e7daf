import { type BatchObservableResult, type Meter, type Observable, ValueType } from '@opentelemetry/api';
import { FailureTypes } from './failureTypes.ts';
import type { RequestCounts } from './lifecycle/requestCounts.ts';
import type { RequestTracker } from './requestTracker.ts';

type EvictedCounts = RequestCounts['evicted'];

/**
 * Shows what the trackers on a meter have in common, each number as the sum of all. Callbacks of their own would not do:
 * of two that observe the same instrument with the same attributes, OpenTelemetry shows the later one alone.
 */
export class TrackersOnMeter {
  /** What is told apart of failures, of all trackers together: the meter has room for so many. */
  readonly failureTypes = new FailureTypes();
  readonly #meter: Meter;
  readonly #unfinished: Observable;
  readonly #evicted: Observable;
  readonly #trackers = new Set<RequestTracker>();
  /** What trackers had let go of when they left: a counter must not fall. */
  readonly #left = { age: 0, count: 0, memory: 0 } satisfies EvictedCounts;
  /** The part of each in it, for those that come again. */
  readonly #leftBy = new WeakMap<RequestTracker, EvictedCounts>();

  constructor(meter: Meter) {
    this.#meter = meter;
    this.#unfinished = meter.createObservableUpDownCounter('tracewright.requests.unfinished', {
      description: 'Requests that have not ended.',
      unit: '{request}',
      valueType: ValueType.INT,
    });
    this.#evicted = meter.createObservableCounter('tracewright.requests.evicted', {
      description: 'Requests that are no longer kept, by reason.',
      unit: '{request}',
      valueType: ValueType.INT,
    });
  }

  /** Shows a tracker from now on. */
  add(tracker: RequestTracker): void {
    if (this.#trackers.size === 0) this.#meter.addBatchObservableCallback(this.#observe, this.#observables());
    this.#trackers.add(tracker);
    const before = this.#leftBy.get(tracker);
    if (before !== undefined) this.#keep(before, -1);
    this.#leftBy.delete(tracker);
  }

  /** Shows a tracker no longer; of what it has let go of, the count stays. */
  remove(tracker: RequestTracker): void {
    if (!this.#trackers.delete(tracker)) return;
    const { evicted } = tracker.counts();
    this.#leftBy.set(tracker, evicted);
    this.#keep(evicted, 1);
    if (this.#trackers.size === 0) this.#meter.removeBatchObservableCallback(this.#observe, this.#observables());
  }

  readonly #observe = (result: BatchObservableResult): void => {
    const trackers = [...this.#trackers];
    for (const state of ['pending', 'processing'] as const) {
      const count = sum(trackers.map(({ statistics }) => statistics.unfinished(state).count));
      result.observe(this.#unfinished, count, { 'tracewright.request.state': state });
    }
    const evicted = trackers.map((tracker) => tracker.counts().evicted);
    for (const reason of ['age', 'count', 'memory'] as const)
      result.observe(this.#evicted, this.#left[reason] + sum(evicted.map((counts) => counts[reason])), { reason });
  };

  #observables(): Observable[] {
    return [this.#unfinished, this.#evicted];
  }

  #keep({ age, count, memory }: EvictedCounts, sign: 1 | -1): void {
    this.#left.age += sign * age;
    this.#left.count += sign * count;
    this.#left.memory += sign * memory;
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

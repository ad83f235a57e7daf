import type { BatchObservableCallback, Observable, ObservableCallback } from '@opentelemetry/api';
import type { HostProcess } from '../../core/hostProcess.ts';
import { toError } from '../../core/toError.ts';
import { TimeoutError } from '../../core/timeoutError.ts';
import { withTimeout } from '../../core/withTimeout.ts';
import type { MetricGap } from '../metricReading.ts';
import type { InstrumentDescriptor } from './instrumentDescriptor.ts';
import { ObservableInstrument } from './observableInstrument.ts';
import { ObservationError } from './observationError.ts';
import { ObservationRound } from './observationRound.ts';
import type { ObservedMetric } from './observedMetric.ts';
import type { ObservedValues } from './observedValues.ts';
import type { ScopedRoom } from './scopedRoom.ts';

/** What `ObservableCallbacks` is made of. */
export interface ObservableCallbacksOptions {
  readonly host: Pick<HostProcess, 'schedule'>;
  /** How long a callback may take for a round. */
  readonly timeoutMillis: number;
  /** For how many callbacks there is room, by the scope of their first metric. */
  readonly room: ScopedRoom;
  readonly onError: (error: Error) => void;
}

interface Registration {
  readonly callback: ObservableCallback | BatchObservableCallback;
  readonly observables: ReadonlySet<ObservableInstrument>;
  /** The metrics that there are of these. */
  readonly metrics: readonly InstrumentDescriptor[];
  /** Has the callback put its values into a round. */
  readonly observe: (round: ObservationRound) => unknown;
  readonly isBatch: boolean;
  isRunning: boolean;
}

/** What callbacks observed in a round. */
export interface Observation {
  readonly observed: ReadonlyMap<ObservedMetric, ObservedValues>;
  /** Of callbacks that failed. */
  readonly gaps: readonly MetricGap[];
}

/** The callbacks that know the values of observable instruments. */
export class ObservableCallbacks {
  readonly #options: ObservableCallbacksOptions;
  #registrations: Registration[] = [];
  #isClosed = false;

  constructor(options: ObservableCallbacksOptions) {
    this.#options = options;
  }

  /** Adds a callback, once for each instrument. */
  add(callback: ObservableCallback, observable: ObservableInstrument): void {
    const observables = new Set([observable]);
    if (typeof callback !== 'function' || this.#find(callback, observables, false) !== undefined) return;
    const observe = (round: ObservationRound): unknown => callback(round.resultOf(observable));
    this.#register({
      callback,
      observables,
      metrics: metricsOf(observables),
      observe,
      isBatch: false,
      isRunning: false,
    });
  }

  remove(callback: ObservableCallback, observable: ObservableInstrument): void {
    this.#remove(this.#find(callback, new Set([observable]), false));
  }

  /** Adds a callback, once for each set of instruments; instruments of other providers are left out. */
  addBatch(callback: BatchObservableCallback, given: readonly Observable[]): void {
    const observables = ownOnes(given);
    if (typeof callback !== 'function' || this.#find(callback, observables, true) !== undefined) return;
    const observe = (round: ObservationRound): unknown => callback(round.batchResultOf(observables));
    this.#register({
      callback,
      observables,
      metrics: metricsOf(observables),
      observe,
      isBatch: true,
      isRunning: false,
    });
  }

  removeBatch(callback: BatchObservableCallback, observables: readonly Observable[]): void {
    this.#remove(this.#find(callback, ownOnes(observables), true));
  }

  /** Takes all callbacks away, and takes no more. */
  close(): void {
    this.#isClosed = true;
    this.#registrations = [];
  }

  /**
   * Has every callback observe, all at the same time. What one observed that throws or takes too long is left out, and is a
   * gap.
   *
   * @returns what was observed, in the order in which callbacks were added. Never rejects.
   */
  async observe(): Promise<Observation> {
    const rounds = await Promise.all(this.#registrations.map(async (registration) => this.#run(registration)));
    const observed = new Map<ObservedMetric, ObservedValues>();
    const gaps: MetricGap[] = [];
    for (const round of rounds) {
      if (round instanceof ObservationRound) putInto(observed, round);
      else gaps.push(round);
    }
    return { observed, gaps };
  }

  #register(registration: Registration): void {
    const { room } = this.#options;
    const scope = registration.metrics[0]?.scope;
    if (scope === undefined || this.#isClosed) return;
    if (room.take(scope)) this.#registrations.push(registration);
    else this.#fail(registration, `is never called: there are ${room.limitOf(scope)} others`);
  }

  #remove(registration: Registration | undefined): void {
    const scope = registration?.metrics[0]?.scope;
    if (scope !== undefined) this.#options.room.release(scope);
    this.#registrations = this.#registrations.filter((other) => other !== registration);
  }

  #find(
    callback: Registration['callback'],
    observables: ReadonlySet<ObservableInstrument>,
    isBatch: boolean,
  ): Registration | undefined {
    return this.#registrations.find(
      (each) => each.callback === callback && each.isBatch === isBatch && areEqual(each.observables, observables),
    );
  }

  async #run(registration: Registration): Promise<ObservationRound | MetricGap> {
    // A second call of what hangs would hang as well.
    if (registration.isRunning) return this.#fail(registration, 'has not ended since an earlier round');
    const round = new ObservationRound();
    try {
      const pending = registration.observe(round);
      if (isThenable(pending)) await this.#wait(registration, pending);
      return round;
    } catch (error) {
      if (error instanceof TimeoutError) {
        return this.#fail(registration, `took longer than ${this.#options.timeoutMillis} ms`, error);
      }
      return this.#fail(registration, `failed: ${toError(error).message}`, error);
    } finally {
      round.close();
    }
  }

  async #wait(registration: Registration, pending: PromiseLike<unknown>): Promise<void> {
    const { host, timeoutMillis } = this.#options;
    registration.isRunning = true;
    const work = Promise.resolve(pending).finally(() => (registration.isRunning = false));
    await withTimeout(work, { operation: 'observing', timeoutMillis, host });
  }

  #fail(registration: Registration, problem: string, cause?: unknown): MetricGap {
    const metrics = registration.metrics.map(({ name }) => name);
    this.#options.onError(new ObservationError(metrics, problem, { cause }));
    return { source: 'callback', metrics, reason: problem };
  }
}

function putInto(observed: Map<ObservedMetric, ObservedValues>, round: ObservationRound): void {
  for (const [metric, values] of round.values()) {
    const known = observed.get(metric);
    if (known === undefined) observed.set(metric, values);
    else known.merge(values);
  }
}

function metricsOf(observables: ReadonlySet<ObservableInstrument>): readonly InstrumentDescriptor[] {
  return [...observables].flatMap(({ metric }) => (metric === undefined ? [] : [metric.descriptor]));
}

function ownOnes(observables: unknown): ReadonlySet<ObservableInstrument> {
  if (!Array.isArray(observables)) return new Set();
  return new Set(observables.filter((each: unknown) => each instanceof ObservableInstrument));
}

function areEqual(some: ReadonlySet<unknown>, others: ReadonlySet<unknown>): boolean {
  return some.size === others.size && [...some].every((each) => others.has(each));
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, 'then') === 'function';
}

import { InstrumentRefusedError } from './instrumentRefusedError.ts';
import { type InstrumentDescriptor, isInstrumentName } from './instrumentDescriptor.ts';
import type { KeptMetric } from './measuredMetric.ts';
import { MAX_OWN_METRICS, ScopedRoom } from './scopedRoom.ts';

/** What a `MetricRegistry` is made of. */
export interface MetricRegistryOptions {
  /** Of the application. */
  readonly maxMetrics: number;
  readonly onError: (error: Error) => void;
}

/** How many different refusals are told of. */
const MAX_TOLD = 1000;

/** All metrics, by scope and name. Names are equal whatever the case of their letters, as OpenTelemetry has them. */
export class MetricRegistry {
  readonly #options: MetricRegistryOptions;
  readonly #byScope = new Map<string, Map<string, KeptMetric>>();
  readonly #told = new Set<string>();
  readonly #room: ScopedRoom;
  #refused = 0;
  #isClosed = false;

  constructor(options: MetricRegistryOptions) {
    this.#options = options;
    this.#room = new ScopedRoom({ application: options.maxMetrics, own: MAX_OWN_METRICS });
  }

  /** How many times an instrument or a meter was asked for that there is not. */
  get refused(): number {
    return this.#refused;
  }

  *metrics(): Generator<KeptMetric> {
    for (const ofScope of this.#byScope.values()) yield* ofScope.values();
  }

  /** Nothing is registered any more, and what was is let go of. */
  close(): void {
    this.#isClosed = true;
    this.#byScope.clear();
  }

  /**
   * The metric of that description: the one that there is, or a new one.
   *
   * @param Metric - its class
   * @returns `undefined` where it is refused, which is told once
   */
  register<M extends KeptMetric>(
    descriptor: InstrumentDescriptor,
    Metric: abstract new (...args: never) => M,
    create: () => M,
  ): M | undefined {
    if (this.#isClosed) return undefined;
    const { scope, name } = descriptor;
    if (!isInstrumentName(name)) return this.refuse(name, 'OpenTelemetry allows no such name');
    const scopeKey = JSON.stringify([scope.name, scope.version]);
    const known = this.#byScope.get(scopeKey)?.get(name.toLowerCase());
    if (known instanceof Metric && areOfOneKind(known.descriptor, descriptor)) return known;
    if (known !== undefined) {
      return this.refuse(name, `it is ${described(known.descriptor)}, and cannot be ${described(descriptor)}`);
    }
    if (!this.#room.take(scope)) return this.refuse(name, `there are ${this.#room.limitOf(scope)} metrics already`);
    return this.#add(scopeKey, name, create());
  }

  /** Tells of something that is not counted, once. */
  refuse(instrument: unknown, reason: string): undefined {
    this.#refused += 1;
    const error = new InstrumentRefusedError(instrument, reason);
    if (this.#told.has(error.message) || this.#told.size >= MAX_TOLD) return;
    this.#told.add(error.message);
    this.#options.onError(error);
  }

  #add<M extends KeptMetric>(scopeKey: string, name: string, metric: M): M {
    const ofScope = this.#byScope.get(scopeKey) ?? new Map<string, KeptMetric>();
    this.#byScope.set(scopeKey, ofScope);
    ofScope.set(name.toLowerCase(), metric);
    return metric;
  }
}

function areOfOneKind(one: InstrumentDescriptor, other: InstrumentDescriptor): boolean {
  return (
    one.kind === other.kind &&
    one.origin === other.origin &&
    one.unit === other.unit &&
    one.isInteger === other.isInteger
  );
}

function described({ origin, kind, isInteger, unit }: InstrumentDescriptor): string {
  return `${origin} ${kind} of ${isInteger ? 'integers' : 'numbers'} in ${JSON.stringify(unit)}`;
}

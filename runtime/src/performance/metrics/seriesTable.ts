import type { Attributes } from '@opentelemetry/api';
import { identityOf, OVERFLOW_IDENTITY, readAttributes } from './seriesAttributes.ts';
import { SeriesCache } from './seriesCache.ts';

/** Steps that are kept of walks over the attributes of each series. */
const CACHED_STEPS_PER_SERIES = 8;

/** What a `SeriesTable` is made of. */
export interface SeriesTableOptions<S> {
  /** How many series there are at most, the one for all further attributes among them; at least 1. */
  readonly limit: number;
  readonly create: (attributes: Attributes) => S;
  /** Told of each look-up that found no series of its own. */
  readonly onOverflow: () => void;
}

/**
 * The series of a metric by their attributes, which are equal in any order. When there are as many as there may be, all
 * further attributes have one series together: `otel.metric.overflow: true`.
 */
export class SeriesTable<S> {
  readonly #options: SeriesTableOptions<S>;
  readonly #byKey = new Map<string, S>();
  readonly #cache: SeriesCache<S>;
  #overflow: S | undefined;

  constructor(options: SeriesTableOptions<S>) {
    this.#options = options;
    this.#cache = new SeriesCache<S>(options.limit * CACHED_STEPS_PER_SERIES);
  }

  /** How many series there are. */
  get size(): number {
    return this.#byKey.size;
  }

  /** In the order in which they came. */
  values(): Iterable<S> {
    return this.#byKey.values();
  }

  /**
   * The series of these attributes.
   *
   * @param attributes - anything that is no object has none
   * @throws whatever a getter or a Proxy throws
   */
  of(attributes: unknown): S {
    const known = typeof attributes === 'object' && attributes !== null ? this.#cache.find(attributes) : undefined;
    return known ?? this.#find(attributes);
  }

  #find(attributes: unknown): S {
    const given = readAttributes(attributes);
    const { key, attributes: kept } = identityOf(given);
    let series = this.#byKey.get(key);
    if (series === undefined) {
      // It is not remembered: who sends ever new values must not push out those that come again.
      if (this.#isFull()) return this.#overflown();
      series = this.#options.create(kept);
      this.#byKey.set(key, series);
      if (key === OVERFLOW_IDENTITY.key) this.#overflow = series;
    }
    this.#cache.remember(given, series);
    return series;
  }

  #isFull(): boolean {
    const named = this.#overflow === undefined ? this.#byKey.size : this.#byKey.size - 1;
    return named >= this.#options.limit - 1;
  }

  #overflown(): S {
    this.#options.onOverflow();
    if (this.#overflow === undefined) {
      this.#overflow = this.#options.create(OVERFLOW_IDENTITY.attributes);
      this.#byKey.set(OVERFLOW_IDENTITY.key, this.#overflow);
    }
    return this.#overflow;
  }
}

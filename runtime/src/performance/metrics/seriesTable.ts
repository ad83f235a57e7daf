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
  /** Takes out of texts what must not be kept. */
  readonly redactText: (text: string) => string;
  /** Takes a place among the series of all metrics. @returns whether there was one left */
  readonly takePlace: () => boolean;
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

  /** Whether there are as many as there may be, whatever place there is among those of all metrics. */
  get isFull(): boolean {
    const named = this.#overflow === undefined ? this.#byKey.size : this.#byKey.size - 1;
    return named >= this.#options.limit - 1;
  }

  /** In the order in which they came. */
  values(): Iterable<S> {
    return this.#byKey.values();
  }

  /** The series of all attributes that have none of their own. */
  overflow(): S {
    if (this.#overflow === undefined) {
      this.#overflow = this.#options.create(OVERFLOW_IDENTITY.attributes);
      this.#byKey.set(OVERFLOW_IDENTITY.key, this.#overflow);
    }
    return this.#overflow;
  }

  /**
   * The series of these attributes.
   *
   * @param attributes - anything that is no object has none
   * @returns `undefined` where there is no room for one, now or later
   * @throws whatever a getter or a Proxy throws
   */
  own(attributes: unknown): S | undefined {
    const known = typeof attributes === 'object' && attributes !== null ? this.#cache.find(attributes) : undefined;
    return known ?? this.#find(attributes);
  }

  #find(attributes: unknown): S | undefined {
    const given = readAttributes(attributes, this.#options.redactText);
    const { key, attributes: kept } = identityOf(given);
    let series = this.#byKey.get(key);
    if (series === undefined) {
      // It is not remembered: who sends ever new values must not push out those that come again.
      if (this.isFull || !this.#options.takePlace()) return undefined;
      series = this.#options.create(kept);
      this.#byKey.set(key, series);
      if (key === OVERFLOW_IDENTITY.key) this.#overflow = series;
    }
    this.#cache.remember(given, series);
    return series;
  }
}

import type { Reading } from '../reading.ts';

/**
 * Counters that are sums over things that can vanish, such as disks: what a disk had counted goes with it. They stand
 * still then, instead of going back, which would be taken for a new start and all that is left for new.
 */
export class SteadyCounters {
  readonly #metrics: ReadonlySet<string>;
  readonly #known = new Map<string, { last: number; offset: number }>();

  /** @param metrics - which counters; each has few series */
  constructor(metrics: readonly string[]) {
    this.#metrics = new Set(metrics);
  }

  /** The readings, of which none of these counters goes back. */
  steady(readings: readonly Reading[]): readonly Reading[] {
    return readings.map((reading) => (this.#metrics.has(reading.metric) ? this.#steady(reading) : reading));
  }

  #steady(reading: Reading): Reading {
    const key = [reading.metric, ...Object.values(reading.attributes ?? {})].join(' ');
    const known = this.#known.get(key) ?? { last: 0, offset: 0 };
    const offset = known.offset + Math.max(0, known.last - reading.value);
    this.#known.set(key, { last: reading.value, offset });
    return { ...reading, value: reading.value + offset };
  }
}

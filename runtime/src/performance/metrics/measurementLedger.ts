import type { InstrumentDescriptor } from './instrumentDescriptor.ts';
import type { SeriesLimit } from './seriesOverflowError.ts';

/** Why measurements are not counted. */
export const MEASUREMENT_DROP_REASONS = ['notANumber', 'notFinite', 'negative', 'unreadable', 'tooManySeries'] as const;

/**
 * Why a measurement is not counted: it is no number; it, or the sum with it, is infinite; it is negative where only what is
 * not can be counted; its attributes throw when they are read; it is of an observable counter of which too many have no series
 * of their own, and nobody could tell by how much it has grown.
 */
export type MeasurementDropReason = (typeof MEASUREMENT_DROP_REASONS)[number];

type TellOverflow = (metric: InstrumentDescriptor, limit: SeriesLimit) => void;

/** What became of measurements. */
export class MeasurementLedger {
  readonly #tellOverflow: TellOverflow;
  readonly #overflown = new WeakSet<InstrumentDescriptor>();
  /** Measurements that are in no metric, by reason. */
  readonly dropped: Record<MeasurementDropReason, number> = {
    notANumber: 0,
    notFinite: 0,
    negative: 0,
    unreadable: 0,
    tooManySeries: 0,
  };
  /** Nothing is measured any more. */
  isClosed = false;
  #overflowed = 0;

  /** @param tellOverflow - called at the first overflow of each metric. Never throws. */
  constructor(tellOverflow: TellOverflow) {
    this.#tellOverflow = tellOverflow;
  }

  /** Measurements that were counted under `otel.metric.overflow`, as their metric had no series left for them. */
  get overflowed(): number {
    return this.#overflowed;
  }

  /** Counts such measurements. @param limit - the one that there was no room within */
  overflow(metric: InstrumentDescriptor, limit: SeriesLimit, count = 1): void {
    this.#overflowed += count;
    if (count === 0 || this.#overflown.has(metric)) return;
    this.#overflown.add(metric);
    this.#tellOverflow(metric, limit);
  }
}

/** Why a value cannot be measured, whatever was measured before; `undefined` where it can. */
export function faultOf(value: unknown, isMonotonic: boolean): MeasurementDropReason | undefined {
  if (typeof value !== 'number' || Number.isNaN(value)) return 'notANumber';
  if (!Number.isFinite(value)) return 'notFinite';
  return isMonotonic && value < 0 ? 'negative' : undefined;
}

import { ownText } from '../../core/ownText.ts';
import { identityOf, readAttributes } from '../metrics/seriesAttributes.ts';
import type { MetricGap } from '../metricReading.ts';

const LONGEST_REASON = 300;
const LONGEST_NAME = 200;
const MOST_METRICS = 100;
const GAP_BYTES = 400;

/** A time of which a source told nothing. What it would have told is not known, and is not zero. */
export interface SeriesGap extends MetricGap {
  /** When it told nothing for the first time. */
  readonly fromMillis: number;
  /** When it told nothing for the last time. */
  readonly toMillis: number;
  /** How often it was asked in vain. */
  readonly rounds: number;
}

interface KeptGap extends SeriesGap {
  toMillis: number;
  rounds: number;
  /** When a value came for the first time since. */
  endedMillis: number | undefined;
}

/** Keeps gaps, as one those that follow each other for the same reason. Texts and numbers are bounded. */
export class GapBook {
  readonly #maxGaps: number;
  /** In the order of their beginning. */
  #gaps: KeptGap[] = [];
  /** Those that go on, by what tells them from others. */
  readonly #open = new Map<string, KeptGap>();
  #bytes = 0;
  /** How many were let go of since there were too many. */
  dropped = 0;

  constructor(maxGaps: number) {
    this.#maxGaps = maxGaps;
  }

  /** How many are kept. */
  get size(): number {
    return this.#gaps.length;
  }

  /** What they take in memory, estimated. */
  get bytes(): number {
    return this.#bytes;
  }

  /** A source told nothing now. */
  add({ source, reason, metrics, attributes }: MetricGap, nowMillis: number): void {
    const of = attributes === undefined ? undefined : identityOf(readAttributes(attributes, (text) => text));
    const gap: MetricGap = {
      source: ownText(source, LONGEST_NAME),
      reason: ownText(reason, LONGEST_REASON),
      metrics: Object.freeze(metrics.slice(0, MOST_METRICS).map((metric) => ownText(metric, LONGEST_NAME))),
      ...(of && { attributes: of.attributes }),
    };
    const key = JSON.stringify([gap.source, gap.reason, gap.metrics, of?.key]);
    const open = this.#open.get(key);
    // A metric may have values of one device in the very round in which there is none of another.
    if (open === undefined || (open.endedMillis ?? nowMillis) < nowMillis)
      this.#begin(key, { ...gap, fromMillis: nowMillis, toMillis: nowMillis, rounds: 1, endedMillis: undefined });
    else {
      open.toMillis = nowMillis;
      open.rounds += 1;
      open.endedMillis = undefined;
    }
  }

  /** A metric has values again: what is missing later is another gap. */
  close(metric: string, nowMillis: number): void {
    for (const gap of this.#open.values())
      if (gap.toMillis < nowMillis && gap.metrics.includes(metric)) gap.endedMillis ??= nowMillis;
  }

  /** The gaps of a metric that reach into a time, in the order of their beginning. */
  of(metric: string, fromMillis: number, toMillis: number): readonly SeriesGap[] {
    return this.#gaps
      .filter((gap) => gap.toMillis >= fromMillis && gap.fromMillis <= toMillis && gap.metrics.includes(metric))
      .map(({ source, reason, metrics, attributes, ...gap }) => ({
        source,
        reason,
        metrics,
        ...(attributes && { attributes }),
        fromMillis: gap.fromMillis,
        toMillis: gap.toMillis,
        rounds: gap.rounds,
      }));
  }

  /** Lets go of those that ended before a time. */
  dropBefore(timeMillis: number): void {
    if (this.#gaps.some((gap) => gap.toMillis < timeMillis))
      this.#keep(this.#gaps.filter((gap) => gap.toMillis >= timeMillis));
  }

  #begin(key: string, gap: KeptGap): void {
    this.#gaps.push(gap);
    this.#open.set(key, gap);
    this.#bytes += bytesOf(gap);
    if (this.#gaps.length <= this.#maxGaps) return;
    // A tenth at once: with one each time all others would be moved each time.
    const tooMany = this.#gaps.length - this.#maxGaps + Math.floor(this.#maxGaps / 10);
    this.dropped += tooMany;
    this.#keep(this.#gaps.slice(tooMany));
  }

  #keep(gaps: KeptGap[]): void {
    const kept = new Set(gaps);
    for (const [key, gap] of this.#open) if (!kept.has(gap)) this.#open.delete(key);
    this.#gaps = gaps;
    this.#bytes = gaps.reduce((sum, gap) => sum + bytesOf(gap), 0);
  }
}

/** Its texts are kept by themselves and in its key. */
function bytesOf({ source, reason, metrics, attributes }: KeptGap): number {
  const others = source.length + reason.length + (attributes === undefined ? 0 : JSON.stringify(attributes).length);
  const length = metrics.reduce((sum, metric) => sum + metric.length, others);
  return GAP_BYTES + 4 * length + 40 * metrics.length;
}

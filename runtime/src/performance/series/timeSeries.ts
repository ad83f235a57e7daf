import type { HistogramPoint, MetricSnapshot, NumberPoint } from '../metrics/metricSnapshot.ts';
import { CounterBaseline } from './counterBaseline.ts';
import { Distribution } from './distribution.ts';
import { HistogramBaseline } from './histogramBaseline.ts';
import { floorTo, type Level, LEVELS, type PerLevel, WIDTH_MILLIS } from './levels.ts';
import { rateOf } from './rateOf.ts';
import type { SeriesIdentity } from './seriesIdentity.ts';
import type { SliceWriter } from './sliceCodec.ts';
import { SliceQueue, type TimedSlice } from './sliceQueue.ts';

/** Of the objects of a series besides its queues. */
const SERIES_BYTES = 4500;

/** When a point was taken. */
export interface PointTime {
  readonly nowMillis: number;
  /** When everything was read the time before. */
  readonly previousMillis: number | undefined;
  /** Whether a series that is new here has begun since then, from zero. */
  readonly isNew: boolean;
}

/** The points of one series: raw ones, then minutes made of those that have grown old, then hours made of these. */
export class TimeSeries {
  readonly identity: SeriesIdentity;
  /** Where it began, when everything was read the time before it was first seen: before that it was zero, not unknown. */
  bornMillis: number | undefined;
  /** When it was seen last. */
  lastMillis: number;
  /** See `KeptSeries`. */
  latest: number | undefined;
  readonly #key: string;
  readonly #baseline: CounterBaseline | HistogramBaseline | undefined;
  readonly #queues: readonly [raw: SliceQueue, minutes: SliceQueue, hours: SliceQueue];
  #isSeen = false;

  constructor(key: string, metric: MetricSnapshot, point: NumberPoint | HistogramPoint, nowMillis: number) {
    const { scope, name, kind, unit } = metric;
    // Attributes of snapshots are nobody's but the series'.
    this.identity = { scope, metric: name, kind, unit, attributes: point.attributes };
    this.lastMillis = nowMillis;
    this.#key = key;
    if (kind === 'counter') this.#baseline = new CounterBaseline();
    if (kind === 'histogram') this.#baseline = new HistogramBaseline();
    const covers = this.#baseline !== undefined;
    const queue = (level: Level): SliceQueue => new SliceQueue({ unitMillis: WIDTH_MILLIS[level], covers });
    this.#queues = [queue(0), queue(1), queue(2)];
  }

  /** Keeps what a point tells. @returns whether it told anything */
  add(point: NumberPoint | HistogramPoint, time: PointTime, writer: SliceWriter): boolean {
    const slice = this.#sliceOf(point, time.isNew);
    const sinceMillis = this.#isSeen ? this.lastMillis : time.previousMillis;
    if (!this.#isSeen && time.isNew) this.bornMillis = sinceMillis;
    this.#isSeen = true;
    this.lastMillis = time.nowMillis;
    if (slice === undefined) return false;
    if (this.#baseline !== undefined) slice.coveredMillis = time.nowMillis - (sinceMillis ?? time.nowMillis);
    this.latest = this.#baseline === undefined ? slice.mean : rateOf(this.identity.kind, slice);
    this.#queues[0].push(time.nowMillis, slice, writer);
    return true;
  }

  /**
   * Moves what came before the ends of its level to the next one, and lets go of the oldest hours.
   *
   * @returns how many points of each level are gone
   */
  rollUp(ends: PerLevel, writer: SliceWriter): PerLevel {
    return [this.#move(0, 1, ends[0], writer), this.#move(1, 2, ends[1], writer), this.#drop(ends[2])];
  }

  /** Every point of a level and of the finer ones that is within a time, in wider slices where it is finer. */
  *read(level: Level, fromMillis: number, toMillis: number): Generator<TimedSlice, undefined> {
    const width = WIDTH_MILLIS[level];
    let wider: TimedSlice | undefined;
    for (const { timeMillis, slice } of this.#slices(level, fromMillis, toMillis)) {
      const start = floorTo(width, timeMillis);
      if (level > 0 && wider?.timeMillis === start) wider.slice.merge(slice);
      else {
        if (wider !== undefined) yield wider;
        wider = { timeMillis: start, slice };
      }
    }
    if (wider !== undefined) yield wider;
    return undefined;
  }

  /** How many points it has. */
  get size(): number {
    return this.#queues[0].size + this.#queues[1].size + this.#queues[2].size;
  }

  /** What it takes in memory, estimated. */
  get bytes(): number {
    const [raw, minutes, hours] = this.#queues;
    // The key, and what it was made of once more.
    const texts = 4 * this.#key.length;
    return SERIES_BYTES + texts + (this.#baseline?.bytes ?? 0) + raw.bytes + minutes.bytes + hours.bytes;
  }

  #sliceOf(point: NumberPoint | HistogramPoint, isNew: boolean): Distribution | undefined {
    const baseline = this.#baseline;
    if ('value' in point)
      return baseline instanceof CounterBaseline ? baseline.increase(point, isNew) : Distribution.of(point.value);
    return baseline instanceof HistogramBaseline ? baseline.increase(point, isNew) : undefined;
  }

  *#slices(level: Level, fromMillis: number, toMillis: number): Generator<TimedSlice, undefined> {
    for (const each of LEVELS.toReversed()) if (each <= level) yield* this.#queues[each].slices(fromMillis, toMillis);
    return undefined;
  }

  #move(from: Level, to: Level, endMillis: number, writer: SliceWriter): number {
    let wider: TimedSlice | undefined;
    const moved = this.#queues[from].takeBefore(endMillis, ({ timeMillis, slice }) => {
      const start = floorTo(WIDTH_MILLIS[to], timeMillis);
      if (wider?.timeMillis === start) wider.slice.merge(slice);
      else {
        if (wider !== undefined) this.#queues[to].push(wider.timeMillis, wider.slice, writer);
        wider = { timeMillis: start, slice };
      }
    });
    if (wider !== undefined) this.#queues[to].push(wider.timeMillis, wider.slice, writer);
    return moved;
  }

  #drop(endMillis: number): number {
    return this.#queues[2].takeBefore(endMillis, () => undefined);
  }
}

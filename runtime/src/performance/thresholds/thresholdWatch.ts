import type { Dispose, HostProcess } from '../../core/hostProcess.ts';
import { Listeners } from '../../core/listeners.ts';
import { toError } from '../../core/toError.ts';
import { distinctionOf, type SeriesIdentity } from '../series/seriesIdentity.ts';
import type { Threshold, ThresholdEvent } from './threshold.ts';
import { ThresholdState } from './thresholdState.ts';

/** What the statistic of a threshold is for one series. */
export interface ThresholdReading extends Pick<SeriesIdentity, 'scope' | 'kind' | 'attributes'> {
  /** `undefined` where it is not known. */
  readonly value: number | undefined;
  /** Whether there is nothing any more that it could be known of, such as a disk that was taken out; a gap is none. */
  readonly isGone: boolean;
}

/** What a `ThresholdWatch` is made of. */
export interface ThresholdWatchParts {
  readonly thresholds: readonly Threshold[];
  /** Tells the statistic of every series that a threshold looks at. */
  readonly measure: (threshold: Threshold) => readonly ThresholdReading[];
  readonly host: Pick<HostProcess, 'monotonicMillis' | 'wallMillis'>;
  readonly onError: (error: Error) => void;
}

/** Told of every threshold that is raised or cleared. What it throws, or its promise is rejected with, goes to the monitor's `onError`. */
export type ThresholdListener = (event: ThresholdEvent) => unknown;

interface Watched {
  readonly state: ThresholdState;
  raised: ThresholdEvent | undefined;
}

/** Looks at thresholds whenever there is something new, and tells of changes. */
export class ThresholdWatch {
  readonly #parts: ThresholdWatchParts;
  readonly #listeners: Listeners<ThresholdListener>;
  /** By threshold, then by what tells series of a metric apart. */
  readonly #watched = new Map<Threshold, Map<string, Watched>>();

  constructor(parts: ThresholdWatchParts) {
    this.#parts = parts;
    this.#listeners = new Listeners(parts.onError);
    for (const threshold of parts.thresholds) this.#watched.set(threshold, new Map());
  }

  /** Tells a listener of changes from now on. @returns ends it */
  listen(listener: ThresholdListener): Dispose {
    return this.#listeners.add(listener);
  }

  /** Those that are raised now, as they were told of when they were raised. */
  raised(): readonly ThresholdEvent[] {
    const watched = [...this.#watched.values()].flatMap((series) => [...series.values()]);
    return watched.flatMap(({ raised }) => raised ?? []);
  }

  /** Looks at every threshold. One that cannot be looked at is told of, and the others are. */
  look(): void {
    for (const [threshold, series] of this.#watched) {
      try {
        this.#lookAt(threshold, series);
      } catch (error) {
        this.#parts.onError(toError(error));
      }
    }
  }

  #lookAt(threshold: Threshold, series: Map<string, Watched>): void {
    const known = new Set<string>();
    for (const reading of this.#parts.measure(threshold)) {
      const key = distinctionOf(reading);
      known.add(key);
      const watched = series.get(key) ?? { state: new ThresholdState(threshold), raised: undefined };
      series.set(key, watched);
      this.#see(threshold, watched, reading);
    }
    // They were told of as gone before.
    for (const key of series.keys()) if (!known.has(key)) series.delete(key);
  }

  #see(threshold: Threshold, watched: Watched, { scope, attributes, value, isGone }: ThresholdReading): void {
    const { host } = this.#parts;
    const nowMillis = host.monotonicMillis();
    const change = isGone ? watched.state.end(nowMillis) : watched.state.see(value, nowMillis);
    if (change === undefined) return;
    const event: ThresholdEvent = Object.freeze({
      threshold,
      scope,
      attributes,
      value: value ?? watched.raised?.value ?? Number.NaN,
      ...change,
      wallMillis: host.wallMillis(),
    });
    watched.raised = change.state === 'raised' ? event : undefined;
    this.#listeners.tell((listener) => listener(event));
  }
}

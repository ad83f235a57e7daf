import type { SeriesPoint } from '../../../performance/series/seriesQuery.ts';
import { largestFirst } from './catalogueOf.ts';
import { type HeatMapAsked, type HeatMapPart, REQUEST_LABELS } from './heatMapSchema.ts';
import { fittingSeries, type LinesReading, spacingOf } from './linesOf.ts';
import { sliceStart, stepFor } from './timeGrid.ts';

/** Limits of the bands of a heat map in the unit of the metric, three a decade: 1, 2, 5, 10, ... from a millionth to a milliard. */
export const BAND_LIMITS: readonly number[] = Object.freeze(
  // As texts: 2 * 1e-6 is not 0.000002.
  Array.from({ length: 16 }, (_, decade) => ['1', '2', '5'].map((digit) => Number(`${digit}e${decade - 6}`))).flat(),
);

/** The others are the least busy ones. */
const MOST_SERIES = 300;
/** Some five microseconds each: where everything is read each second, an hour has 3600 of a series. */
const MOST_POINTS = 200_000;

type OnPart = Extract<HeatMapPart, { isOn: true }>;

/** How many measurements were in each band of values, over time. */
export async function heatMapOf(
  { metric, labels, columns }: Pick<HeatMapAsked, 'metric' | 'labels' | 'columns'>,
  { monitor, range, nextTurn }: LinesReading,
): Promise<OnPart> {
  const fitting = fittingSeries(monitor, metric, labels).filter(({ identity }) => identity.kind === 'histogram');
  const offsetMillis = monitor.wallMillisOf(0);
  const window = { metric, fromMillis: range.fromMillis - offsetMillis, toMillis: range.toMillis - offsetMillis };
  const { resolution } = monitor.series.query({ ...window, only: new Set() });
  const spacingMillis = spacingOf(resolution, monitor.config.intervalMillis);
  const stepMillis = stepFor(range.toMillis - range.fromMillis, columns, spacingMillis);
  const pointsOfEach = Math.max(1, (range.toMillis - range.fromMillis) / spacingMillis);
  const most = Math.max(1, Math.min(MOST_SERIES, Math.floor(MOST_POINTS / pointsOfEach)));
  const busiest = largestFirst(fitting).slice(0, most);
  const newestMillis = fitting.reduce((newest, { lastMillis }) => Math.max(newest, lastMillis), 0);
  const columnOf = columnFinder({ isRaw: resolution === 'raw', newestMillis, offsetMillis, spacingMillis, stepMillis });
  const counts = new Counts();
  for (const { identity } of busiest) {
    await nextTurn();
    const [series] = monitor.series.query({ ...window, only: new Set([identity]) }).series;
    const isFailed = identity.attributes[REQUEST_LABELS.state] === 'failed';
    for (const point of series?.points ?? []) counts.add(columnOf(point.timeMillis), point, isFailed);
  }
  return {
    isOn: true,
    ...range,
    stepMillis,
    spacingMillis,
    unit: fitting[0]?.identity.unit ?? '',
    isKnown: fitting.length > 0,
    seriesCount: fitting.length,
    leftOutCount: fitting.length - busiest.length,
    read: [...counts.columns].sort((a, b) => a - b),
    cells: counts.cells(),
  };
}

interface ColumnShape {
  readonly isRaw: boolean;
  /** When everything was read last. */
  readonly newestMillis: number;
  readonly offsetMillis: number;
  readonly spacingMillis: number;
  readonly stepMillis: number;
}

/**
 * Tells the column of a point. Readings come at even distances, give or take some milliseconds: were they beside the border of
 * two columns, one would have two of them and the next none, as if nothing had happened. So all are moved, by half a distance
 * at the most, to where the border is between two.
 */
function columnFinder({
  isRaw,
  newestMillis,
  offsetMillis,
  spacingMillis,
  stepMillis,
}: ColumnShape): (timeMillis: number) => number {
  const half = spacingMillis / 2;
  // A reading tells of the time before it, a minute or an hour of what follows its beginning.
  const middleOf = (timeMillis: number): number => timeMillis + offsetMillis + (isRaw ? -half : half);
  const anchor = middleOf(isRaw ? newestMillis : 0);
  const shift = half - (((anchor % spacingMillis) + spacingMillis) % spacingMillis);
  return (timeMillis) => sliceStart(middleOf(timeMillis) + shift, stepMillis);
}

class Counts {
  /** By column: for each band how many, and how many of them failed. */
  readonly #columns = new Map<number, { readonly all: Float64Array; readonly failed: Float64Array }>();

  get columns(): Iterable<number> {
    return this.#columns.keys();
  }

  add(column: number, point: SeriesPoint, isFailed: boolean): void {
    const counts = this.#columns.get(column) ?? { all: bands(), failed: bands() };
    this.#columns.set(column, counts);
    if (point.count === 0) return;
    for (const [band, count] of point.countsUpTo(BAND_LIMITS).entries()) {
      if (count === 0) continue;
      counts.all[band] = (counts.all[band] ?? 0) + count;
      if (isFailed) counts.failed[band] = (counts.failed[band] ?? 0) + count;
    }
  }

  cells(): OnPart['cells'] {
    return [...this.#columns].flatMap(([column, { all, failed }]) =>
      Array.from(all, (count, band): OnPart['cells'][number] => [column, band, count, failed[band] ?? 0]).filter(
        ([, , count]) => count > 0,
      ),
    );
  }
}

function bands(): Float64Array {
  return new Float64Array(BAND_LIMITS.length + 1);
}

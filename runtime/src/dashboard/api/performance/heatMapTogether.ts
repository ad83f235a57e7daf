import { BAND_LIMITS } from './heatMapOf.ts';
import type { HeatMapPart, HeatMapResult } from './heatMapSchema.ts';
import { sliceStart } from './timeGrid.ts';

type OnPart = Extract<HeatMapPart, { isOn: true }>;

/** More columns than were asked for there are where replicas' clocks differ; and never more than this. */
const MOST_COLUMNS = 400;

interface Sum {
  count: number;
  failed: number;
}

/** The counts of all instances added up, in the widest columns that one of them has. */
export function heatMapTogether(parts: readonly OnPart[]): HeatMapResult {
  const stepMillis = Math.max(0, ...parts.map((part) => part.stepMillis));
  const sums = sumsOf(parts, stepMillis);
  const read = new Set(parts.flatMap((part) => part.read.map((millis) => sliceStart(millis, stepMillis))));
  const starts = startsOf(parts, stepMillis);
  const used = [...sums.values()].flatMap((bands) => [...bands.keys()]);
  const lowest = used.reduce((least, band) => Math.min(least, band), BAND_LIMITS.length);
  const highest = used.reduce((most, band) => Math.max(most, band), -1);
  const bands = Array.from({ length: Math.max(0, highest - lowest + 1) }, (_, index) => lowest + index);
  const totalOf = (all: Iterable<Sum>, of: keyof Sum): number => [...all].reduce((sum, each) => sum + each[of], 0);
  const columns = starts.map((fromMillis) => {
    const own = [...(sums.get(fromMillis)?.values() ?? [])];
    const total = { count: totalOf(own, 'count'), failed: totalOf(own, 'failed') };
    return { fromMillis, toMillis: fromMillis + stepMillis, isRead: read.has(fromMillis), ...total };
  });
  return {
    isOn: parts.length > 0,
    isKnown: parts.some(({ isKnown }) => isKnown),
    unit: parts.find(({ isKnown }) => isKnown)?.unit ?? '',
    stepMillis,
    spacingMillis: Math.max(0, ...parts.map((part) => part.spacingMillis)),
    seriesCount: parts.reduce((sum, part) => sum + part.seriesCount, 0),
    leftOutCount: parts.reduce((sum, part) => sum + part.leftOutCount, 0),
    columns,
    bands: bands.map((band) => bandOf(band, sums)),
    cells: starts.flatMap((start, column) =>
      bands.flatMap((band, index) => {
        const sum = sums.get(start)?.get(band);
        return sum === undefined ? [] : [{ column, band: index, ...sum }];
      }),
    ),
  };
}

/** By the beginning of the column, then by band. */
function sumsOf(parts: readonly OnPart[], stepMillis: number): ReadonlyMap<number, ReadonlyMap<number, Sum>> {
  const sums = new Map<number, Map<number, Sum>>();
  for (const [millis, band, count, failed] of parts.flatMap(({ cells }) => cells)) {
    const start = sliceStart(millis, stepMillis);
    const column = sums.get(start) ?? new Map<number, Sum>();
    const sum = column.get(band) ?? { count: 0, failed: 0 };
    sum.count += count;
    sum.failed += failed;
    sums.set(start, column.set(band, sum));
  }
  return sums;
}

/** The beginnings of all columns of the time that was asked for, the last ones where there are too many. */
function startsOf(parts: readonly OnPart[], stepMillis: number): readonly number[] {
  if (parts.length === 0) return [];
  const first = sliceStart(Math.min(...parts.map(({ fromMillis }) => fromMillis)), stepMillis);
  const last = sliceStart(Math.max(...parts.map(({ toMillis }) => toMillis)), stepMillis);
  const length = Math.min(MOST_COLUMNS, Math.round((last - first) / stepMillis) + 1);
  return Array.from({ length }, (_, index) => last - (length - 1 - index) * stepMillis);
}

function bandOf(band: number, sums: ReadonlyMap<number, ReadonlyMap<number, Sum>>): HeatMapResult['bands'][number] {
  const upTo = BAND_LIMITS[band];
  return {
    above: BAND_LIMITS[band - 1] ?? 0,
    ...(upTo !== undefined && { upTo }),
    count: [...sums.values()].reduce((sum, bands) => sum + (bands.get(band)?.count ?? 0), 0),
  };
}

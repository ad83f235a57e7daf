import type { TraceRow } from '../../../../src/dashboard/api/traces/traceRowsSchema.ts';
import type { TimeRange } from './traceAddress.ts';

/** How many colours tell services apart; beyond, they come again: names are always there. */
const SERVICE_COLOURS = 6;

/** Indices of rows that are not beneath a collapsed one, in their order. */
export function visibleRows(
  rows: readonly Pick<TraceRow, 'depth'>[],
  collapsed: ReadonlySet<number>,
): readonly number[] {
  const visible: number[] = [];
  let hiddenBelow = Number.POSITIVE_INFINITY;
  for (const [index, { depth }] of rows.entries()) {
    if (depth > hiddenBelow) continue;
    hiddenBelow = collapsed.has(index) ? depth : Number.POSITIVE_INFINITY;
    visible.push(index);
  }
  return visible;
}

/** The row above one that it is beneath; -1 for a root. */
export function parentIndex(rows: readonly Pick<TraceRow, 'depth'>[], index: number): number {
  const depth = rows[index]?.depth ?? 0;
  for (let above = index - 1; above >= 0; above -= 1) if ((rows[above]?.depth ?? 0) < depth) return above;
  return -1;
}

/** Collapsed rows without those above one, so that it is to be seen. */
export function revealed(
  rows: readonly Pick<TraceRow, 'depth'>[],
  collapsed: ReadonlySet<number>,
  index: number,
): ReadonlySet<number> {
  const left = new Set(collapsed);
  for (let above = parentIndex(rows, index); above >= 0; above = parentIndex(rows, above)) left.delete(above);
  return left;
}

/** How many rows are beneath each; in one pass. */
export function descendantCounts(rows: readonly Pick<TraceRow, 'depth'>[]): readonly number[] {
  const counts = new Array<number>(rows.length).fill(0);
  const open: number[] = [];
  const close = (index: number, end: number) => (counts[index] = end - index - 1);
  for (const [index, { depth }] of rows.entries()) {
    while (open.length > 0 && (rows[open.at(-1) ?? 0]?.depth ?? 0) >= depth) close(open.pop() ?? 0, index);
    open.push(index);
  }
  for (const index of open) close(index, rows.length);
  return counts;
}

/** Where something is on the axis, in per cent of its width; `undefined` where it is not in the range that is shown. */
export function placeOf(
  startMicros: number,
  durationMicros: number,
  { from, to }: TimeRange,
): { readonly left: number; readonly width: number } | undefined {
  const start = Math.max(startMicros, from);
  const end = Math.min(startMicros + durationMicros, to);
  if (start > to || end < from) return undefined;
  const whole = Math.max(1, to - from);
  return { left: ((start - from) / whole) * 100, width: (Math.max(0, end - start) / whole) * 100 };
}

/** Round times on the axis, at most six or so, in microseconds. */
export function axisTicks({ from, to }: TimeRange): readonly number[] {
  const whole = to - from;
  if (whole <= 0) return [from];
  const rough = whole / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power);
  const ticks: number[] = [];
  for (let tick = Math.ceil(from / step) * step; tick <= to; tick += step) ticks.push(tick);
  return ticks;
}

/** A range that is so many times as long, around the middle or a place of it, within the trace. */
export function zoomed(range: TimeRange, factor: number, durationMicros: number, around = 0.5): TimeRange {
  const length = Math.min(durationMicros, Math.max(1, (range.to - range.from) * factor));
  const middle = range.from + (range.to - range.from) * around;
  return within(middle - length * around, length, durationMicros);
}

/** The range moved by a share of its length, within the trace. */
export function panned({ from, to }: TimeRange, share: number, durationMicros: number): TimeRange {
  return within(from + (to - from) * share, to - from, durationMicros);
}

function within(from: number, length: number, durationMicros: number): TimeRange {
  const start = Math.min(Math.max(0, from), Math.max(0, durationMicros - length));
  return { from: start, to: start + length };
}

/** Which colour a service has, from 1 on: in the order in which services appear. */
export function serviceColours(services: readonly { readonly name: string }[]): ReadonlyMap<string, number> {
  return new Map(services.map(({ name }, index) => [name, (index % SERVICE_COLOURS) + 1]));
}

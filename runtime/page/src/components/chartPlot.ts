import UPlot from 'uplot';
import type { ChartProps } from './chartContract.ts';
import { LINE_DASHES, LINE_STYLES, type Palette, readPalette } from './chartPalette.ts';
import { timeTicks } from './timeTicks.ts';

/** Beyond so many lines their spread would only be a haze. */
const MOST_SPREADS = 3;
/** From a thousandth to far beyond what any memory has. */
const BINARY_INCREMENTS = Array.from({ length: 70 }, (_, index) => 2 ** (index - 10));
const AXIS_FONT = '11px system-ui, sans-serif';

/** What a plot is made with. What it draws may change afterwards. */
export interface PlotParts {
  readonly host: HTMLElement;
  /** What is to be drawn now. */
  readonly current: () => ChartProps;
  readonly heightPixels: number;
  /** The index of the time that is pointed at, and of no other. */
  readonly onPoint: (index: number | undefined) => void;
}

/** A plot of lines that is not drawn yet. */
export function createPlot({ host, current, heightPixels, onPoint }: PlotParts): UPlot {
  const palette = readPalette(host);
  const { lines } = current();
  const plot: UPlot = new UPlot(
    {
      width: Math.max(100, host.clientWidth),
      height: heightPixels,
      legend: { show: false },
      padding: [8, 8, 0, 0],
      cursor: {
        drag: { x: current().onRange !== undefined, y: false, setScale: false },
        points: { size: 7 },
        y: false,
      },
      scales: {
        x: { time: true, range: (_plot, least, most) => xRange(current(), least, most) },
        y: { range: (_plot, least, most) => yRange(least, most) },
      },
      axes: axesOf(palette, current),
      series: [{}, ...lines.flatMap((_, index) => seriesOf(index, lines.length, palette))],
      bands: bandsOf(lines.length, palette),
      hooks: {
        drawClear: [(drawn) => drawGaps(drawn, current(), palette)],
        draw: [(drawn) => drawMarks(drawn, current(), palette)],
        setCursor: [(drawn) => onPoint(drawn.cursor.idx ?? undefined)],
        setSelect: [(drawn) => choose(drawn, current())],
      },
    },
    dataOf(current()),
    host,
  );
  return plot;
}

/** What is drawn: uPlot counts in seconds. */
export function dataOf({ timesMillis, lines }: Pick<ChartProps, 'timesMillis' | 'lines'>): UPlot.AlignedData {
  const isSpread = lines.length <= MOST_SPREADS;
  const rows = lines.flatMap(({ values, lows, highs }) =>
    isSpread ? [values, highs ?? values, lows ?? values] : [values],
  );
  return [timesMillis.map((millis) => millis / 1000), ...rows.map((row) => [...row])];
}

/** The place of a line among the rows of the plot. */
function rowOfLine(line: number, lineCount: number): number {
  return 1 + line * (lineCount <= MOST_SPREADS ? 3 : 1);
}

function seriesOf(index: number, count: number, palette: Palette): UPlot.Series[] {
  const stroke = palette.lines[index % LINE_STYLES] ?? palette.muted;
  const line: UPlot.Series = {
    stroke,
    width: 1.5,
    dash: [...(LINE_DASHES[index % LINE_DASHES.length] ?? [])],
    points: { size: 4, width: 1 },
  };
  if (count > MOST_SPREADS) return [line];
  // The spread is drawn between them; they themselves are not.
  const edge: UPlot.Series = { stroke: 'transparent', width: 0, points: { show: false } };
  return [line, edge, { ...edge }];
}

function bandsOf(count: number, palette: Palette): UPlot.Band[] {
  if (count > MOST_SPREADS) return [];
  return Array.from({ length: count }, (_, index) => ({
    series: [rowOfLine(index, count) + 1, rowOfLine(index, count) + 2] as UPlot.Band.Bounds,
    fill: withAlpha(palette.lines[index % LINE_STYLES] ?? palette.muted, 0.18),
  }));
}

function axesOf(palette: Palette, current: () => ChartProps): UPlot.Axis[] {
  const axis: UPlot.Axis = {
    stroke: palette.muted,
    font: AXIS_FONT,
    grid: { stroke: palette.border, width: 1 },
    ticks: { show: false },
  };
  return [
    { ...axis, space: 70, size: 32, values: (_plot, splits, _axis, _space, increment) => timeTicks(splits, increment) },
    {
      ...axis,
      // At first there are none, which uPlot's types do not say.
      size: (_plot, values: readonly string[] | null) =>
        14 + 6.3 * Math.max(3, ...Array.from(values ?? [], (value) => value.length)),
      values: (_plot, splits) => splits.map((value) => (current().formatAxis ?? current().format)(value)),
      space: 36,
      ...(current().isBinary && { incrs: BINARY_INCREMENTS }),
    },
  ];
}

function xRange({ fromMillis, toMillis }: ChartProps, least: number | null, most: number | null): UPlot.Range.MinMax {
  if (fromMillis !== undefined && toMillis !== undefined) return [fromMillis / 1000, toMillis / 1000];
  return [least, most];
}

/** From zero, so that what hardly changes looks like it. */
function yRange(least: number | null, most: number | null): UPlot.Range.MinMax {
  const [low, high] = [Math.min(0, least ?? 0), Math.max(0, most ?? 0)];
  const size = high - low;
  return size === 0 ? [0, 1] : [low === 0 ? 0 : low - size * 0.06, high === 0 ? 0 : high + size * 0.06];
}

function choose(plot: UPlot, { onRange }: ChartProps): void {
  const { left, width } = plot.select;
  if (width <= 4) return;
  onRange?.(plot.posToVal(left, 'x') * 1000, plot.posToVal(left + width, 'x') * 1000);
  plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
}

function drawGaps(plot: UPlot, { gaps = [] }: ChartProps, palette: Palette): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.fillStyle = palette.gap;
  for (const { fromMillis, toMillis } of gaps) {
    const left = Math.max(bbox.left, plot.valToPos(fromMillis / 1000, 'x', true));
    const right = Math.min(bbox.left + bbox.width, plot.valToPos(toMillis / 1000, 'x', true));
    if (right > left) ctx.fillRect(left, bbox.top, Math.max(2, right - left), bbox.height);
  }
  ctx.restore();
}

function drawMarks(plot: UPlot, { marks = [], limits = [] }: ChartProps, palette: Palette): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.strokeStyle = ctx.fillStyle = palette.warning;
  ctx.lineWidth = devicePixelRatio;
  ctx.font = `${11 * devicePixelRatio}px system-ui, sans-serif`;
  ctx.textAlign = 'left';
  ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
  const line = (fromX: number, fromY: number, toX: number, toY: number, label: string) => {
    ctx.beginPath();
    ctx.moveTo(fromX, fromY);
    ctx.lineTo(toX, toY);
    ctx.stroke();
    ctx.fillText(
      label,
      fromX + 4 * devicePixelRatio,
      Math.max(bbox.top + 12 * devicePixelRatio, fromY - 4 * devicePixelRatio),
    );
  };
  for (const { atMillis, label } of marks) {
    const x = plot.valToPos(atMillis / 1000, 'x', true);
    if (x >= bbox.left && x <= bbox.left + bbox.width) line(x, bbox.top, x, bbox.top + bbox.height, label);
  }
  for (const { value, label } of limits) {
    const y = plot.valToPos(value, 'y', true);
    if (y >= bbox.top && y <= bbox.top + bbox.height) line(bbox.left, y, bbox.left + bbox.width, y, label);
  }
  ctx.restore();
}

/** Browsers tell colours as `rgb(1, 2, 3)`. */
function withAlpha(colour: string, alpha: number): string {
  return colour.replace(/^rgb\((.+)\)$/, `rgba($1, ${alpha})`);
}

import UPlot from 'uplot';
import { readNumbers } from './readNumbers.ts';

const heightPixels = 280;
const leastPixels = 240;
const font = '12px system-ui, sans-serif';
/** Beside its colour, each line has dashes of its own: not everybody tells colours apart. */
const dashes: readonly (readonly number[])[] = [[], [8, 4], [2, 3], [10, 3, 2, 3], [5, 2], [1, 5]];

/** What has been drawn. */
export interface DrawnPlot {
  /** Takes it away. */
  readonly destroy: () => void;
}

/** Draws what the table of a figure says; undefined where it says nothing. */
export function drawPlot(figure: HTMLElement): DrawnPlot | undefined {
  const host = figure.querySelector<HTMLElement>('.drawing');
  const table = figure.querySelector('table');
  if (host === null || table === null) return undefined;
  const { names, columns } = readNumbers(table);
  const [x = [], ...lines] = columns;
  if (x.length === 0) return undefined;
  const { muted, border, colours } = readColours();
  const unit = figure.dataset['unit'] ?? '';
  const [xLabel = '', ...lineNames] = names;
  const axis: UPlot.Axis = {
    stroke: muted,
    font,
    labelFont: font,
    grid: { stroke: border, width: 1 },
    ticks: { show: false },
  };
  const plot = new UPlot(
    {
      width: widthOf(host),
      height: heightPixels,
      scales: { x: { time: false }, y: { range: (_plot, least, most) => fromZero(least, most) } },
      axes: [
        { ...axis, label: xLabel, labelSize: 20 },
        { ...axis, size: 70, values: (_plot, splits) => splits.map(shortNumber) },
      ],
      series: [
        { label: xLabel, value: (_plot, value) => numberText(value, '') },
        ...lineNames.map((label, index) => ({
          label,
          stroke: colours[index % colours.length] ?? muted,
          width: 2,
          dash: [...(dashes[index % dashes.length] ?? [])],
          // A line that stops at some x goes on at the next that it has.
          spanGaps: true,
          points: { show: true, size: 5 },
          value: (_plot: UPlot, value: number | null) => numberText(value, unit),
        })),
      ],
    },
    [x.map(Number), ...lines.map((line) => [...line])],
    host,
  );
  const observer = new ResizeObserver(() => plot.setSize({ width: widthOf(host), height: heightPixels }));
  observer.observe(host);
  return {
    destroy: () => {
      observer.disconnect();
      plot.destroy();
    },
  };
}

function widthOf(host: HTMLElement): number {
  return Math.max(leastPixels, host.clientWidth);
}

/** From zero, so that what hardly changes looks like it. */
function fromZero(least: number | null, most: number | null): UPlot.Range.MinMax {
  const low = Math.min(0, least ?? 0);
  const high = Math.max(0, most ?? 0);
  return low === high ? [0, 1] : [low, high + (high - low) * 0.06];
}

function readColours(): { readonly muted: string; readonly border: string; readonly colours: readonly string[] } {
  const style = getComputedStyle(document.documentElement);
  const colourOf = (name: string): string => style.getPropertyValue(name).trim();
  return {
    muted: colourOf('--muted'),
    border: colourOf('--border'),
    colours: [1, 2, 3, 4, 5, 6].map((index) => colourOf(`--line-${index}`)),
  };
}

function shortNumber(value: number): string {
  return new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 }).format(value);
}

function numberText(value: number | null, unit: string): string {
  if (value === null) return '–';
  const text = value.toLocaleString('en', { maximumSignificantDigits: 4 });
  return unit === '' ? text : `${text} ${unit}`;
}

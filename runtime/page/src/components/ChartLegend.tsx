import { type ChartLine, formatChartTime } from './chartContract.ts';
import { LINE_DASHES, LINE_STYLES } from './chartPalette.ts';
import { nearestKnown } from './nearestKnown.ts';
import { plainText } from './plainText.ts';

interface ChartLegendProps {
  readonly lines: readonly ChartLine[];
  readonly timesMillis: readonly number[];
  readonly format: (value: number) => string;
  /** The index of the time that is pointed at. */
  readonly pointed: number | undefined;
}

/** What each line is, with the latest value, or that of the time that is pointed at. */
export function ChartLegend({ lines, timesMillis, format, pointed }: ChartLegendProps) {
  const atMillis = pointed === undefined ? undefined : timesMillis[pointed];
  const at = atMillis === undefined ? timesMillis.length - 1 : (pointed ?? 0);
  const valueOf = (line: ChartLine): string => {
    const value = line.values[nearestKnown(line.values, at) ?? -1];
    return value == null ? '–' : format(value);
  };
  return (
    <div class="chart-legend">
      <p class="chart-time hint">{atMillis === undefined ? 'latest' : formatChartTime(atMillis)}</p>
      {/* Who goes through times by keys hears what each line is there. */}
      <p class="visually-hidden" aria-live="polite">
        {atMillis !== undefined &&
          `${formatChartTime(atMillis)}: ${lines.map((line) => `${plainText(line.label)} ${valueOf(line)}`).join(', ')}`}
      </p>
      <ul>
        {lines.map((line, index) => {
          const found = nearestKnown(line.values, at);
          const [low, high] = [line.lows?.[found ?? -1], line.highs?.[found ?? -1]];
          return (
            <li key={`${index} ${line.label}`}>
              <Swatch index={index} />
              <span class="chart-name" title={line.label}>
                <bdi>{line.label}</bdi>
              </span>
              <span
                class="chart-value"
                title={low == null || high == null ? undefined : `${format(low)} to ${format(high)}`}
              >
                {valueOf(line)}
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function Swatch({ index }: { readonly index: number }) {
  return (
    <svg class={`chart-swatch series-${(index % LINE_STYLES) + 1}`} viewBox="0 0 22 8" aria-hidden="true">
      <line x1="0" y1="4" x2="22" y2="4" stroke-dasharray={LINE_DASHES[index % LINE_DASHES.length]?.join(' ')} />
    </svg>
  );
}

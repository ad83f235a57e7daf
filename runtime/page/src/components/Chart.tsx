import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type UPlot from 'uplot';
import { ChartLegend } from './ChartLegend.tsx';
import { useColourScheme } from './chartPalette.ts';
import type { ChartLine, ChartProps } from './chartContract.ts';
import { createPlot, dataOf } from './chartPlot.ts';
import { ChartNumbers } from './ChartNumbers.tsx';
import { useFrameTurns } from './frameTurns.tsx';
import { isWithModifier } from './isWithModifier.ts';

const USUAL_HEIGHT = 180;

/** Lines over time. The same numbers are in a table, for those who do not see lines. */
export function Chart(props: ChartProps) {
  const { label, timesMillis, lines, format } = props;
  const [isTable, setTable] = useState(false);
  const [pointed, setPointed] = useState<number>();
  return (
    <figure class="chart">
      <figcaption>
        <span class="chart-title">{label}</span>
        <button type="button" class="chart-switch" aria-pressed={isTable} onClick={() => setTable(!isTable)}>
          {isTable ? 'lines' : 'numbers'}
          <span class="visually-hidden"> of {label}</span>
        </button>
      </figcaption>
      {isTable ? (
        <ChartNumbers timesMillis={timesMillis} lines={lines} format={format} label={label} />
      ) : (
        <Lines {...props} onPoint={setPointed} />
      )}
      <ChartLegend lines={lines} format={format} timesMillis={timesMillis} pointed={isTable ? undefined : pointed} />
    </figure>
  );
}

interface LinesProps extends ChartProps {
  readonly onPoint: (index: number | undefined) => void;
}

function Lines(props: LinesProps) {
  const { label, timesMillis, lines, format, heightPixels = USUAL_HEIGHT, onPoint } = props;
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot>(undefined);
  const latest = useRef<ChartProps>(props);
  latest.current = props;
  const turns = useFrameTurns();
  const scheme = useColourScheme();
  const keysId = useId();
  const isEmpty = timesMillis.length === 0;
  useEffect(() => {
    const host = frame.current;
    if (!host) return;
    const key = {};
    turns.request(key, () => {
      plot.current = createPlot({ host, current: () => latest.current, heightPixels, onPoint });
    });
    let width = host.clientWidth;
    const observer = new ResizeObserver(() => {
      if (host.clientWidth === width || host.clientWidth === 0) return;
      width = host.clientWidth;
      turns.request(observer, () => plot.current?.setSize({ width, height: heightPixels }));
    });
    observer.observe(host);
    return () => {
      turns.cancel(key);
      turns.cancel(observer);
      observer.disconnect();
      plot.current?.destroy();
      plot.current = undefined;
    };
    // New lines are a new plot; new numbers are given to the one that is there.
  }, [lines.length, heightPixels, scheme, turns, onPoint]);
  useEffect(() => {
    turns.request(frame, () => plot.current?.setData(dataOf(latest.current)));
    return () => turns.cancel(frame);
  }, [timesMillis, lines, props.gaps, props.limits, props.marks, props.fromMillis, props.toMillis, turns]);
  const said = lines.map((line) => `${line.label} ${lastOf(line.values, format)}`).join(', ');
  return (
    <div class="chart-plot">
      <div
        ref={frame}
        class="chart-canvas"
        role="img"
        tabIndex={0}
        aria-label={`${label}. ${isEmpty ? 'No values.' : `Latest: ${said}.`}`}
        aria-describedby={keysId}
        onKeyDown={(event) => pressed(event, plot.current, latest.current)}
        style={{ height: `${heightPixels}px` }}
      />
      {isEmpty && <p class="chart-empty hint">no values in this time</p>}
      <span id={keysId} hidden>
        Left and right go from time to time, plus shows half of the time, minus twice of it.
      </span>
    </div>
  );
}

/** The cursor goes from time to time; plus and minus change the span that is shown. */
function pressed(event: KeyboardEvent, plot: UPlot | undefined, { timesMillis, onRange }: ChartProps): void {
  if (plot === undefined || timesMillis.length === 0 || isWithModifier(event)) return;
  const last = timesMillis.length - 1;
  const at = plot.cursor.idx ?? last;
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    PageUp: -10,
    PageDown: 10,
    Home: -last,
    End: last,
  };
  const step = steps[event.key];
  if (step !== undefined) {
    event.preventDefault();
    const next = Math.min(last, Math.max(0, plot.cursor.idx == null ? last : at + step));
    const left = plot.valToPos((timesMillis[next] ?? 0) / 1000, 'x');
    plot.setCursor({ left, top: plot.bbox.height / devicePixelRatio / 2 });
  }
  const factor = event.key === '+' ? 0.5 : event.key === '-' ? 2 : undefined;
  const { min, max } = plot.scales['x'] ?? {};
  if (factor === undefined || typeof min !== 'number' || typeof max !== 'number') return;
  event.preventDefault();
  const middle = plot.cursor.idx == null ? (min + max) / 2 : (timesMillis[at] ?? 0) / 1000;
  const half = ((max - min) * factor) / 2;
  onRange?.((middle - half) * 1000, (middle + half) * 1000);
}

function lastOf(values: ChartLine['values'], format: (value: number) => string): string {
  const last = values.findLast((value) => value !== null && value !== undefined);
  return last === undefined ? 'not known' : format(last);
}

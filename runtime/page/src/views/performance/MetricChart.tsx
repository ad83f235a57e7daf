import { useMemo } from 'preact/hooks';
import type {
  LineStatistic,
  MetricLines,
  SeriesResult,
} from '../../../../src/dashboard/api/performance/seriesSchema.ts';
import type { Address } from '../../address/address.ts';
import { useView } from '../../api/useView.ts';
import { Chart } from '../../components/Chart.tsx';
import { Problem } from '../../components/Problem.tsx';
import { alignedLines } from './chartLines.ts';
import { ChartGaps } from './ChartGaps.tsx';
import { axisFormat, metricFormat } from './formatMetric.ts';
import { lineNames } from './lineNames.ts';
import { askedOf } from './performanceAddress.ts';
import { zoomTo } from './RangeBar.tsx';

interface MetricChartProps {
  readonly address: Address;
  readonly title: string;
  readonly hint?: string | undefined;
  readonly metrics: readonly string[];
  readonly labels?: Readonly<Record<string, unknown>> | undefined;
  readonly statistic?: LineStatistic | undefined;
  readonly heightPixels?: number;
  readonly limits?: readonly { readonly value: number; readonly label: string }[] | undefined;
}

/** Metrics of one unit over time, kept up to date. */
export function MetricChart(props: MetricChartProps) {
  const { address, title, hint, metrics, labels, statistic, heightPixels, limits } = props;
  const query = {
    metric: metrics.join(','),
    ...(labels && { labels: JSON.stringify(labels) }),
    ...(statistic && { statistic }),
    ...askedOf(address),
  };
  const { answer, problem, isLoading, refresh } = useView<SeriesResult>({
    path: 'performance/series',
    query,
    topics: ['performance'],
  });
  const shown = useMemo(() => answer && drawn(answer.result), [answer]);
  if (problem && !shown) return <Problem problem={problem} onRetry={refresh} />;
  if (!shown) return <div class="chart-waiting" aria-busy="true" />;
  return (
    <div class={isLoading || problem ? 'is-old' : undefined}>
      <Chart
        label={title}
        {...shown.chart}
        {...(limits && { limits })}
        {...(heightPixels !== undefined && { heightPixels })}
        onRange={(fromMillis, toMillis) => zoomTo(address, fromMillis, toMillis)}
      />
      <p class="hint chart-notes">
        {hint !== undefined && <>{hint} </>}
        {shown.notes.join(' ')}
      </p>
      <ChartGaps gaps={shown.gaps} />
      {problem && <p class="warning">Out of date: {problem.message}</p>}
    </div>
  );
}

/** What a result comes to as a chart. */
function drawn({ metrics, fromMillis, toMillis }: SeriesResult) {
  const all = metrics.flatMap((metric) => metric.lines.map((line) => ({ ...line, metric: metric.name })));
  const names = lineNames(all);
  const { timesMillis, lines } = alignedLines(all);
  const meaning = metrics[0] ?? { unit: '', statistic: 'mean', kind: 'gauge' };
  const gaps = metrics.flatMap((metric) => metric.gaps);
  return {
    gaps,
    notes: metrics.length === 0 ? [] : notesOf(metrics, all.length),
    chart: {
      timesMillis,
      lines: lines.map((line, index) => ({ ...line, label: names[index] ?? '' })),
      format: metricFormat(meaning),
      formatAxis: axisFormat(meaning),
      isBinary: meaning.unit === 'By',
      // Where no instance answers, there is no time either.
      ...(toMillis > fromMillis && { fromMillis, toMillis }),
      gaps,
    },
  };
}

/** What is to be known of how lines came about. */
function notesOf(metrics: readonly MetricLines[], lineCount: number): string[] {
  const notes: string[] = [];
  const others = metrics.reduce((sum, { seriesCount }) => sum + seriesCount, 0) - lineCount;
  if (others > 0)
    notes.push(
      `The ${lineCount} largest by what is known last, and ${others} other${others === 1 ? '' : 's'}, not drawn.`,
    );
  const stepMillis = Math.max(...metrics.map((metric) => metric.stepMillis));
  if (stepMillis > 0)
    notes.push(
      `Each value is of ${stepInWords(stepMillis)}${lineCount <= 3 ? '; shaded is from its smallest to its largest' : ''}.`,
    );
  const statistics = [...new Set(metrics.map(({ statistic }) => statistic))];
  if (stepMillis > 0 && statistics.some((statistic) => statistic.startsWith('p')))
    notes.push('Percentiles are the largest within it.');
  return notes;
}

function stepInWords(millis: number): string {
  if (millis < 60_000) return `${millis / 1000} s`;
  return millis < 3_600_000 ? `${Math.round(millis / 60_000)} min` : `${Math.round(millis / 3_600_000)} h`;
}

import type { TrendRow, TrendsResult } from '../../../../src/dashboard/api/performance/trendsSchema.ts';
import type { Address } from '../../address/address.ts';
import { useView } from '../../api/useView.ts';
import { Badge, type Tone } from '../../components/Badge.tsx';
import { formatChartTime } from '../../components/chartContract.ts';
import { Loading } from '../../components/Loading.tsx';
import { Nothing } from '../../components/Nothing.tsx';
import { plainText } from '../../components/plainText.ts';
import { Problem } from '../../components/Problem.tsx';
import { metricFormat } from './formatMetric.ts';
import { formatDuration } from '../../components/durations.ts';
import { labelsText } from './lineNames.ts';
import { askedOf, performanceHref } from './performanceAddress.ts';
import { forecastWords, trendInWords } from './trendInWords.ts';

const DAY_MILLIS = 86_400_000;

interface TrendsTabProps {
  readonly address: Address;
  /** Only of these; what fills up, what leaks and what thresholds look at where it is left out. */
  readonly query?: Readonly<Record<string, string>>;
}

/** Where things are going: what is full soon first. */
export function TrendsTab({ address, query = {} }: TrendsTabProps) {
  const { answer, problem, isLoading, refresh } = useView<TrendsResult>({
    path: 'performance/trends',
    query: { ...query, ...askedOf(address) },
    // They change slowly, and all pairs of values are compared: every fifteen seconds are enough.
    topics: [],
  });
  const rows = answer?.result.rows ?? [];
  const manyInstances = new Set(rows.map((row) => row.instance)).size > 1;
  return (
    <>
      {problem && <Problem problem={problem} onRetry={refresh} />}
      {!answer && isLoading && <Loading what="trends" />}
      {answer && rows.length === 0 && (
        <Nothing title="There is nothing to tell a trend of">The first readings have to come.</Nothing>
      )}
      {rows.length > 0 && (
        <>
          <p class="hint">
            Of the time that is chosen above, if things go on as they did in it. A trend is told by the test of Mann and
            Kendall, how fast by the slope of Theil and Sen.
          </p>
          <ul class={`trends${isLoading ? ' is-old' : ''}`}>
            {rows.map((row) => (
              <Trend
                key={JSON.stringify([row.metric, row.labels, row.instance, row.statistic, row.limit?.meaning])}
                row={row}
                address={address}
                showsInstance={manyInstances}
              />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

interface TrendProps {
  readonly row: TrendRow;
  readonly address: Address;
  readonly showsInstance: boolean;
}

function Trend({ row, address, showsInstance }: TrendProps) {
  const { metric, labels, statistic, limit, trend, changes, instance } = row;
  const format = metricFormat(row);
  const ahead = forecastWords(row);
  const [tone, word] = verdictOf(row);
  const text = labelsText(labels);
  return (
    <li class="card trend">
      <Badge tone={tone}>{word}</Badge>
      <div class="trend-what">
        <h3>
          <a
            href={performanceHref(address, 'metrics', {
              metric,
              statistic,
              ...(text && { labels: JSON.stringify(labels) }),
            })}
          >
            {plainText(metric)}
          </a>
        </h3>
        <p class="hint">
          {text !== '' && <bdi>{text}, </bdi>}
          {statistic}
          {limit && `, limit ${format(limit.value)}`}
          {`, ${row.points} values of ${formatDuration(row.spanMillis)}`}
          {'lastLevel' in trend && `, now at ${format(trend.lastLevel)}`}
          {showsInstance && <span class="id"> {plainText(instance)}</span>}
        </p>
      </div>
      <div class="trend-said">
        {ahead !== undefined && <p class={tone === 'bad' ? 'trend-bad' : undefined}>{ahead}</p>}
        {/* A forecast without enough data says it already. */}
        {(ahead === undefined || trend.verdict !== 'not enough data') && <p>{trendInWords(row, format)}</p>}
        {changes.map(({ atMillis, before, after }) => (
          <p key={atMillis}>
            went from {format(before)} to {format(after)} at {formatChartTime(atMillis)}
          </p>
        ))}
      </div>
    </li>
  );
}

function verdictOf({ forecast, trend, changes }: TrendRow): readonly [Tone, string] {
  if (forecast?.verdict === 'reached') return ['bad', 'at its limit'];
  if (forecast?.verdict === 'reaches') {
    const { earliestInMillis, inMillis } = forecast;
    if (inMillis < DAY_MILLIS) return ['bad', 'limit ahead'];
    return earliestInMillis < 7 * DAY_MILLIS ? ['warning', 'limit ahead'] : ['info', 'limit far ahead'];
  }
  if (trend.verdict === 'not enough data') return ['neutral', 'not enough data'];
  if (trend.verdict === 'no trend') return changes.length > 0 ? ['info', 'level changed'] : ['good', 'steady'];
  return ['info', trend.verdict];
}

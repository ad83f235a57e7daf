import type { ComponentChildren } from 'preact';
import type {
  OverviewResult,
  ShownLevel,
  ShownRequests,
} from '../../../../src/dashboard/api/overview/overviewSchema.ts';
import { START } from '../../address/address.ts';
import { Bars } from '../../components/Bars.tsx';
import { Count } from '../../components/Count.tsx';
import { formatRatio } from '../../components/counts.ts';
import { formatDuration } from '../../components/durations.ts';
import { plainText } from '../../components/plainText.ts';
import { performanceHref } from '../performance/performanceAddress.ts';
import { FAILURES, requestsHref } from '../requests/requestAddress.ts';
import { formatRate } from '../requests/requestWords.ts';
import { changeText, errorRatioOf, LEVEL_NAMES, levelText, WINDOW_NAMES } from './overviewWords.ts';
import { Spark, type SparkLine } from './Spark.tsx';

/** The four golden signals: traffic, errors, latency, saturation. */
export function Signals({ overview }: { readonly overview: OverviewResult }) {
  const { requests, levels, window } = overview;
  return (
    <div class="signals">
      <Traffic requests={requests} window={window} />
      <Errors requests={requests} window={window} />
      <Latency requests={requests} window={window} />
      <Saturation levels={levels} window={window} />
    </div>
  );
}

interface SignalProps {
  readonly requests: ShownRequests | undefined;
  readonly window: OverviewResult['window'];
}

function Traffic({ requests, window }: SignalProps) {
  if (requests === undefined) return <Off title="Traffic" />;
  const { recent, current, before, bars, unfinished } = requests;
  return (
    <Card title="Traffic" href={requestsHref('groups', {}, { window })} value={formatRate(recent.ratePerSecond)}>
      <Bars
        label={`Requests for each second, last ${WINDOW_NAMES[window]}`}
        bars={bars.map(({ fromMillis, toMillis, ratePerSecond }) => ({ fromMillis, toMillis, value: ratePerSecond }))}
        format={formatRate}
        slots={SLOTS[window]}
      />
      <Compared
        window={window}
        now={formatRate(current.ratePerSecond)}
        before={before && formatRate(before.ratePerSecond)}
        change={changeText(current.ratePerSecond, before?.ratePerSecond)}
      />
      <p class="hint">
        <Count value={current.count} /> ended, <a href={requestsHref('live')}>{unfinished} under way</a>
      </p>
    </Card>
  );
}

function Errors({ requests, window }: SignalProps) {
  if (requests === undefined) return <Off title="Errors" />;
  const { recent, current, before, bars } = requests;
  const ratio = (value: number | undefined) => (value === undefined ? '–' : formatRatio(value));
  return (
    <Card
      title="Errors"
      href={requestsHref('finished', FAILURES)}
      value={ratio(recent.errorRatio)}
      isBad={(recent.errorRatio ?? 0) > 0}
    >
      <Bars
        label={`Share of failed requests, last ${WINDOW_NAMES[window]}`}
        bars={bars.map((bar) => ({ fromMillis: bar.fromMillis, toMillis: bar.toMillis, value: errorRatioOf(bar) }))}
        format={formatRatio}
        slots={SLOTS[window]}
        isBad
      />
      <Compared
        window={window}
        now={ratio(current.errorRatio)}
        before={before && ratio(before.errorRatio)}
        change={changeText(current.errorRatio, before?.errorRatio)}
      />
      <p class="hint">
        <Count value={current.failed} /> of <Count value={current.count} /> failed; cancelled ones do not count
      </p>
    </Card>
  );
}

/** How many bars a window has where all of it is known. */
const SLOTS: Readonly<Record<OverviewResult['window'], number>> = { '5m': 30, '1h': 12, '24h': 24 };

const QUANTILES = [
  { name: 'p99', key: 'p99Millis', colour: 2 },
  { name: 'p95', key: 'p95Millis', colour: 1 },
  { name: 'p50', key: 'p50Millis', colour: 3 },
] as const;

function Latency({ requests, window }: SignalProps) {
  if (requests === undefined) return <Off title="Latency" />;
  const { recent, current, before, bars } = requests;
  const time = (millis: number | undefined) => (millis === undefined ? '–' : formatDuration(millis));
  const lines = QUANTILES.map(({ name, key, colour }): SparkLine => ({
    label: name,
    colour,
    points: bars.flatMap((bar) => {
      const value = bar[key];
      return value === undefined ? [] : [{ millis: bar.fromMillis, value }];
    }),
  }));
  return (
    <Card
      title="Latency"
      href={requestsHref('finished', {}, { order: 'slowest' })}
      value={time(recent.p95Millis)}
      unit="p95"
    >
      <Spark label={`Latency, last ${WINDOW_NAMES[window]}`} lines={lines} format={formatDuration} />
      <Compared
        window={window}
        now={time(current.p95Millis)}
        before={before && time(before.p95Millis)}
        change={changeText(current.p95Millis, before?.p95Millis)}
      />
      <p class="hint legend">
        {QUANTILES.map(({ name, key, colour }) => (
          <span key={name}>
            <span class={`legend-mark legend-${colour}`} aria-hidden="true" /> {name} {time(recent[key])}
          </span>
        ))}
      </p>
    </Card>
  );
}

function Saturation({
  levels,
  window,
}: {
  readonly levels: readonly ShownLevel[] | undefined;
  readonly window: OverviewResult['window'];
}) {
  if (levels === undefined || levels.length === 0)
    return <Off title="Saturation" isPerformance isOn={levels !== undefined} />;
  return (
    <Card title="Saturation" href={performanceHref(START, 'process')}>
      <ul class="levels">
        {levels.map((level) => (
          <Level key={level.key} level={level} window={window} />
        ))}
      </ul>
    </Card>
  );
}

function Level({ level, window }: { readonly level: ShownLevel; readonly window: OverviewResult['window'] }) {
  const { key, of, recent, current, before, points, metric, instance, instances } = level;
  const { title, isShare } = LEVEL_NAMES[key];
  const change = changeText(current, before);
  const where = plainText(instances > 1 ? `the highest of ${instances} instances: ${instance}` : instance);
  return (
    <li title={`${where}; last ${WINDOW_NAMES[window]} ${levelText(key, current)}${change ? `, ${change}` : ''}`}>
      <span class="level-name">
        <a href={performanceHref(START, 'metrics', { metric, ...(instances > 1 && { instance }) })}>
          {title}
          {of !== undefined && ` ${plainText(of)}`}
        </a>
      </span>
      <Spark
        label={title}
        lines={[
          { label: title, colour: 1, points: points.map(({ fromMillis, value }) => ({ millis: fromMillis, value })) },
        ]}
        format={(value) => levelText(key, value)}
        {...(isShare && { ceiling: 1 })}
      />
      <span class="number">{levelText(key, recent)}</span>
    </li>
  );
}

interface CardProps {
  readonly title: string;
  readonly href: string;
  readonly value?: string;
  readonly unit?: string;
  readonly isBad?: boolean;
  readonly children: ComponentChildren;
}

function Card({ title, href, value, unit, isBad, children }: CardProps) {
  return (
    <section class="card signal" aria-label={title}>
      <h2>
        <a href={href}>{title}</a>
      </h2>
      {value !== undefined && (
        <p class={`signal-value${isBad ? ' is-bad' : ''}`}>
          {value} <span class="hint">{unit} last 5 minutes</span>
        </p>
      )}
      {children}
    </section>
  );
}

interface ComparedProps {
  readonly window: OverviewResult['window'];
  readonly now: string;
  readonly before: string | undefined;
  readonly change: string | undefined;
}

/** The window against as long a time before. */
function Compared({ window, now, before, change }: ComparedProps) {
  const name = WINDOW_NAMES[window];
  return (
    <p class="compared">
      Last {name} <strong>{now}</strong>
      <span class="hint">
        {before === undefined ? ' · before: not known' : ` · before ${before}`}
        {change !== undefined && ` (${change})`}
      </span>
    </p>
  );
}

function Off({
  title,
  isPerformance,
  isOn,
}: {
  readonly title: string;
  readonly isPerformance?: boolean;
  readonly isOn?: boolean;
}) {
  const option = isPerformance ? 'performance' : 'requests';
  return (
    <section class="card signal" aria-label={title}>
      <h2>{title}</h2>
      <p class="hint">
        {isOn ? (
          'No data yet: the first readings come within a minute.'
        ) : (
          <>
            No data: <code>createObservability</code> was given <code>{option}: false</code>.
          </>
        )}
      </p>
    </section>
  );
}

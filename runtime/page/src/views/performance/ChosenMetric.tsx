import { useState } from 'preact/hooks';
import type { CatalogueResult, MetricRow } from '../../../../src/dashboard/api/performance/catalogueSchema.ts';
import type { LineStatistic } from '../../../../src/dashboard/api/performance/seriesSchema.ts';
import type { Address } from '../../address/address.ts';
import { changeQuery } from '../../address/useAddress.ts';
import { useView } from '../../api/useView.ts';
import { plainText } from '../../components/plainText.ts';
import { Select } from '../../components/Select.tsx';
import { shownLabels } from './shownLabels.ts';
import { MetricChart } from './MetricChart.tsx';
import { TrendsTab } from './TrendsTab.tsx';

const STATISTICS: readonly { readonly value: LineStatistic; readonly text: string }[] = [
  { value: 'mean', text: 'mean' },
  { value: 'min', text: 'smallest' },
  { value: 'max', text: 'largest' },
  { value: 'p50', text: 'median' },
  { value: 'p90', text: '90th percentile' },
  { value: 'p95', text: '95th percentile' },
  { value: 'p99', text: '99th percentile' },
  { value: 'rate', text: 'each second' },
];

/** One metric, large: its lines, narrowed by labels, and its trends. */
export function ChosenMetric({ address, name }: { readonly address: Address; readonly name: string }) {
  const { statistic = '' } = address.query;
  const labels = shownLabels(address.query['labels']);
  const asked = STATISTICS.find(({ value }) => value === statistic)?.value;
  const row = useMetric(name);
  const [showsTrends, setTrends] = useState(false);
  const isNarrowed = Object.keys(labels).length > 0;
  return (
    <section class="card chosen" aria-label={plainText(name)}>
      <div class="chosen-head">
        <h2>{plainText(name)}</h2>
        <button type="button" onClick={() => changeQuery({ metric: '', labels: '', statistic: '' })}>
          Close
        </button>
      </div>
      <div class="filters">
        <Select<string>
          label="What of it"
          value={statistic}
          options={[{ value: '', text: 'as usual' }, ...STATISTICS.filter(({ value }) => isOf(value, row))]}
          onChange={(value) => changeQuery({ statistic: value })}
        />
        {row?.labels.map(({ name: label, values, valueCount }) => (
          <Select
            key={label}
            label={`${label}${valueCount > values.length ? ` (${values.length} of ${valueCount})` : ''}`}
            value={textOf(labels[label])}
            options={[
              { value: '', text: 'all' },
              ...withChosen(values, textOf(labels[label])).map((value) => ({ value, text: value })),
            ]}
            onChange={(value) => changeQuery({ labels: changed(labels, label, value, row) })}
          />
        ))}
        {isNarrowed && (
          <button type="button" onClick={() => changeQuery({ labels: '' })}>
            All series
          </button>
        )}
      </div>
      <MetricChart
        address={address}
        title={plainText(name)}
        metrics={[name]}
        labels={labels}
        statistic={asked}
        heightPixels={280}
      />
      <details class="chosen-trends" onToggle={({ currentTarget }) => setTrends(currentTarget.open)}>
        <summary>Trends</summary>
        {showsTrends && (
          <TrendsTab
            address={address}
            query={{ metric: name, labels: JSON.stringify(labels), ...(asked && { statistic: asked }) }}
          />
        )}
      </details>
    </section>
  );
}

/** The metric as the catalogue has it, however it is searched beside. */
function useMetric(name: string): MetricRow | undefined {
  const { answer } = useView<CatalogueResult>({
    path: 'performance',
    query: { search: name.slice(0, 200) },
    topics: ['performance'],
  });
  return answer?.result.metrics.find((metric) => metric.name === name);
}

/** Rates are of what is counted. */
function isOf(statistic: LineStatistic, row: MetricRow | undefined): boolean {
  return statistic !== 'rate' || row === undefined || row.kind === 'counter' || row.kind === 'histogram';
}

function textOf(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function withChosen(values: readonly string[], chosen: string): readonly string[] {
  return chosen === '' || values.includes(chosen) ? values : [...values, chosen];
}

/** The catalogue tells values as texts; which type one has is known of the series that it names. */
function changed(labels: Readonly<Record<string, unknown>>, name: string, text: string, row: MetricRow): string {
  const { [name]: _before, ...others } = labels;
  if (text === '') return Object.keys(others).length === 0 ? '' : JSON.stringify(others);
  const typed = row.series.map((series) => series.labels[name]).find((value) => textOf(value) === text);
  const sameType = row.series.map((series) => series.labels[name]).find((value) => value !== undefined);
  const parsed = typeof sameType === 'string' || sameType === undefined ? text : parsedOr(text);
  return JSON.stringify({ ...others, [name]: typed ?? parsed });
}

function parsedOr(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

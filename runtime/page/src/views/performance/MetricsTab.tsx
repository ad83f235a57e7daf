import type { CatalogueResult, MetricRow } from '../../../../src/dashboard/api/performance/catalogueSchema.ts';
import type { Address } from '../../address/address.ts';
import { changeQuery } from '../../address/useAddress.ts';
import { useView } from '../../api/useView.ts';
import { type Column, DataTable } from '../../components/DataTable.tsx';
import { Foreign } from '../../components/Foreign.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Nothing } from '../../components/Nothing.tsx';
import { Problem } from '../../components/Problem.tsx';
import { Select } from '../../components/Select.tsx';
import { TextFilter } from '../../components/TextFilter.tsx';
import { ChosenMetric } from './ChosenMetric.tsx';
import { metricFormat } from './formatMetric.ts';
import { performanceHref } from './performanceAddress.ts';

const GROUPS = [
  { value: '', text: 'all' },
  { value: 'application', text: 'the application and its libraries' },
  { value: 'system', text: 'the machine' },
  { value: 'process', text: 'the process' },
  { value: 'tracewright', text: 'this runtime' },
];

/** Everything that is measured: found by words, and one of it drawn. */
export function MetricsTab({ address }: { readonly address: Address }) {
  const { search = '', group = '', metric = '', instance = '' } = address.query;
  const { answer, problem, isLoading, refresh } = useView<CatalogueResult>({
    path: 'performance',
    query: { ...(search && { search }), ...(group && { group }), ...(instance && { instance }) },
    topics: ['performance'],
  });
  const rows = answer?.result.metrics ?? [];
  return (
    <>
      {metric !== '' && <ChosenMetric key={metric} address={address} name={metric} />}
      <div class="filters">
        <TextFilter
          label="Words of names, units and labels"
          value={search}
          placeholder="http duration"
          onChange={(text) => changeQuery({ search: text })}
        />
        <Select
          label="Measured by"
          value={group}
          options={GROUPS}
          onChange={(value) => changeQuery({ group: value })}
        />
      </div>
      {problem && <Problem problem={problem} onRetry={refresh} />}
      {!answer && isLoading && <Loading what="metrics" />}
      {answer && rows.length === 0 && (
        <Nothing title="No metric is like that">
          {search === '' && group === 'application'
            ? 'Measure with OpenTelemetry’s API: metrics.getMeter("shop").createCounter("orders").add(1).'
            : 'All words have to be in the name, the unit or the labels of a series.'}
        </Nothing>
      )}
      {answer && rows.length > 0 && (
        <DataTable
          caption="Metrics"
          columns={COLUMNS}
          rows={rows}
          total={Math.max(rows.length, answer.result.total)}
          keyOf={(row) => `${row.name} ${row.kind} ${row.scope}`}
          hrefOf={({ name }) => performanceHref(address, 'metrics', { search, group, metric: name })}
        />
      )}
    </>
  );
}

const COLUMNS: readonly Column<MetricRow>[] = [
  { key: 'name', title: 'Metric', width: 'minmax(8rem, 3fr)', render: ({ name }) => <Foreign text={name} /> },
  { key: 'kind', title: 'Kind', width: '8rem', isExtra: true, render: ({ kind }) => kind },
  {
    key: 'labels',
    title: 'Labels',
    width: 'minmax(8rem, 2fr)',
    isExtra: true,
    render: ({ labels }) => {
      return <Foreign text={labels.map(({ name, valueCount }) => `${name} (${valueCount})`).join(', ')} />;
    },
  },
  {
    key: 'scope',
    title: 'From',
    width: 'minmax(6rem, 1fr)',
    isExtra: true,
    render: ({ scope }) => <Foreign text={scope} />,
  },
  { key: 'series', title: 'Series', width: '3.5rem', isNumber: true, render: ({ seriesCount }) => seriesCount },
  { key: 'latest', title: 'Largest now', width: '6.5rem', isNumber: true, render: latestOf },
];

/** Of counters and histograms how many each second. */
function latestOf({ kind, unit, series: [largest] }: MetricRow): string {
  const statistic = kind === 'counter' || kind === 'histogram' ? 'rate' : 'mean';
  return largest?.latest === undefined ? '–' : metricFormat({ kind, unit, statistic })(largest.latest);
}

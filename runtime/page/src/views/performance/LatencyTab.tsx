import { useMemo, useState } from 'preact/hooks';
import type { CatalogueResult } from '../../../../src/dashboard/api/performance/catalogueSchema.ts';
import type { HeatMapResult } from '../../../../src/dashboard/api/performance/heatMapSchema.ts';
import type { Address } from '../../address/address.ts';
import { changeQuery } from '../../address/useAddress.ts';
import { useView } from '../../api/useView.ts';
import { type HeatCell, HeatMap } from '../../components/HeatMap.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Nothing } from '../../components/Nothing.tsx';
import { Problem } from '../../components/Problem.tsx';
import { Select } from '../../components/Select.tsx';
import { requestsHref } from '../requests/requestAddress.ts';
import { heatMapWords } from './heatMapWords.ts';
import { LatencyNumbers } from './LatencyNumbers.tsx';
import { MetricChart } from './MetricChart.tsx';
import { askedOf } from './performanceAddress.ts';

const METRIC = 'tracewright.requests.duration';
const OPERATION = 'tracewright.request.operation';
const STATE = 'tracewright.request.state';
const NARROW = '(max-width: 40rem)';

interface LatencyTabProps {
  readonly address: Address;
  readonly catalogue: CatalogueResult;
}

/** What requests took, as counts by time and duration. */
export function LatencyTab({ address, catalogue }: LatencyTabProps) {
  const { operation = '', state = '', instance = '' } = address.query;
  const labels = { ...(operation && { [OPERATION]: operation }), ...(state && { [STATE]: state }) };
  const columns = useMemo(() => (matchMedia(NARROW).matches ? '30' : '60'), []);
  const { answer, problem, isLoading, refresh } = useView<HeatMapResult>({
    path: 'performance/heatmap',
    query: { labels: JSON.stringify(labels), columns, ...askedOf(address) },
    // It is made of a lot: every fifteen seconds are enough.
    topics: [],
  });
  const operations = catalogue.metrics
    .find(({ name }) => name === METRIC)
    ?.labels.find(({ name }) => name === OPERATION)?.values;
  const result = answer?.result;
  const isEmpty = result?.cells.length === 0;
  return (
    <>
      <div class="filters">
        <Select
          label="Operation"
          value={operation}
          options={[
            { value: '', text: 'all' },
            ...[...new Set([...(operations ?? []), ...(operation ? [operation] : [])])].map((value) => ({
              value,
              text: value,
            })),
          ]}
          onChange={(value) => changeQuery({ operation: value })}
        />
        <Select
          label="Outcome"
          value={state}
          options={[
            { value: '', text: 'all' },
            { value: 'completed', text: 'completed' },
            { value: 'failed', text: 'failed' },
          ]}
          onChange={(value) => changeQuery({ state: value })}
        />
      </div>
      {problem && <Problem problem={problem} onRetry={refresh} />}
      {!answer && isLoading && <Loading what="latencies" />}
      {result && isEmpty && (
        <Nothing title="No request ended in this time">
          {result.isKnown
            ? 'Choose a longer time, or other requests.'
            : 'Requests are counted from the first one that ends; with requests set to false, none are tracked.'}
        </Nothing>
      )}
      {result && !isEmpty && (
        <section class={`card latency${isLoading ? ' is-old' : ''}`} aria-label="What requests took">
          <Shown result={result} operation={operation} state={state} instance={instance} />
        </section>
      )}
      {result && !isEmpty && (
        <div class="panels latency-charts">
          <div class="card panel">
            <MetricChart address={address} title="95th percentile" metrics={[METRIC]} labels={labels} statistic="p95" />
          </div>
          <div class="card panel">
            <MetricChart
              address={address}
              title="Requests that ended"
              metrics={[METRIC]}
              labels={labels}
              statistic="rate"
            />
          </div>
        </div>
      )}
    </>
  );
}

interface ShownProps {
  readonly result: HeatMapResult;
  readonly operation: string;
  readonly state: string;
  readonly instance: string;
}

function Shown({ result, operation, state, instance }: ShownProps) {
  const [isTable, setTable] = useState(false);
  const { columns, bands, cells, spacingMillis, leftOutCount } = result;
  const words = heatMapWords(result);
  const hrefOf = ({ column, row }: Pick<HeatCell, 'column' | 'row'>): string => {
    const [time, band] = [columns[column], bands[row]];
    const longestMillis = band?.upTo === undefined ? 3_600_000 : band.upTo * 1000;
    return requestsHref('finished', {
      ...(operation && { operation }),
      ...(state && { state }),
      ...(instance && { instance }),
      minDurationMillis: text((band?.above ?? 0) * 1000),
      ...(band?.upTo !== undefined && { maxDurationMillis: text(band.upTo * 1000) }),
      // They ended within the cell, give or take a reading, and began as long before as they took.
      startedFromMillis: text((time?.fromMillis ?? 0) - longestMillis - spacingMillis),
      startedBeforeMillis: text((time?.toMillis ?? 0) + spacingMillis),
    });
  };
  const shown = cells.map(({ column, band, count, failed }) => ({ column, row: band, value: count, bad: failed }));
  return (
    <>
      <div class="chosen-head">
        <h2>What requests took</h2>
        <button type="button" class="chart-switch" aria-pressed={isTable} onClick={() => setTable(!isTable)}>
          {isTable ? 'map' : 'numbers'}
          <span class="visually-hidden"> of what requests took</span>
        </button>
      </div>
      {isTable ? (
        <LatencyNumbers cells={shown} words={words} hrefOf={hrefOf} />
      ) : (
        <HeatMap
          label="Requests by when they ended and what they took"
          columns={columns.map(({ fromMillis, isRead }) => ({ fromMillis, isKnown: isRead }))}
          rows={bands.map((_, row) => words.band(row))}
          cells={shown}
          describe={words.cell}
          hrefOf={hrefOf}
        />
      )}
      <p class="hint">
        Times are exact to {Math.ceil(spacingMillis / 1000)} s, how often everything is read; at the borders of bands 1
        % may be on the other side. A cell leads to requests that are still kept.
        {leftOutCount > 0 && ` Without the ${leftOutCount} least busy kinds of requests.`}
      </p>
    </>
  );
}

function text(millis: number): string {
  return String(Math.max(0, Math.round(millis * 1000) / 1000));
}

import { useEffect } from 'preact/hooks';
import type { TraceNamesResult } from '../../../../src/dashboard/api/traces/traceNamesSchema.ts';
import type { TracesResult } from '../../../../src/dashboard/api/traces/tracesSchema.ts';
import { changeQuery } from '../../address/useAddress.ts';
import { useView } from '../../api/useView.ts';
import { Answered } from '../../components/Answered.tsx';
import { DataTable } from '../../components/DataTable.tsx';
import { Nothing } from '../../components/Nothing.tsx';
import type { ViewProps } from '../viewProps.ts';
import { traceFiltersOf, traceHref } from './traceAddress.ts';
import { traceColumns } from './traceColumns.tsx';
import { TraceFilterBar } from './TraceFilterBar.tsx';
import { TraceIdField } from './TraceIdField.tsx';
import { TraceProblemNote } from './TraceProblemNote.tsx';

/** Traces that are like what is sought. */
export function TraceSearch({ address }: ViewProps) {
  const filters = traceFiltersOf(address.query);
  const { service = '' } = filters;
  const names = useView<TraceNamesResult>({
    path: 'traces/names',
    query: service === '' ? {} : { service },
    topics: [],
  });
  const viewed = useView<TracesResult>({ path: 'traces', query: filters, topics: [] });
  const known = names.answer?.result;
  const first = known && (known.services.includes(known.ownService) ? known.ownService : known.services[0]);
  useEffect(() => {
    // Jaeger looks nowhere without a service: one begins with the application's own.
    if (service === '' && first !== undefined) changeQuery({ service: first });
  }, [service, first]);
  return (
    <Answered title="Traces" viewed={viewed}>
      {({ problem, traces, isAsked, mayBeMore }) => (
        <>
          {problem?.kind !== 'notConfigured' && <TraceFilterBar filters={filters} names={known} />}
          <TraceIdField />
          {problem && <TraceProblemNote problem={problem} />}
          {!isAsked && <NoService names={known} />}
          {isAsked && !problem && traces.length === 0 && (
            <Nothing title="No trace is like that">
              Look further back, or ask for less. Just sent? Spans take some seconds until they can be found, and what
              was not sampled is never there.
            </Nothing>
          )}
          {traces.length > 0 && (
            <DataTable
              caption="Traces, the latest first"
              columns={traceColumns(Math.max(1, ...traces.map(({ durationMicros }) => durationMicros)))}
              rows={traces}
              keyOf={({ traceId }) => traceId}
              hrefOf={({ traceId }) => traceHref(traceId)}
            />
          )}
          {mayBeMore && (
            <p class="hint">
              There may be more: raise the number of traces, or ask for less. Jaeger takes which it likes.
            </p>
          )}
        </>
      )}
    </Answered>
  );
}

function NoService({ names }: { readonly names: TraceNamesResult | undefined }) {
  if (names?.problem) return <TraceProblemNote problem={names.problem} />;
  if (names?.services.length === 0) {
    return (
      <Nothing title="Jaeger has no traces yet">
        No service has sent spans. Is tracing switched on, and is something sampled? See what became of spans under{' '}
        <a href="#/accounting">Accounting</a>.
      </Nothing>
    );
  }
  return <Nothing title="Choose a service">Jaeger looks for traces of one service at a time.</Nothing>;
}

import { useCallback, useMemo, useState } from 'preact/hooks';
import type { ErrorsResult } from '../../../../src/dashboard/api/errors/errorsSchema.ts';
import { changeQuery } from '../../address/useAddress.ts';
import { useView } from '../../api/useView.ts';
import { Answered } from '../../components/Answered.tsx';
import { DataTable } from '../../components/DataTable.tsx';
import { Nothing } from '../../components/Nothing.tsx';
import { useSession } from '../../session/session.tsx';
import type { ViewProps } from '../viewProps.ts';
import { BulkBar, MOST_CHOSEN } from './BulkBar.tsx';
import { askedFilters, type ErrorFilters, filtersOf, orderOf, windowOf, WINDOWS } from './errorAddress.ts';
import { errorColumns } from './errorColumns.tsx';
import { ErrorFigures } from './ErrorFigures.tsx';
import { ErrorFilterBar } from './ErrorFilterBar.tsx';

const FIRST_ROWS = 200;
const MOST_ROWS = 10_000;

/** Groups of errors: what came how often, how bad it is, and what people made of it. */
export function ErrorList({ address: { query } }: ViewProps) {
  const filters = filtersOf(query);
  const window = windowOf(query);
  const order = orderOf(query);
  const { role } = useSession();
  const [limit, setLimit] = useState(FIRST_ROWS);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const grow = useCallback(() => setLimit((now) => Math.min(MOST_ROWS, now * 2)), []);
  const toggle = useCallback((id: string) => setChosen((now) => toggled(now, id)), []);
  const viewed = useView<ErrorsResult>({
    path: 'errors',
    query: { ...askedFilters(filters), window, order, limit: String(limit) },
    topics: ['errors'],
  });
  const rows = viewed.answer?.result.groups;
  // What is not in the list any more is not changed: nobody would see what.
  const here = useMemo(() => new Set(rows?.flatMap(({ id }) => (chosen.has(id) ? [id] : []))), [rows, chosen]);
  const selection = useMemo(() => (role === 'operate' ? { ids: here, toggle } : undefined), [role, here, toggle]);
  const kept: Readonly<Record<string, string>> = window === '1h' ? {} : { window };
  const windowText = WINDOWS.find(({ value }) => value === window)?.text ?? window;
  return (
    <Answered title="Errors" viewed={viewed}>
      {(result, { instances }) => {
        const known = instances.flatMap(({ instance }) => (instance ? [instance] : []));
        if (result.course === undefined) return <ErrorsOff />;
        return (
          <>
            {result.off.length > 0 && (
              <p class="warning">Without errors of {result.off.join(', ')}: tracking is off there.</p>
            )}
            <ErrorFigures
              result={result}
              windowText={windowText}
              kept={{ ...kept, instance: filters.instance ?? '' }}
            />
            <ErrorFilterBar filters={filters} window={window} result={result} instances={known.map(({ id }) => id)} />
            {role === 'operate' ? (
              <BulkBar
                rows={result.groups}
                chosen={here}
                release={known[0]?.version}
                onChoose={setChosen}
                onChanged={viewed.refresh}
              />
            ) : (
              <p class="hint">You may look, but change nothing: acknowledging and resolving needs the role operate.</p>
            )}
            {result.groups.length === 0 ? (
              <NoGroups result={result} filters={filters} />
            ) : (
              <DataTable
                caption="Groups of errors"
                columns={errorColumns({
                  course: result.course,
                  windowText,
                  query: kept,
                  selection,
                  hasReplicas: known.length > 1,
                })}
                rows={result.groups}
                total={result.total}
                keyOf={({ id }) => id}
                sorting={{ key: order, isDescending: true }}
                onSort={(key) => changeQuery({ order: key === 'lastSeen' ? '' : key })}
                onEnd={grow}
              />
            )}
          </>
        );
      }}
    </Answered>
  );
}

function toggled(chosen: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(chosen);
  if (!next.delete(id) && next.size < MOST_CHOSEN) next.add(id);
  return next;
}

function ErrorsOff() {
  return (
    <Nothing title="Errors are not tracked">
      The tracker is switched off: <code>createObservability({'{ errors: false }'})</code>. Leave <code>errors</code>{' '}
      out, or give its limits.
    </Nothing>
  );
}

function NoGroups({ result: { totals }, filters }: { readonly result: ErrorsResult; readonly filters: ErrorFilters }) {
  if (totals.groups === 0) {
    return (
      <Nothing title="No error was seen">
        Errors appear here as they happen: those of requests and spans, those that are logged, that nobody catches, and
        those given to <code>errors.capture</code>.
      </Nothing>
    );
  }
  if (Object.keys(filters).length === 0) {
    return <Nothing title="Nothing is unresolved">All {totals.groups} groups are resolved or ignored.</Nothing>;
  }
  return <Nothing title="No group fits">{totals.groups} are kept. Change what is asked above.</Nothing>;
}

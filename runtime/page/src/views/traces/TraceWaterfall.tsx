import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import type { ShownTrace } from '../../../../src/dashboard/api/traces/traceSchema.ts';
import { changeQuery } from '../../address/useAddress.ts';
import { formatCount } from '../../components/counts.ts';
import { TextFilter } from '../../components/TextFilter.tsx';
import { plainText } from '../../components/plainText.ts';
import type { ViewProps } from '../viewProps.ts';
import { Jumps } from './Jumps.tsx';
import { SpanPanel } from './SpanPanel.tsx';
import { type TimeRange, zoomOf, zoomText } from './traceAddress.ts';
import { useFoundRows } from './useFoundRows.ts';
import { useTraceRows } from './useTraceRows.ts';
import { descendantCounts, revealed, serviceColours, visibleRows } from './waterfallModel.ts';
import { WaterfallTree } from './WaterfallTree.tsx';
import { ZoomBar } from './ZoomBar.tsx';

interface TraceWaterfallProps extends ViewProps {
  readonly traceId: string;
  readonly trace: ShownTrace;
}

const NONE: ReadonlySet<number> = new Set();

/** The spans of a trace beneath each other along its time, and what the chosen one says. */
export function TraceWaterfall({ traceId, trace, address: { query } }: TraceWaterfallProps) {
  const { durationMicros, services, readMillis } = trace;
  const { rows, isComplete, problem } = useTraceRows(traceId, trace);
  const { span: selectedId = '', find = '' } = query;
  const [collapsed, setCollapsed] = useState(NONE);
  const [active, setActive] = useState(0);
  const found = useFoundRows(traceId, readMillis, find);
  const zoom = zoomOf(query, durationMicros);
  const range = zoom ?? { from: 0, to: Math.max(1, durationMicros) };
  const setRange = (next: TimeRange) => changeQuery({ zoom: zoomText(next, durationMicros) });
  const visible = useMemo(() => visibleRows(rows, collapsed), [rows, collapsed]);
  const counts = useMemo(() => descendantCounts(rows), [rows]);
  const colours = useMemo(() => serviceColours(services), [services]);
  const failed = useMemo(() => rows.flatMap(({ isError }, index) => (isError ? [index] : [])), [rows]);
  const foundSet = useMemo(() => new Set(found.rows), [found.rows]);
  const selectedIndex = useMemo(() => rows.findIndex(({ spanId }) => spanId === selectedId), [rows, selectedId]);
  const reveal = useCallback(
    (index: number) => {
      setCollapsed((now) => revealed(rows, now, index));
      setActive(index);
    },
    [rows],
  );
  useEffect(() => {
    if (selectedIndex >= 0) reveal(selectedIndex);
    // Rows of a further page do not take anybody away from where they are.
  }, [selectedIndex]);
  const select = (index: number) => {
    setActive(index);
    changeQuery({ span: rows[index]?.spanId ?? '' });
  };
  const selected = rows[selectedIndex];
  return (
    <section aria-labelledby="waterfall-title">
      <h2 id="waterfall-title" class="visually-hidden">
        Waterfall
      </h2>
      <div class="waterfall-tools">
        <TextFilter
          label="Find in this trace"
          value={find}
          placeholder="name, tag, ID"
          onChange={(text) => changeQuery({ find: text.slice(0, 200) })}
        />
        {find !== '' && <Jumps what="found" indices={found.rows} active={active} onGo={reveal} />}
        {/* Whoever goes to what failed wants to read why. */}
        {failed.length > 0 && <Jumps what="failed" indices={failed} active={active} onGo={select} />}
        <ZoomBar range={range} durationMicros={durationMicros} onChange={setRange} />
        <span class="waterfall-folds">
          <button type="button" onClick={() => setCollapsed(NONE)} disabled={collapsed.size === 0}>
            Unfold all
          </button>
          <button type="button" onClick={() => setCollapsed(foldedAtFirstLevel(rows))}>
            Fold all
          </button>
        </span>
      </div>
      {found.problem !== undefined && <p class="problem">{found.problem}</p>}
      {problem !== undefined && <p class="problem">{problem}</p>}
      <ServiceLegend services={services} colours={colours} />
      <div class={`waterfall-frame${selectedId === '' ? '' : ' has-panel'}`}>
        <WaterfallTree
          rows={rows}
          visible={visible}
          counts={counts}
          collapsed={collapsed}
          onCollapse={setCollapsed}
          active={active}
          onActive={setActive}
          selected={selectedIndex}
          onSelect={select}
          found={foundSet}
          colours={colours}
          range={range}
          onRange={setRange}
        />
        {selectedId !== '' && (
          <SpanPanel
            key={selectedId}
            traceId={traceId}
            spanId={selectedId}
            trace={trace}
            row={selected}
            isComplete={isComplete}
            onZoom={setRange}
            onClose={() => changeQuery({ span: '' })}
          />
        )}
      </div>
      {!isComplete && problem === undefined && (
        <p class="hint" role="status">
          {formatCount(rows.length)} of {formatCount(trace.rowCount)} spans have come…
        </p>
      )}
    </section>
  );
}

function foldedAtFirstLevel(rows: readonly { readonly hasChildren: boolean }[]): ReadonlySet<number> {
  return new Set(rows.flatMap(({ hasChildren }, index) => (hasChildren ? [index] : [])));
}

interface ServiceLegendProps {
  readonly services: ShownTrace['services'];
  readonly colours: ReadonlyMap<string, number>;
}

function ServiceLegend({ services, colours }: ServiceLegendProps) {
  return (
    <ul class="waterfall-legend" aria-label="Services">
      {services.map(({ name, spans, errors }) => (
        <li key={name}>
          <span class={`service-mark service-${colours.get(name) ?? 1}`} aria-hidden="true" /> {plainText(name)}{' '}
          <span class="hint">
            {formatCount(spans)}
            {errors > 0 && `, ${formatCount(errors)} failed`}
          </span>
        </li>
      ))}
      <li>
        <span class="critical-mark" aria-hidden="true" /> <span class="hint">critical path</span>
      </li>
    </ul>
  );
}

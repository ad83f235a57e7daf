import { useEffect, useRef } from 'preact/hooks';
import type { TraceRow } from '../../../../src/dashboard/api/traces/traceRowsSchema.ts';
import { isWithModifier } from '../../components/isWithModifier.ts';
import { useVirtualRows } from '../../components/useVirtualRows.ts';
import type { TimeRange } from './traceAddress.ts';
import { TimeAxis } from './TimeAxis.tsx';
import { WaterfallLine } from './WaterfallLine.tsx';
import { treeMove } from './treeKeys.ts';

const ROW_PIXELS = 30;

interface WaterfallTreeProps {
  readonly rows: readonly TraceRow[];
  /** Indices of the rows that are not folded away. */
  readonly visible: readonly number[];
  /** How many rows are beneath each. */
  readonly counts: readonly number[];
  readonly collapsed: ReadonlySet<number>;
  readonly onCollapse: (collapsed: ReadonlySet<number>) => void;
  /** The row that keys go from. */
  readonly active: number;
  readonly onActive: (index: number) => void;
  /** The row whose details are shown; -1 where there is none. */
  readonly selected: number;
  readonly onSelect: (index: number) => void;
  readonly found: ReadonlySet<number>;
  readonly colours: ReadonlyMap<string, number>;
  readonly range: TimeRange;
  readonly onRange: (range: TimeRange) => void;
}

/** Spans by the ten thousand as a tree along the time: only those in sight are in the document. */
export function WaterfallTree(props: WaterfallTreeProps) {
  const { rows, visible, counts, collapsed, onCollapse, active, onActive, selected, onSelect, found } = props;
  const { colours, range, onRange } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualRows(scroller, visible.length, ROW_PIXELS);
  const items = virtualizer.getVirtualItems();
  const place = visible.indexOf(active);
  useEffect(() => {
    if (place >= 0) virtualizer.scrollToIndex(place, { align: 'auto' });
  }, [place, active]);
  const toggle = (index: number) => {
    const next = new Set(collapsed);
    if (!next.delete(index)) next.add(index);
    onCollapse(next);
    onActive(index);
  };
  const press = (event: KeyboardEvent) => {
    const move = treeMove(event.key, { rows, visible, collapsed, active });
    if (move === undefined || isWithModifier(event)) return;
    event.preventDefault();
    if (move.toggle) toggle(active);
    else if (move.select) onSelect(active);
    else onActive(move.to);
  };
  const isDrawn = items.some(({ index }) => visible[index] === active);
  return (
    <div class="waterfall">
      <TimeAxis range={range} onRange={onRange} />
      <div
        ref={scroller}
        class="waterfall-scroller"
        role="treegrid"
        tabIndex={0}
        aria-label="Spans"
        aria-rowcount={visible.length}
        aria-colcount={2}
        aria-activedescendant={isDrawn ? `span-${active}` : undefined}
        onKeyDown={press}
      >
        <div class="waterfall-body" role="rowgroup" style={{ height: `${virtualizer.getTotalSize()}px` }}>
          {items.map(({ index: line, start }) => {
            const index = visible[line] ?? -1;
            const row = rows[index];
            return row === undefined ? null : (
              <WaterfallLine
                key={index}
                row={row}
                index={index}
                line={line}
                startPixels={start}
                hiddenCount={collapsed.has(index) ? (counts[index] ?? 0) : 0}
                isCollapsed={collapsed.has(index)}
                isActive={index === active}
                isSelected={index === selected}
                isFound={found.has(index)}
                colour={colours.get(row.service) ?? 1}
                range={range}
                onToggle={toggle}
                onSelect={onSelect}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

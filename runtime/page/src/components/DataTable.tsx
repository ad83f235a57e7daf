import type { Virtualizer } from '@tanstack/virtual-core';
import type { ComponentChildren, CSSProperties } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { isWithModifier } from './isWithModifier.ts';
import { useKeptPlace } from './useKeptPlace.ts';
import { useVirtualRows } from './useVirtualRows.ts';

const ROW_PIXELS = 40;

/** A column of a table. */
export interface Column<Row> {
  /** Stable; what `sort` is told. */
  readonly key: string;
  readonly title: string;
  /** Whether the title is only read aloud: what is in the column is seen to be what it is. */
  readonly isTitleHidden?: boolean;
  /** Width as CSS' grid has it: `8rem`, `minmax(12rem, 3fr)`. */
  readonly width: string;
  readonly isNumber?: boolean;
  /** Whether its title is pressed to sort by it. */
  readonly isSortable?: boolean;
  /** On a phone: left out, where the row says enough without. */
  readonly isExtra?: boolean;
  readonly render: (row: Row) => ComponentChildren;
}

/** Which column rows are sorted by. */
export interface Sorting {
  readonly key: string;
  readonly isDescending: boolean;
}

interface DataTableProps<Row> {
  /** Read aloud, and shown above. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** How many rows there are beyond those that are here. */
  readonly total?: number;
  readonly keyOf: (row: Row) => string;
  /** Where a row leads: its first cell is the link. */
  readonly hrefOf?: (row: Row) => string;
  readonly sorting?: Sorting;
  readonly onSort?: (key: string) => void;
  /** The end of the rows is in sight. */
  readonly onEnd?: () => void;
}

/** Rows by the ten thousand: only those in sight are in the document. Arrow keys, Home, End and page keys go through rows. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, columns, rows, total = rows.length, keyOf, sorting, onSort, onEnd } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const aimed = useRef<number | undefined>(undefined);
  const virtualizer = useVirtualRows(scroller, rows.length, ROW_PIXELS);
  const items = virtualizer.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? -1;
  const isAtEnd = rows.length > 0 && rows.length < total && lastShown >= rows.length - 10;
  useEffect(() => {
    if (isAtEnd) onEnd?.();
  }, [isAtEnd, rows.length, onEnd]);
  useKeptPlace(scroller, { name: caption, count: rows.length, isWhole: rows.length >= total });
  const narrow = columns.filter(({ isExtra }) => !isExtra);
  const template = { '--columns': widths(columns), '--columns-narrow': widths(narrow) } as CSSProperties;
  return (
    <div class="table-frame" style={template}>
      <p class="table-caption hint">
        {caption}: {rows.length < total ? `${rows.length} of ${total}` : total}
      </p>
      {/* The region is reached by the keyboard, so that it can be scrolled. */}
      <div
        ref={scroller}
        class="table-scroller"
        role="table"
        tabIndex={0}
        aria-label={caption}
        aria-rowcount={total + 1}
        onKeyDown={(event) => moveThroughRows(event, { virtualizer, count: rows.length, aimed })}
      >
        <div class="table-head" role="rowgroup">
          <div role="row" class="table-row" aria-rowindex={1}>
            {columns.map((column) => (
              <HeadCell key={column.key} column={column} sorting={sorting} onSort={onSort} />
            ))}
          </div>
        </div>
        <div role="rowgroup" class="table-body" style={{ height: `${virtualizer.getTotalSize()}px` }}>
          {items.map(({ index, start }) => {
            const row = rows[index];
            return row === undefined ? null : (
              <BodyRow key={keyOf(row)} {...props} row={row} index={index} startPixels={start} />
            );
          })}
        </div>
      </div>
    </div>
  );
}

interface BodyRowProps<Row> extends DataTableProps<Row> {
  readonly row: Row;
  readonly index: number;
  readonly startPixels: number;
}

function BodyRow<Row>({ columns, row, index, startPixels, hrefOf }: BodyRowProps<Row>) {
  return (
    <div
      role="row"
      class="table-row"
      aria-rowindex={index + 2}
      data-index={index}
      style={{ transform: `translateY(${startPixels}px)` }}
    >
      {columns.map(({ key, isNumber, isExtra, render }, place) => (
        <div key={key} role="cell" class={cellClass(isNumber, isExtra)}>
          {place === 0 && hrefOf ? <a href={hrefOf(row)}>{render(row)}</a> : render(row)}
        </div>
      ))}
    </div>
  );
}

interface HeadCellProps<Row> {
  readonly column: Column<Row>;
  readonly sorting: Sorting | undefined;
  readonly onSort: ((key: string) => void) | undefined;
}

function HeadCell<Row>({ column, sorting, onSort }: HeadCellProps<Row>) {
  const { key, title, isTitleHidden, isNumber, isExtra, isSortable } = column;
  const isSorted = sorting?.key === key;
  const order = isSorted ? (sorting.isDescending ? 'descending' : 'ascending') : 'none';
  return (
    <div role="columnheader" class={cellClass(isNumber, isExtra)} aria-sort={isSortable ? order : undefined}>
      {isSortable && onSort ? (
        <button type="button" class="sort" onClick={() => onSort(key)}>
          {title}
          <span aria-hidden="true">{isSorted ? (sorting.isDescending ? ' ↓' : ' ↑') : ''}</span>
        </button>
      ) : isTitleHidden ? (
        <span class="visually-hidden">{title}</span>
      ) : (
        title
      )}
    </div>
  );
}

function widths(columns: readonly { readonly width: string }[]): string {
  return columns.map(({ width }) => width).join(' ');
}

function cellClass(isNumber: boolean | undefined, isExtra: boolean | undefined): string {
  return `table-cell${isNumber ? ' number' : ''}${isExtra ? ' is-extra' : ''}`;
}

/** The focus moves from row to row; rows out of sight are scrolled to first. */
function moveThroughRows(event: KeyboardEvent, { virtualizer, count, aimed }: RowsMovedThrough): void {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: 10,
    PageUp: -10,
    Home: -count,
    End: count,
  };
  const step = steps[event.key];
  if (step === undefined || count === 0 || isWithModifier(event)) return;
  event.preventDefault();
  const scroller = event.currentTarget as HTMLElement;
  const focused = document.activeElement?.closest<HTMLElement>('[data-index]');
  const from = aimed.current ?? (focused ? Number(focused.dataset['index']) : -1);
  const to = Math.min(count - 1, Math.max(0, from + step));
  aimed.current = to;
  virtualizer.scrollToIndex(to);
  requestAnimationFrame(() => {
    if (aimed.current !== to) return;
    aimed.current = undefined;
    scroller.querySelector<HTMLElement>(`[data-index="${to}"] a`)?.focus();
  });
}

interface RowsMovedThrough {
  readonly virtualizer: Virtualizer<HTMLDivElement, HTMLDivElement>;
  readonly count: number;
  /** The row that gets the focus with the next frame: keys may come quicker than frames. */
  readonly aimed: { current: number | undefined };
}

import { useRef, useState } from 'preact/hooks';
import { isWithModifier } from './isWithModifier.ts';
import { timeTicks } from './timeTicks.ts';

/** A cell that is not empty. */
export interface HeatCell {
  readonly column: number;
  readonly row: number;
  readonly value: number;
  /** Among them what went wrong: marked. */
  readonly bad: number;
}

interface HeatMapProps {
  readonly label: string;
  /** Beginnings of columns, milliseconds since 1970; of which nothing is known is shaded. */
  readonly columns: readonly { readonly fromMillis: number; readonly isKnown: boolean }[];
  /** The lowest first. */
  readonly rows: readonly string[];
  readonly cells: readonly HeatCell[];
  /** What a cell says, whole: its name, and shown beneath while it is pointed at. */
  readonly describe: (cell: HeatCell) => string;
  /** Where a cell leads. */
  readonly hrefOf: (cell: HeatCell) => string;
}

/** How many shades there are: from one to the most, each of them a multiple of the one before. */
const SHADES = 8;
const TICKS = 6;

/** Counts by time and value, the darker the more. One cell is in the order of focus; arrow keys go to the next that is not empty. */
export function HeatMap({ label, columns, rows, cells, describe, hrefOf }: HeatMapProps) {
  const grid = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState<string>();
  const [current, setCurrent] = useState('');
  const most = cells.reduce((peak, { value }) => Math.max(peak, value), 0);
  const byPlace = new Map(cells.map((cell) => [placeOf(cell.row, cell.column), cell]));
  const first = cells[0] && placeOf(cells[0].row, cells[0].column);
  const inOrder = byPlace.has(current) ? current : first;
  return (
    <div class="heat">
      <div
        ref={grid}
        class="heat-grid"
        role="grid"
        aria-label={label}
        aria-rowcount={rows.length}
        aria-colcount={columns.length + 1}
        style={{ gridTemplateColumns: `max-content repeat(${columns.length}, minmax(3px, 1fr))` }}
        onKeyDown={(event) => move(event, grid.current)}
        onPointerLeave={() => setShown(undefined)}
      >
        {rows
          .map((_, index) => rows.length - 1 - index)
          .map((row) => (
            <div key={row} role="row" class="heat-row" aria-rowindex={rows.length - row}>
              <span role="rowheader" class="heat-label">
                {rows[row]}
              </span>
              {columns.map(({ fromMillis, isKnown }, column) => {
                const place = placeOf(row, column);
                const cell = byPlace.get(place);
                return (
                  <span
                    key={fromMillis}
                    role="gridcell"
                    aria-colindex={column + 2}
                    class={isKnown ? 'heat-cell' : 'heat-cell is-unknown'}
                  >
                    {cell && (
                      <a
                        href={hrefOf(cell)}
                        data-place={place}
                        tabIndex={place === inOrder ? 0 : -1}
                        class={`heat-${shadeOf(cell.value, most)}${cell.bad > 0 ? ' is-bad' : ''}`}
                        aria-label={describe(cell)}
                        onPointerEnter={() => setShown(describe(cell))}
                        onFocus={() => {
                          setCurrent(place);
                          setShown(describe(cell));
                        }}
                        onBlur={() => setShown(undefined)}
                      />
                    )}
                  </span>
                );
              })}
            </div>
          ))}
      </div>
      <Ticks columns={columns} />
      {/* What a cell says is its name: whoever reads with ears has heard it when they get there. */}
      <p class="heat-said">{shown ?? 'Point at a cell, or go there with the arrow keys, to read its numbers.'}</p>
      <Shades most={most} />
    </div>
  );
}

function Ticks({ columns }: Pick<HeatMapProps, 'columns'>) {
  const every = Math.max(1, Math.ceil(columns.length / TICKS));
  const shown = columns.filter((_, index) => index % every === 0);
  const distance = every * (((columns[1]?.fromMillis ?? 0) - (columns[0]?.fromMillis ?? 0)) / 1000);
  const texts = timeTicks(
    shown.map(({ fromMillis }) => fromMillis / 1000),
    distance,
  );
  return (
    <div class="heat-ticks hint" aria-hidden="true">
      {texts.map((text, index) => (
        <span key={shown[index]?.fromMillis}>{text}</span>
      ))}
    </div>
  );
}

function Shades({ most }: { readonly most: number }) {
  return (
    <p class="heat-shades hint" aria-hidden="true">
      1
      {Array.from({ length: SHADES }, (_, index) => (
        <span key={index} class={`heat-${index + 1}`} />
      ))}
      {Math.max(1, most)}
      <span class="heat-bad-mark" /> some failed
    </p>
  );
}

/** By the logarithm: a few among thousands are seen, too. */
function shadeOf(value: number, most: number): number {
  if (most <= 1) return SHADES;
  return 1 + Math.round((Math.log(Math.max(1, value)) / Math.log(most)) * (SHADES - 1));
}

function placeOf(row: number, column: number): string {
  return `${row}:${column}`;
}

/** To the next cell that is not empty in the direction of the arrow; to another row, the nearest in it. */
function move(event: KeyboardEvent, grid: HTMLElement | null): void {
  const steps: Readonly<Record<string, readonly [number, number]>> = {
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
    ArrowUp: [1, 0],
    ArrowDown: [-1, 0],
  };
  const step = steps[event.key];
  const from = (event.target as HTMLElement).dataset['place']?.split(':').map(Number);
  if (step === undefined || from === undefined || grid === null || isWithModifier(event)) return;
  event.preventDefault();
  const [rowStep, columnStep] = step;
  const [row = 0, column = 0] = from;
  const others = [...grid.querySelectorAll<HTMLElement>('[data-place]')].map((element) => {
    const [atRow = 0, atColumn = 0] = element.dataset['place']?.split(':').map(Number) ?? [];
    return { element, rows: atRow - row, columns: atColumn - column };
  });
  const ahead = others.filter(({ rows, columns }) =>
    rowStep === 0 ? rows === 0 && columns * columnStep > 0 : rows * rowStep > 0,
  );
  const distance = ({ rows, columns }: { rows: number; columns: number }) => Math.abs(rows) * 1000 + Math.abs(columns);
  ahead.sort((a, b) => distance(a) - distance(b))[0]?.element.focus();
}

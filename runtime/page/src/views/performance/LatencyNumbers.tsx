import type { CountedCell, HeatMapWords } from './heatMapWords.ts';

const SHOWN = 500;

interface LatencyNumbersProps {
  readonly cells: readonly CountedCell[];
  readonly words: HeatMapWords;
  readonly hrefOf: (cell: CountedCell) => string;
}

/** The numbers of a heat map, the latest and slowest first. */
export function LatencyNumbers({ cells, words, hrefOf }: LatencyNumbersProps) {
  const inOrder = cells.toSorted((a, b) => b.column - a.column || b.row - a.row);
  return (
    <div class="table-scroller chart-numbers" tabIndex={0} role="region" aria-label="What requests took, in numbers">
      <table class="facts">
        <thead>
          <tr>
            <th scope="col">Ended</th>
            <th scope="col">Took</th>
            <th scope="col" class="number">
              Requests
            </th>
            <th scope="col" class="number">
              Failed
            </th>
          </tr>
        </thead>
        <tbody>
          {inOrder.slice(0, SHOWN).map((cell) => (
            <tr key={`${cell.column} ${cell.row}`}>
              <th scope="row">{words.time(cell.column)}</th>
              <td>
                <a href={hrefOf(cell)}>{words.values(cell.row)}</a>
              </td>
              <td class="number">{cell.value}</td>
              <td class="number">{cell.bad}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {inOrder.length > SHOWN && <p class="hint">And {inOrder.length - SHOWN} earlier ones: choose a shorter time.</p>}
    </div>
  );
}

import type { Plot } from '../plot.ts';
import { html, type Markup } from './markup.ts';
import { numberText } from './numberText.ts';

/** A plot with its numbers in a table, of which the page's script draws it; where scripts are off, the table says it all. */
export function plotFigure({ title, xLabel, yLabel, unit, series, note }: Plot): Markup {
  const xs = [...new Set(series.flatMap(({ points }) => points.map(([x]) => x)))].sort((one, other) => one - other);
  const lines = series.map(({ points }) => new Map(points));
  return html`<figure class="plot" data-unit="${unit}">
    <figcaption>
      <h2>${title}</h2>
      ${note === undefined ? '' : html`<p>${note}</p>`}
    </figcaption>
    <p class="yLabel">${yLabel}${unit === '' ? '' : ` (${unit})`}</p>
    <div class="drawing"></div>
    <details>
      <summary>the numbers</summary>
      <div class="wide">
        <table>
          <thead>
            <tr>
              <th scope="col">${xLabel}</th>
              ${series.map(({ name }) => html`<th scope="col">${name}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${xs.map(
              (x) =>
                html`<tr>
                  ${cell(x)}${lines.map((line) => cell(line.get(x)))}
                </tr> `,
            )}
          </tbody>
        </table>
      </div>
    </details>
  </figure>`;
}

function cell(value: number | undefined): Markup {
  if (value === undefined) return html`<td></td>`;
  return html`<td class="number"><data value="${value}">${numberText(value)}</data></td>`;
}

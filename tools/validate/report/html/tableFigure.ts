import type { ReportTable } from '../plot.ts';
import { isNumeric } from '../textTable.ts';
import { html, type Markup } from './markup.ts';
import { numberText } from './numberText.ts';

/** A table of a probe. */
export function tableFigure({ title, columns, rows }: ReportTable): Markup {
  const numeric = columns.map((_, index) => isNumeric(rows, index));
  return html`<section>
    <h2>${title}</h2>
    <div class="wide">
      <table>
        <thead>
          <tr>
            ${columns.map((column) => html`<th scope="col">${column}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) =>
              html`<tr>
                ${row.map((cell, index) =>
                  numeric[index] === true
                    ? html`<td class="number">${typeof cell === 'number' ? numberText(cell) : cell}</td>`
                    : html`<td>${cell}</td>`,
                )}
              </tr> `,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

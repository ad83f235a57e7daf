import type { CheckResult } from '../../check.ts';
import { html, type Markup } from './markup.ts';
import { secondsText } from './numberText.ts';

interface Duration {
  readonly name: string;
  readonly seconds: number;
}

/** More than so many bars are read by nobody; the longest are shown. */
const mostBars = 40;

/** How long checks took, and how long what they tried took, such as spans until they were found. */
export function durationSections(results: readonly CheckResult[]): readonly (Markup | string)[] {
  const tried = results.flatMap(({ check, findings }) =>
    findings.flatMap(({ subject, seconds }) =>
      seconds === undefined ? [] : [{ name: `${check}: ${subject}`, seconds }],
    ),
  );
  return [
    bars('How long what was tried took', tried),
    bars(
      'How long the checks took',
      results.map(({ check, seconds }) => ({ name: check, seconds })),
    ),
  ];
}

function bars(title: string, durations: readonly Duration[]): Markup | string {
  if (durations.length === 0) return '';
  const shown = durations.toSorted((one, other) => other.seconds - one.seconds).slice(0, mostBars);
  const longest = Math.max(...shown.map(({ seconds }) => seconds), Number.MIN_VALUE);
  const left = durations.length - shown.length;
  return html`<section>
    <h2>${title}</h2>
    <table class="bars">
      <tbody>
        ${shown.map(
          ({ name, seconds }) =>
            html`<tr>
              <th scope="row">${name}</th>
              <td>${bar(seconds / longest)}</td>
              <td class="number">${secondsText(seconds)}</td>
            </tr> `,
        )}
      </tbody>
    </table>
    ${left === 0 ? '' : html`<p>${left} shorter ones are left out.</p>`}
  </section>`;
}

/** A bar of a part of the width; a picture, because the page's policy allows no style of an element's own. */
function bar(part: number): Markup {
  return html`<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
    <rect width="${(part * 100).toFixed(2)}" height="10" />
  </svg>`;
}

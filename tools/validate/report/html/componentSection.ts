import type { CheckResult, Component } from '../../check.ts';
import { mendOf, unsoundGroups, type FindingGroup } from '../findingGroups.ts';
import { outcomeTitles } from '../outcomeTitles.ts';
import { worstFirst } from '../report.ts';
import { html, type Markup } from './markup.ts';
import { secondsText } from './numberText.ts';

/** The results of a component; nothing where it has none. */
export function componentSection(component: Component, results: readonly CheckResult[]): Markup | string {
  const own = results.filter((result) => result.component === component);
  if (own.length === 0) return '';
  const counts = worstFirst.flatMap((outcome) => {
    const count = own.filter((result) => result.outcome === outcome).length;
    return count === 0
      ? []
      : [html` <span class="badge" data-outcome="${outcome}">${count} ${outcomeTitles[outcome]}</span>`];
  });
  return html`<section id="${component}">
    <h2>${component}${counts}</h2>
    ${own.map(checkDetails)}
  </section>`;
}

function checkDetails(result: CheckResult): Markup {
  const { check, title, outcome, seconds } = result;
  const summary = html`<summary>
    <span class="badge" data-outcome="${outcome}">${outcomeTitles[outcome]}</span> <code>${check}</code> ${title}
    <small>${secondsText(seconds)}</small>
  </summary>`;
  const body = html`${unsoundGroups(result).map(groupList)}${soundList(result)}`;
  return outcome === 'ok'
    ? html`<details class="check" data-outcome="ok">${summary}${body}</details> `
    : html`<details class="check" data-outcome="${outcome}" open>${summary}${body}</details> `;
}

function groupList({ finding, subjects }: FindingGroup): Markup {
  const { outcome, expected, found, seconds } = finding;
  return html`<dl class="finding" data-outcome="${outcome}">
    <dt>what</dt>
    <dd>${subjects.map((subject) => html`<div class="subject">${subject}</div>`)}</dd>
    <dt>expected</dt>
    <dd>${expected}</dd>
    <dt>found</dt>
    <dd>${found}${seconds === undefined ? '' : ` (${secondsText(seconds)})`}</dd>
    <dt>mend</dt>
    <dd>${mendOf(finding)}</dd>
  </dl>`;
}

function soundList({ findings }: CheckResult): Markup | string {
  const sound = findings.filter(({ outcome }) => outcome === 'ok');
  if (sound.length === 0) return '';
  return html`<ul class="sound">
    ${sound.map(
      ({ subject, found, seconds }) =>
        html`<li><b>${subject}</b> ${found}${seconds === undefined ? '' : ` (${secondsText(seconds)})`}</li>`,
    )}
  </ul>`;
}

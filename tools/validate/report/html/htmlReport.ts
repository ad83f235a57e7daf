import { createHash } from 'node:crypto';
import { components } from '../../check.ts';
import { groupNotRun } from '../notRun.ts';
import { outcomeTitles } from '../outcomeTitles.ts';
import type { Report } from '../report.ts';
import { worstFirst } from '../report.ts';
import { describeCounts } from '../terminalReport.ts';
import { buildAssets } from './buildAssets.ts';
import { componentSection } from './componentSection.ts';
import { durationSections } from './durationSections.ts';
import { html, Markup } from './markup.ts';
import { plotFigure } from './plotFigure.ts';
import { tableFigure } from './tableFigure.ts';

/**
 * An examination as one page that needs no other file and asks for nothing: its policy allows its own script and styles alone, by their hashes.
 * Without plots, it has no script. All but the plots works where scripts are off.
 */
export async function htmlReport(report: Report): Promise<string> {
  const { styles, script } = await buildAssets();
  const hasPlots = report.plots.length > 0;
  const policy = [
    "default-src 'none'",
    `style-src ${hashOf(styles)}`,
    ...(hasPlots ? [`script-src ${hashOf(script)}`] : []),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>${outcomeTitles[report.outcome]}: stack ${report.stack}</title>
        ${inlined('<style>', styles)} ${hasPlots ? inlined('<script type="module">', script) : ''}
      </head>
      <body>
        ${header(report)}
        <main>
          ${filter(report)} ${components.map((component) => componentSection(component, report.results))}
          ${notRunSection(report)} ${report.plots.map(plotFigure)} ${report.tables.map(tableFigure)}
          ${durationSections(report.results)}
        </main>
      </body>
    </html> `;
  return page.toString();
}

/** An element whose text is what its hash is of, to the letter. A module runs when the page is there. */
function inlined(start: '<style>' | '<script type="module">', text: string): Markup {
  return new Markup(`${start}${text}${start === '<style>' ? '</style>' : '</script>'}`);
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

function header(report: Report): Markup {
  const { stack, context, startedAt, outcome, ended } = report;
  return html`<header>
    <h1>Stack <b>${stack}</b> <span class="badge" data-outcome="${outcome}">${outcomeTitles[outcome]}</span></h1>
    <p>
      ${context === undefined ? 'No cluster was found' : html`Context <b>${context}</b>`},
      <time datetime="${startedAt}">${startedAt}</time>. ${describeCounts(report)}.
    </p>
    ${ended === undefined ? '' : html`<p class="ended">It was not done: ${ended}.</p>`}
  </header>`;
}

/** What is ok is hidden at first, unless there is nothing else. */
function filter({ counts, outcome }: Report): Markup {
  const boxes = worstFirst.map((each) => {
    const isShown = each !== 'ok' || outcome === 'ok';
    return html`<label data-outcome="${each}"
      ><input type="checkbox" id="show-${each}" ${new Markup(isShown ? ' checked' : '')} /> ${outcomeTitles[each]}
      <b>${counts[each]}</b></label
    > `;
  });
  return html`<fieldset class="filter">
    <legend>Show</legend>
    ${boxes}
  </fieldset>`;
}

function notRunSection({ notRun }: Report): Markup | string {
  if (notRun.length === 0) return '';
  return html`<section>
    <h2>Not run</h2>
    <ul>
      ${groupNotRun(notRun).map(({ reason, checks }) => html`<li>${reason}: ${checks.join(', ')}</li>`)}
    </ul>
  </section>`;
}

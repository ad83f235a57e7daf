import { visibleLine, visibleLines, withoutCommands } from '../../values/visibleText.ts';
import { components, type CheckResult } from '../check.ts';
import { outcomes, type Finding, type Outcome } from '../finding.ts';
import { mendOf, sharedRefusals, unsoundGroups, type FindingGroup, type SharedRefusal } from './findingGroups.ts';
import { groupNotRun } from './notRun.ts';
import { outcomeTitles } from './outcomeTitles.ts';
import { createPaint, outcomeColours, type Paint } from './paint.ts';
import type { Report } from './report.ts';
import type { ReportTable } from './plot.ts';
import { textTable } from './textTable.ts';

/** How an examination is shown on a terminal. */
export interface TerminalOptions {
  readonly coloured: boolean;
  /** Whether what is ok is shown too, and not only counted. */
  readonly verbose: boolean;
}

/** An examination for a terminal, where the end is seen first: a line for each component, what is not ok in full, and the sum. */
export function terminalReport(report: Report, { coloured, verbose }: TerminalOptions): string {
  const paint = createPaint(coloured);
  const shared = sharedRefusals(report.results);
  const told = new Set(shared.flatMap(({ checks }) => checks));
  const blocks = [
    paint('bold', titleOf(report)),
    ...components.flatMap((component) => {
      const own = report.results.filter((result) => result.component === component);
      return own.length === 0 ? [] : [componentBlock(component, own, told, verbose, paint)];
    }),
    ...shared.map((refusal) => refusalBlock(refusal, paint)),
    ...report.tables.map((table) => tableBlock(table, paint)),
    ...(report.plots.length === 0 ? [] : [paint('dim', `plots, drawn in the report of --html: ${titlesOf(report)}`)]),
    ...groupNotRun(report.notRun).map(({ reason, checks }) => paint('dim', `not run, ${reason}: ${checks.join(', ')}`)),
    ...(report.ended === undefined
      ? []
      : [paint('yellow', visibleLine(`${report.ended}: what was found by then is above`))]),
    paint(outcomeColours[report.outcome], describeCounts(report)),
  ];
  return withoutCommands(`${blocks.join('\n')}\n`);
}

/** `FAILED: 40 ok, 1 could not be checked, 1 failed, in 14.2 s`. */
export function describeCounts({ outcome, counts, results, seconds }: Report): string {
  const time = `in ${seconds.toFixed(1)} s`;
  if (results.length === 0) return `nothing was checked, ${time}`;
  const parts = outcomes.filter((each) => counts[each] > 0).map((each) => countOf(each, counts[each]));
  return `${wordOf(outcome)}: ${parts.join(', ')}, ${time}`;
}

/** Without colours, too, what failed is to be seen at once. */
function wordOf(outcome: Outcome): string {
  return outcome === 'failed' ? 'FAILED' : outcomeTitles[outcome];
}

function countOf(outcome: Outcome, count: number): string {
  return `${count} ${outcomeTitles[outcome]}${outcome === 'warning' && count > 1 ? 's' : ''}`;
}

function titlesOf({ plots }: Report): string {
  return plots.map(({ title }) => visibleLine(title)).join(', ');
}

function titleOf({ stack, context, startedAt }: Report): string {
  const where = context === undefined ? 'no cluster' : `context ${visibleLine(context)}`;
  return `stack ${visibleLine(stack)} on ${where}, ${startedAt}`;
}

function componentBlock(
  component: string,
  results: readonly CheckResult[],
  told: ReadonlySet<string>,
  verbose: boolean,
  paint: Paint,
): string {
  const counts = outcomes.flatMap((outcome) => {
    const count = results.filter((result) => result.outcome === outcome).length;
    return count === 0 ? [] : [paint(outcomeColours[outcome], countOf(outcome, count))];
  });
  const shown = results.filter(({ check, outcome }) => !told.has(check) && (verbose || outcome !== 'ok'));
  return [
    `${component.padEnd(12)}${counts.join(', ')}`,
    ...shown.map((result) => resultBlock(result, verbose, paint)),
  ].join('\n');
}

function resultBlock(result: CheckResult, verbose: boolean, paint: Paint): string {
  const { check, title, outcome, findings, seconds } = result;
  const head = `  ${paint(outcomeColours[outcome], wordOf(outcome))} ${paint('bold', check)}: ${visibleLine(title)} (${seconds.toFixed(1)} s)`;
  const sound = verbose
    ? findings.filter((finding) => finding.outcome === 'ok').map((finding) => soundLine(finding, paint))
    : [];
  return [head, ...sound, ...unsoundGroups(result).map((group) => groupBlock(group, paint))].join('\n');
}

function soundLine({ subject, found, seconds }: Finding, paint: Paint): string {
  return paint('dim', `    ${visibleLine(subject)}: ${visibleLine(found)}${secondsOf(seconds)}`);
}

function groupBlock({ finding, subjects }: FindingGroup, paint: Paint): string {
  const colour = outcomeColours[finding.outcome];
  return [
    ...subjects.map((subject) => `    ${paint(colour, visibleLine(subject))}`),
    `      expected  ${indented(finding.expected)}`,
    `      found     ${indented(finding.found)}${secondsOf(finding.seconds)}`,
    `      mend      ${indented(mendOf(finding))}`,
  ].join('\n');
}

function refusalBlock({ found, mend, checks }: SharedRefusal, paint: Paint): string {
  return [
    paint('magenta', `${checks.length} checks could not look, for one reason`),
    `      found     ${indented(found)}`,
    `      mend      ${indented(mend)}`,
    `      checks    ${checks.join(', ')}`,
  ].join('\n');
}

function tableBlock(table: ReportTable, paint: Paint): string {
  return `${paint('bold', visibleLine(table.title))}\n${textTable(table)}`;
}

function secondsOf(seconds: number | undefined): string {
  return seconds === undefined ? '' : ` (${seconds.toFixed(1)} s)`;
}

function indented(text: string): string {
  return visibleLines(text.trim()).replaceAll('\n', `\n${' '.repeat(16)}`);
}

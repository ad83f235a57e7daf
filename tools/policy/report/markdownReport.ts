import type { ExemptedFinding, Finding } from '../../../policies/evaluation/finding.ts';
import { shownPlace } from '../place.ts';
import { describeResult, type PlacedExemption, type PolicyRun, type Target } from '../policyRun.ts';
import { countHeads, countRow } from './countRow.ts';
import { fitted, type Section } from './fitted.ts';
import { sortedFindings } from './sortedFindings.ts';
import { visibleLines } from '../../values/visibleText.ts';

/** What a comment on GitHub may have at most. */
export const longestComment = 65_536;

/**
 * A run as a comment for a pull request: what fails it in sight, the rest folded. What does not fit is counted.
 *
 * @param longest - In UTF-16 units. @defaultValue what GitHub takes
 */
export function markdownReport(run: PolicyRun, longest = longestComment): string {
  return fitted(
    [
      { open: `## Policies ${cell(describeResult(run))}\n\n`, rows: [], close: '' },
      counts(run.targets),
      ...run.targets.flatMap(errors),
      ...exemptions('Expired exemptions', run.expired, true),
      ...run.targets.flatMap((target) => findings(target, 'mandatory')),
      ...run.targets.flatMap((target) => findings(target, 'advisory')),
      ...run.targets.flatMap(exempted),
      ...exemptions('Exemptions that nothing needs', run.unused, false),
      ...notes(run),
    ],
    longest,
  );
}

function counts(targets: readonly Target[]): Section {
  const heads = ['', 'environment', ...countHeads];
  return {
    open: `| ${heads.join(' | ')} |\n| - | - |${' -: |'.repeat(heads.length - 2)}\n`,
    rows: targets.map((target) => row([cell(target.name), cell(target.environment), ...countRow(target).map(String)])),
    close: '\n',
  };
}

function errors({ name, errors: failed }: Target): readonly Section[] {
  if (failed.length === 0) return [];
  return [
    {
      open: `### ${cell(name)} could not be looked at whole\n\n`,
      rows: failed.map(({ place, message }) => `${code(shownPlace(place))}\n\n${fenced(message)}\n\n`),
      close: '',
    },
  ];
}

function findings(target: Target, level: Finding['level']): readonly Section[] {
  const found = sortedFindings(target.evaluation?.findings ?? []).filter((finding) => finding.level === level);
  if (found.length === 0) return [];
  const title = `${cell(target.name)}: ${found.length} ${level}`;
  const rows = found.map((finding) => findingRow(finding, target));
  return [table(title, ['rule', 'object', 'what is wrong'], rows, level === 'mandatory')];
}

function findingRow(finding: Finding, { placeOf }: Target): string {
  const { rule, object } = finding;
  const source = object !== undefined && 'file' in object.source ? `<br>${code(shownPlace(placeOf(finding)))}` : '';
  const identity = object === undefined ? '' : code(object.identity);
  return row([`[${cell(rule.name)}](<${rule.link}>)`, identity + source, cell(problemText(finding))]);
}

function problemText({ container, path, problem, fix }: Finding): string {
  const where = container === undefined ? '' : `container "${container}": `;
  return `${where}${path === '' ? 'it' : path} ${problem}\nFix: ${fix}`;
}

function exempted({ name, evaluation }: Target): readonly Section[] {
  const all = evaluation?.exempted ?? [];
  if (all.length === 0) return [];
  const rows = [...new Set(all.map(exemptedRow))];
  return [table(`${cell(name)}: ${all.length} exempt`, ['rule', 'object', 'reason', 'until'], rows, false)];
}

function exemptedRow({ finding: { rule, object }, exemption: { reason, expires } }: ExemptedFinding): string {
  return row([cell(rule.name), object === undefined ? '' : code(object.identity), cell(reason), expires]);
}

function exemptions(title: string, all: readonly PlacedExemption[], open: boolean): readonly Section[] {
  if (all.length === 0) return [];
  const rows = all.map(({ exemption: { rule, resource, reason, expires }, place }) =>
    row([code(shownPlace(place)), cell(rule), code(resource), cell(reason), expires]),
  );
  return [table(`${title}: ${all.length}`, ['where', 'rule', 'resource', 'reason', 'until'], rows, open)];
}

function notes({ targets, notes: general }: PolicyRun): readonly Section[] {
  const all = [...general, ...targets.flatMap(({ name, notes: own }) => own.map((note) => `${name}: ${note}`))];
  return all.length === 0 ? [] : [{ open: '', rows: all.map((note) => `- ${cell(note)}\n`), close: '' }];
}

function table(title: string, heads: readonly string[], rows: readonly string[], open: boolean): Section {
  return {
    open: `<details${open ? ' open' : ''}><summary>${title}</summary>\n\n| ${heads.join(' | ')} |\n|${' - |'.repeat(heads.length)}\n`,
    rows,
    close: '\n</details>\n\n',
  };
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

/** Text that marks nothing up, leads nowhere, mentions nobody and stays in its cell. */
function cell(text: string): string {
  return (
    visibleLines(text)
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll(/[\\`*_[\]|~]/g, '\\$&')
      // GitHub makes links of these wherever they stand.
      .replaceAll(/[@#]|:(?=\/\/)|w(?=ww\.)/gi, '$&<!-- -->')
      .replaceAll(/\s*\n\s*/g, '<br>')
  );
}

/** As `cell`, in the letters of code. */
function code(text: string): string {
  return `<code>${cell(text)}</code>`;
}

function fenced(text: string): string {
  const longestRun = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longestRun + 1);
  return `${fence}text\n${visibleLines(text.trim())}\n${fence}`;
}

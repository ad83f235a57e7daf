import Table from 'cli-table3';
import { styleText } from 'node:util';
import type { Finding } from '../../../policies/evaluation/finding.ts';
import { shownPlace } from '../place.ts';
import {
  describeResult,
  runFails,
  type PlacedExemption,
  type PolicyRun,
  type Target,
  type TargetError,
} from '../policyRun.ts';
import { countHeads, countRow } from './countRow.ts';
import { findingsByObject, type FindingGroup } from './sortedFindings.ts';
import { visibleLine, visibleLines, withoutCommands } from '../../values/visibleText.ts';

type Colour = 'red' | 'yellow' | 'green' | 'dim' | 'bold';
type Paint = (colour: Colour, text: string) => string;

/** A run for a terminal, where the end is seen first: advice, what is exempt, what fails the run, and a table of counts. */
export function tableReport(run: PolicyRun, coloured: boolean): string {
  const paint: Paint = (colour, text) => (coloured ? styleText(colour, text, { validateStream: false }) : text);
  const blocks = [
    ...run.targets.flatMap((target) => findingBlocks(target, 'advisory', [], paint)),
    ...run.targets.flatMap((target) => exemptBlocks(target, paint)),
    ...exemptionBlock('Exemptions that nothing needs', run.unused, 'yellow', paint),
    ...run.notes.map((note) => paint('yellow', visibleLine(note))),
    ...exemptionBlock('Expired exemptions: take them out, or renew them with their reason', run.expired, 'red', paint),
    ...run.targets.flatMap((target) => findingBlocks(target, 'mandatory', target.errors, paint)),
    countTable(run.targets),
    ...run.targets.flatMap(({ name, notes }) =>
      notes.length === 0 ? [] : [`${name}: ${visibleLine(notes.join(', '))}`],
    ),
    paint(runFails(run) ? 'red' : 'green', describeResult(run)),
  ];
  return withoutCommands(`${blocks.join('\n\n')}\n`);
}

function findingBlocks(
  target: Target,
  level: Finding['level'],
  errors: readonly TargetError[],
  paint: Paint,
): readonly string[] {
  const findings = (target.evaluation?.findings ?? []).filter((finding) => finding.level === level);
  const blocks = [
    ...errors.map((error) => errorLines(error, paint)),
    ...findingsByObject(findings).map((group) => groupLines(group, target, paint)),
  ];
  return blocks.length === 0
    ? []
    : [titleOf(target, level === 'mandatory' ? 'what fails the run' : 'advice', paint), ...blocks];
}

function titleOf({ name, environment }: Target, what: string, paint: Paint): string {
  return paint('bold', `${name} (environment ${visibleLine(environment)}): ${what}`);
}

function errorLines({ place, message }: TargetError, paint: Paint): string {
  return `  ${paint('red', 'error')} ${visibleLine(shownPlace(place))}: ${indented(visibleLines(message))}`;
}

function groupLines({ identity, findings }: FindingGroup, target: Target, paint: Paint): string {
  const lines = findings.map((finding) => findingLines(finding, target, paint));
  return [paint('bold', `  ${visibleLine(identity) || 'all objects together'}`), ...lines].join('\n');
}

function findingLines(finding: Finding, { placeOf }: Target, paint: Paint): string {
  const { rule, level, container, path, problem, fix, object } = finding;
  const where = container === undefined ? '' : `container "${container}": `;
  const source =
    object !== undefined && 'file' in object.source
      ? paint('dim', ` (${visibleLine(shownPlace(placeOf(finding)))})`)
      : '';
  return [
    `    ${paint(level === 'mandatory' ? 'red' : 'yellow', level)} ${rule.name}${source}`,
    `      ${visibleLine(`${where}${path === '' ? 'it' : path} ${problem}`)}`,
    `      ${paint('dim', `Fix: ${visibleLine(fix)}`)}`,
  ].join('\n');
}

function exemptBlocks(target: Target, paint: Paint): readonly string[] {
  const exempted = target.evaluation?.exempted ?? [];
  if (exempted.length === 0) return [];
  const lines = exempted.map(
    ({ finding: { rule, object }, exemption: { reason, expires } }) =>
      `  ${visibleLine(`${rule.name} ${object?.identity ?? ''}: ${reason} (until ${expires})`)}`,
  );
  // Several findings of one object that one exemption takes out are one line.
  return [[titleOf(target, 'exempt', paint), ...new Set(lines)].join('\n')];
}

function exemptionBlock(
  title: string,
  exemptions: readonly PlacedExemption[],
  colour: Colour,
  paint: Paint,
): readonly string[] {
  if (exemptions.length === 0) return [];
  const lines = exemptions.map(
    ({ exemption: { rule, resource, reason, expires }, place }) =>
      `  ${visibleLine(`${shownPlace(place)}: ${rule} ${resource}: ${reason} (until ${expires})`)}`,
  );
  return [[paint(colour, title), ...lines].join('\n')];
}

function countTable(targets: readonly Target[]): string {
  const table = new Table({
    head: ['', 'environment', ...countHeads, 'time'],
    colAligns: ['left', 'left', ...countHeads.map(() => 'right' as const), 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const target of targets)
    table.push([target.name, visibleLine(target.environment), ...countRow(target), `${target.seconds.toFixed(1)} s`]);
  return table.toString();
}

function indented(text: string): string {
  return text.trimEnd().replaceAll('\n', '\n    ');
}

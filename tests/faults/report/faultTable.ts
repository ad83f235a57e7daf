import type { Attribution } from '../accounting/attributeLosses.ts';
import type { Endured } from '../support/endure.ts';

const HEADER = [
  'fault',
  'created',
  'stored',
  'copies',
  'lost',
  'counted as dropped, by',
  'lost where, made when (bound)',
  'unexplained',
  'recovered after',
  'errors of the application',
  'its longest call',
] as const;

/** The table of all faults in Markdown. */
export function faultTable(endured: readonly Endured[]): string {
  const rows = endured.map((one) => [
    one.title,
    String(one.created),
    String(one.stored),
    String(one.duplicates),
    String(one.lost),
    countsOf(one.counted) || 'none',
    one.attributions.map((attribution) => describeAttribution(attribution, one.faultAt)).join('; ') || 'nowhere',
    String(one.unattributed),
    describeRecovery(one),
    String(Object.values(one.applicationErrors).reduce((sum, count) => sum + count, 0)),
    `${one.report.longestWorkMillis.toFixed(1)} ms`,
  ]);
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(HEADER), line(HEADER.map(() => '---')), ...rows.map(line)].join('\n');
}

/** The same of one fault, for who watches. */
export function describeEndured(one: Endured): string {
  const { title, created, stored, duplicates, lost, unattributed, report, applicationErrors } = one;
  return [
    `${title}: ${created} created, ${stored} stored, ${duplicates} copies, ${lost} lost, ${unattributed} unexplained; recovered after ${describeRecovery(one)}`,
    `  counted: ${countsOf(one.counted) || 'none'}`,
    ...one.attributions.map((attribution) => `  ${describeAttribution(attribution, one.faultAt)}`),
    `  ended ${JSON.stringify(one.ended)}, interrupted ${JSON.stringify(one.interrupted)}, longest call ${report.longestWorkMillis.toFixed(1)} ms`,
    `  application: errors ${JSON.stringify(applicationErrors)}, told ${JSON.stringify(report.told)}, ${JSON.stringify(report.spans)}`,
  ].join('\n');
}

/** Seconds are told from when the fault began. */
function describeAttribution({ component, cause, lost, bound, window }: Attribution, faultAt: number): string {
  const [from, to] = window.map((at) => ((at - faultAt) / 1000).toFixed(1));
  return `${component}: ${lost} ${cause}, ${from ?? ''} to ${to ?? ''} s (at most ${bound})`;
}

function countsOf(counted: Readonly<Record<string, number>>): string {
  return Object.entries(counted)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}

function describeRecovery({ recoverySeconds, queryRecoverySeconds }: Endured): string {
  const spans = recoverySeconds === undefined ? 'not seen' : `${recoverySeconds.toFixed(1)} s`;
  return queryRecoverySeconds === 0 ? spans : `${spans}, queries ${queryRecoverySeconds.toFixed(1)} s`;
}

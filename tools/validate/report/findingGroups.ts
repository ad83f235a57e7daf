import type { CheckResult } from '../check.ts';
import type { Finding } from '../finding.ts';
import { worstFirst } from './report.ts';

/** Findings of one check that differ in their subjects alone. */
export interface FindingGroup {
  /** The first of them. */
  readonly finding: Finding;
  readonly subjects: readonly string[];
}

/** One reason for which several checks could not look. */
export interface SharedRefusal {
  readonly found: string;
  readonly mend: string;
  /** Ids of the checks. */
  readonly checks: readonly string[];
}

/** From so many checks on, a reason is told once for all of them. */
const fewestTogether = 3;

/** The findings of a check that are not ok, the worst first, with those put together that say the same of several subjects. */
export function unsoundGroups({ findings }: Pick<CheckResult, 'findings'>): readonly FindingGroup[] {
  const unsound = findings.filter(({ outcome }) => outcome !== 'ok');
  const groups = Map.groupBy(unsound, (finding) =>
    JSON.stringify([finding.outcome, finding.expected, finding.found, mendOf(finding)]),
  );
  return [...groups.values()]
    .flatMap((group) => {
      const [finding] = group;
      return finding === undefined ? [] : [{ finding, subjects: group.map(({ subject }) => subject) }];
    })
    .sort((one, other) => worstFirst.indexOf(one.finding.outcome) - worstFirst.indexOf(other.finding.outcome));
}

/** What a person can do about a finding; the empty text of one that is ok. */
export function mendOf(finding: Finding): string {
  return finding.outcome === 'ok' ? '' : finding.mend;
}

/** Reasons for which three checks or more could see nothing at all, such as a cluster that does not run. */
export function sharedRefusals(results: readonly CheckResult[]): readonly SharedRefusal[] {
  const blind = results.filter(seesNothing);
  const groups = Map.groupBy(blind, ({ findings }) => refusalKey(findings[0]));
  return [...groups.values()].flatMap((group) => {
    const finding = group[0]?.findings[0];
    if (finding === undefined || group.length < fewestTogether) return [];
    return [{ found: finding.found, mend: mendOf(finding), checks: group.map(({ check }) => check) }];
  });
}

/** Whether a check could look at nothing, for one reason: once, or at each of its objects. */
function seesNothing({ findings }: CheckResult): boolean {
  const [first] = findings;
  return findings.every((each) => each.outcome === 'unchecked' && refusalKey(each) === refusalKey(first));
}

function refusalKey(finding: Finding | undefined): string {
  return finding === undefined ? '' : JSON.stringify([finding.found, mendOf(finding)]);
}

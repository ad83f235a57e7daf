import type { CheckResult } from '../check.ts';
import type { LockedPackage } from '../lockedPackages.ts';
import type { AcceptedAdvisory } from './acceptedAdvisories.ts';
import type { Advisory, AuditAnswer } from './auditReport.ts';

/** What an answer of the registry means. */
export interface AdvisoryJudgement {
  readonly answer: AuditAnswer;
  readonly packages: readonly LockedPackage[];
  readonly accepted: readonly AcceptedAdvisory[];
  /** Today, as `2026-01-31` (UTC). */
  readonly today: string;
}

const severe: ReadonlySet<Advisory['severity']> = new Set(['high', 'critical']);
const acceptedFile = 'tools/check/advisories/acceptedAdvisories.ts';

/**
 * Each advisory of severity high or critical is a problem, unless it is accepted today; so is an entry that accepts what
 * is not there any more. Where the registry did not answer, nothing was checked, and that is what is said.
 */
export function judgeAdvisories({ answer, packages, accepted, today }: AdvisoryJudgement): CheckResult {
  if ('unanswered' in answer)
    return {
      problems: [],
      unchecked: [
        `advisories could not be checked: the registry did not answer (${answer.unanswered}). ` +
          'Run `npm audit` where it does',
      ],
    };
  const found = answer.advisories.filter(({ severity }) => severe.has(severity));
  return {
    problems: [
      ...found.flatMap((advisory) => problemOf(advisory, packages, accepted, today)),
      ...accepted
        .filter(({ url }) => !found.some((advisory) => advisory.url === url))
        .map(({ url }) => `${acceptedFile} accepts ${url}, which concerns nothing that is locked; remove the entry`),
    ],
    unchecked: [],
  };
}

function problemOf(
  { url, title, severity, name, range, paths }: Advisory,
  packages: readonly LockedPackage[],
  accepted: readonly AcceptedAdvisory[],
  today: string,
): readonly string[] {
  const entry = accepted.find((each) => each.url === url);
  if (entry !== undefined && today <= entry.until) return [];
  const isDevelopment = packages.every(({ path, development }) => development || !paths.includes(path));
  const where = `${paths.join(', ')}, ${isDevelopment ? 'of development' : 'that our packages have in them or install'}`;
  const wasAccepted = entry === undefined ? '' : ` It was accepted until ${entry.until} (${entry.reason}).`;
  return [
    `${severity}: ${title} (${name} ${range}, in ${where}): ${url}.${wasAccepted} ` +
      `Update the package, or accept it with a reason and a day in ${acceptedFile}`,
  ];
}

import { fails, type Evaluation } from '../../policies/evaluation/evaluate.ts';
import type { Exemption } from '../../policies/evaluation/exemption.ts';
import type { Finding } from '../../policies/evaluation/finding.ts';
import type { Place } from './place.ts';

/** Something that was looked at: a stack, or manifests. */
export interface Target {
  /** `stack prod`, or `manifests`. */
  readonly name: string;
  /** Whose levels and parameters were taken. */
  readonly environment: string;
  /** The file that stands for it where nothing closer does. */
  readonly place: Place;
  /** Missing where it could not be looked at. */
  readonly evaluation?: Evaluation;
  /** What kept it, or a part of it, from being looked at. Each makes the run fail. */
  readonly errors: readonly TargetError[];
  /** What else is worth saying: `2 documents hold no Kubernetes object`. */
  readonly notes: readonly string[];
  readonly seconds: number;
  /** Where what a finding is about stands. */
  readonly placeOf: (finding: Finding) => Place;
}

/** Why something could not be looked at. */
export interface TargetError {
  readonly place: Place;
  readonly message: string;
}

/** An exemption of the configuration, and where it stands. */
export interface PlacedExemption {
  readonly exemption: Exemption;
  readonly place: Place;
}

/** All that one run of the command found. */
export interface PolicyRun {
  readonly targets: readonly Target[];
  /** Exemptions whose last day is over. Each makes the run fail. */
  readonly expired: readonly PlacedExemption[];
  /** Exemptions that nothing needs. None is named where a target could not be looked at whole. */
  readonly unused: readonly PlacedExemption[];
  /** What else is worth saying of the configuration. */
  readonly notes: readonly string[];
  /** What the rules were configured by; missing where each was taken as it is. */
  readonly configurationFile?: string;
  readonly startedAt: Date;
  readonly seconds: number;
}

/** How many findings there are of each kind. */
export interface Counts {
  /** Breaches of mandatory rules. */
  readonly mandatory: number;
  /** Mandatory rules that could not run, because a value is known only after the deployment. */
  readonly unknown: number;
  /** Rules that are broken. */
  readonly broken: number;
  /** What advisory rules say. */
  readonly advisory: number;
  readonly exempt: number;
  readonly errors: number;
}

/** Whether the command ends with an error. */
export function runFails({ targets, expired }: PolicyRun): boolean {
  return (
    expired.length > 0 ||
    targets.some(({ evaluation, errors }) => errors.length > 0 || evaluation === undefined || fails(evaluation))
  );
}

/** The counts of one target, or of several together. */
export function countFindings(targets: readonly Target[]): Counts {
  const findings = targets.flatMap(({ evaluation }) => evaluation?.findings ?? []);
  const count = (is: (finding: Finding) => boolean): number => findings.filter(is).length;
  return {
    mandatory: count(({ kind, level }) => kind === 'breach' && level === 'mandatory'),
    unknown: count(({ kind, level }) => kind === 'unknown' && level === 'mandatory'),
    broken: count(({ kind }) => kind === 'failure'),
    advisory: count(({ level }) => level === 'advisory'),
    exempt: targets.reduce((sum, { evaluation }) => sum + (evaluation?.exempted.length ?? 0), 0),
    errors: targets.reduce((sum, { errors }) => sum + errors.length, 0),
  };
}

/** `2 mandatory, 1 unknown, 5 advisory`; what there is none of is left out. */
function describeCounts(counts: Counts): string {
  const { errors, ...others } = counts;
  const parts = Object.entries(others).filter(([, count]) => count > 0);
  const words = parts.map(([kind, count]) => `${count} ${kind}`);
  if (errors > 0) words.unshift(errors === 1 ? '1 error' : `${errors} errors`);
  return words.join(', ') || 'nothing found';
}

/** One sentence on the whole run. */
export function describeResult(run: PolicyRun): string {
  const { expired } = run;
  const counts = describeCounts(countFindings(run.targets));
  const exemptions = expired.length === 0 ? '' : `, ${plural(expired.length, 'exemption')} expired`;
  return `${runFails(run) ? 'FAILED' : 'passed'}: ${counts}${exemptions}`;
}

/** `1 object`, `2 objects`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

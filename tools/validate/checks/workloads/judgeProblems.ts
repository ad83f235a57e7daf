import type { PlacedProblem } from '../../../kube/workload.ts';
import { describeObject } from '../../declaredObject.ts';
import type { Finding } from '../../finding.ts';

/** How problems become findings. */
export interface ProblemWords {
  /** What is true of each that has no problem. */
  readonly expected: string;
  readonly describe: (problem: PlacedProblem) => string;
  readonly mend: string;
}

/** A finding for each subject without a problem, and for each problem, as `npm run status` knows them. */
export function judgeProblems(
  subjects: readonly string[],
  problems: readonly PlacedProblem[],
  { expected, describe, mend }: ProblemWords,
): Finding[] {
  const faulty = new Set(problems.map(placeOf));
  return [
    ...subjects
      .filter((subject) => !faulty.has(subject))
      .map((subject): Finding => ({ outcome: 'ok', subject, expected, found: expected })),
    ...problems.map((problem): Finding => ({
      outcome: 'failed',
      subject: placeOf(problem),
      expected,
      found: describe(problem),
      mend,
    })),
  ];
}

function placeOf({ kind, namespace, name }: PlacedProblem): string {
  return describeObject({ kind, name, ...(namespace === '' ? {} : { namespace }) });
}

import { countFindings, type Target } from '../policyRun.ts';

/** What stands over the columns of {@link countRow}; name and environment come before. */
export const countHeads = [
  'objects',
  'rules',
  'mandatory',
  'unknown',
  'broken',
  'advisory',
  'exempt',
  'errors',
] as const;

/** The numbers of a stack, or of manifests, in the order of {@link countHeads}. */
export function countRow(target: Target): readonly number[] {
  const { mandatory, unknown, broken, advisory, exempt, errors } = countFindings([target]);
  const { objects = 0, rules = [] } = target.evaluation ?? {};
  return [objects, rules.length, mandatory, unknown, broken, advisory, exempt, errors];
}

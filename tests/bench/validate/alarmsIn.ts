import { findingsIn, type ValidateReport } from '../../support/validate/validateStack.ts';

/**
 * What a report on a sound stack must not have: what failed, and what was left unexamined. A validate that reaches nothing is quick,
 * and names nothing as failed.
 */
export function alarmsIn(report: ValidateReport): readonly string[] {
  return [
    ...findingsIn(report, 'failed'),
    ...findingsIn(report, 'unchecked').map((finding) => `unchecked: ${finding}`),
    ...(report.ended === null ? [] : [`it ended before it was done: ${report.ended}`]),
    ...(report.results.length === 0 ? ['nothing was examined'] : []),
  ];
}

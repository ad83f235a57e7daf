import { field, text } from '../../kubernetes/fields.ts';
import type { Workload } from '../../kubernetes/workloads.ts';

/** The ServiceAccount that pods name; `undefined` where they name none, so that they get `default`. @throws UnknownFieldError */
export function serviceAccountOf(workload: Workload | undefined): string | undefined {
  // The API server still takes the old name of the field.
  const name = text(field(workload?.podSpec, 'serviceAccountName')) ?? text(field(workload?.podSpec, 'serviceAccount'));
  return name === '' ? undefined : name;
}

import { textTable } from './report/textTable.ts';
import type { Check, Component, Need } from './check.ts';
import { needOptions } from './report/notRun.ts';

/** A check as `--list` tells of it. */
export interface ListedCheck {
  readonly check: string;
  readonly component: Component;
  readonly needs: readonly Need[];
  readonly title: string;
}

/** Checks in their order. */
export function listChecks(checks: readonly Check[]): readonly ListedCheck[] {
  return checks.map(({ id, component, needs = [], title }) => ({ check: id, component, needs: [...needs], title }));
}

/** {@link listChecks} as a table for a terminal. */
export function describeChecks(checks: readonly Check[]): string {
  const rows = listChecks(checks).map(({ check, component, needs, title }) => [
    component,
    check,
    needs.map((need) => needOptions[need]).join(', '),
    title,
  ]);
  return textTable({
    title: 'checks',
    columns: ['component', 'check', 'needs', 'what is true of a sound deployment'],
    rows,
  });
}

import type { Need } from '../check.ts';
import type { NotRun } from '../runChecks.ts';

/** How each need is written on the command line. */
export const needOptions: Readonly<Record<Need, string>> = {
  active: '--active',
  prometheus: '--prometheus URL',
  dashboard: '--dashboard URL',
};

/** Why checks were not run, a line for each reason. */
export function describeNotRun(notRun: readonly NotRun[]): readonly string[] {
  const groups = Map.groupBy(notRun, reasonOf);
  return [...groups].map(([reason, checks]) => `not run, ${reason}: ${checks.map(({ check }) => check).join(', ')}`);
}

/** Why a check was not run, in a few words. */
export function reasonOf({ why, needs }: NotRun): string {
  switch (why) {
    case 'needs':
      return `needs ${needs.map((need) => needOptions[need]).join(' and ')}`;
    case 'absent':
      return 'this deployment has none of it';
    case 'ended':
      return 'ended before';
  }
}

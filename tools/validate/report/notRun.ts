import type { Need } from '../check.ts';
import type { NotRun } from '../runChecks.ts';

/** How each need is written on the command line. */
export const needOptions: Readonly<Record<Need, string>> = {
  active: '--active',
  prometheus: '--prometheus URL',
  dashboard: '--dashboard URL',
};

/** Checks that were not run for the same reason. */
export interface NotRunGroup {
  readonly reason: string;
  /** Their ids. */
  readonly checks: readonly string[];
}

/** Checks that were not run, by their reasons. */
export function groupNotRun(notRun: readonly NotRun[]): readonly NotRunGroup[] {
  return [...Map.groupBy(notRun, reasonOf)].map(([reason, own]) => ({ reason, checks: own.map(({ check }) => check) }));
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

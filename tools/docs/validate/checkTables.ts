import type { Check } from '../../validate/check.ts';
import type { Probe } from '../../validate/probe.ts';
import { needOptions } from '../../validate/report/notRun.ts';
import { code, prose, table } from '../markdown.ts';

/** Every check, what it needs, and what it holds for sound. */
export function checkTable(checks: readonly Check[]): string {
  return table(
    ['component', 'check', 'needs', 'what is true of a sound deployment'],
    checks.map(({ component, id, needs = [], title }) => [
      component,
      code(id),
      needs.map((need) => code(needOptions[need])).join(', '),
      prose(title),
    ]),
  );
}

/** Every probe, and what it does. */
export function probeTable(probes: readonly Probe[]): string {
  return table(
    ['option', 'what it does'],
    probes.map(({ name, description }) => [code(`--${name}`), prose(description)]),
  );
}

import type { Outcome } from '../finding.ts';

/** How a page names each outcome. */
export const outcomeTitles: Readonly<Record<Outcome, string>> = {
  ok: 'ok',
  warning: 'warning',
  unchecked: 'could not be checked',
  failed: 'failed',
};

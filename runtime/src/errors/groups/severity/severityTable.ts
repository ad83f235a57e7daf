import type { ErrorCategory } from '../../errorCategory.ts';
import { ERROR_SEVERITIES, type ErrorSeverity } from '../../errorSeverity.ts';

/**
 * How bad an error of a category is that the application has dealt with and that hits few; where it has not dealt with it, see
 * `tableSeverity`.
 *
 * | category | severity | not handled | why |
 * |---|---|---|---|
 * | system | high | high | the process lacks memory, disk or files: more will fail |
 * | database | high | high | data may not be read or written |
 * | network | medium | high | mostly passes, and is tried again |
 * | authentication | medium | high | somebody is kept out, or somebody tries to get in |
 * | validation | low | medium | the caller's mistake |
 * | business_logic | medium | high | a rule of the application was broken |
 * | external_service | medium | high | another's failure |
 * | unknown | medium | high | nobody knows |
 */
const CATEGORY_SEVERITIES: Readonly<Record<ErrorCategory, ErrorSeverity>> = {
  system: 'high',
  database: 'high',
  network: 'medium',
  authentication: 'medium',
  validation: 'low',
  business_logic: 'medium',
  external_service: 'medium',
  unknown: 'medium',
};

/** What else severity goes by. */
export interface SeverityGrounds {
  readonly category: ErrorCategory;
  /** Whether an error was let through, which the application has not dealt with. */
  readonly isUnhandled: boolean;
  /** Whether there was one that nobody caught, thrown or rejected: it ends the process. */
  readonly endsProcess: boolean;
  readonly isFrequent: boolean;
  readonly hitsMany: boolean;
}

/**
 * The severity of the category; one higher where an error was not handled, up to `high`; from there one higher for each that is
 * true: errors are frequent, many users are hit. So `critical` is what has gone wrong often or for many, and not what went wrong
 * once. What ends the process, as nobody caught it, is `critical`, exceptions and rejections alike.
 */
export function tableSeverity(grounds: SeverityGrounds): ErrorSeverity {
  if (grounds.endsProcess) return 'critical';
  const ofCategory = ERROR_SEVERITIES.indexOf(CATEGORY_SEVERITIES[grounds.category]);
  const isRaised = grounds.isUnhandled && ofCategory < ERROR_SEVERITIES.indexOf('high');
  const steps = Number(isRaised) + Number(grounds.isFrequent) + Number(grounds.hitsMany);
  return ERROR_SEVERITIES[ofCategory + steps] ?? 'critical';
}

/** Whether the first is worse than the second. */
export function isWorse(first: ErrorSeverity, second: ErrorSeverity): boolean {
  return ERROR_SEVERITIES.indexOf(first) > ERROR_SEVERITIES.indexOf(second);
}

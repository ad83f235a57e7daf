import { answerAtOnce } from '../../../core/answerAtOnce.ts';
import { isRecord } from '../../../core/isRecord.ts';
import { type OptionKind, type OptionKinds, FUNCTION, oneOf, optionProblems } from '../../../core/optionKinds.ts';
import type { CapturedError } from '../../capturedError.ts';
import { ERROR_CATEGORIES, type ErrorCategory } from '../../errorCategory.ts';
import { ERROR_SEVERITIES, type ErrorSeverity } from '../../errorSeverity.ts';

/** Gives errors that are like all that is said of them a severity, instead of the table's. */
export interface SeverityRule {
  readonly severity: ErrorSeverity;
  readonly category?: ErrorCategory;
  /** The error's type, as it is: `TypeError`. */
  readonly type?: string;
  /** The error's code, as it is: `ECONNREFUSED`. */
  readonly code?: string;
  /** The operation of the request, as it is: `POST /orders/:id`. */
  readonly operation?: string;
  /** Whether the rule is meant; called last. Where it throws or returns a promise, the rule does not fit. */
  readonly when?: (captured: CapturedError) => boolean;
}

const MOST_RULES = 1000;
const TEXT: OptionKind = { allowed: 'a text', accepts: (value) => typeof value === 'string' };

const RULE: OptionKinds<SeverityRule> = {
  severity: oneOf(ERROR_SEVERITIES),
  category: oneOf(ERROR_CATEGORIES),
  type: TEXT,
  code: TEXT,
  operation: TEXT,
  when: FUNCTION,
};

/** What a list of rules may be. */
export const SEVERITY_RULES: OptionKind = {
  allowed: `an array of at most ${MOST_RULES} objects, each with a severity (${ERROR_SEVERITIES.join(', ')})`,
  accepts: (value) =>
    Array.isArray(value) &&
    value.length <= MOST_RULES &&
    value.every((rule) => isRecord(rule) && rule['severity'] !== undefined),
  problemsIn: (value, option) =>
    Array.isArray(value) ? value.flatMap((rule, index) => optionProblems(rule, RULE, `${option}.${index}`)) : [],
};

/** The severity that the first rule gives which fits; `undefined` where none does. */
export function ruledSeverity(
  rules: readonly SeverityRule[],
  captured: CapturedError,
  category: ErrorCategory,
  onError: (error: unknown) => void,
): ErrorSeverity | undefined {
  return rules.find((rule) => fits(rule, captured, category, onError))?.severity;
}

function fits(
  rule: SeverityRule,
  captured: CapturedError,
  category: ErrorCategory,
  onError: (error: unknown) => void,
): boolean {
  const isLike =
    (rule.category === undefined || rule.category === category) &&
    (rule.type === undefined || rule.type === captured.error.type) &&
    (rule.code === undefined || rule.code === captured.error.code) &&
    (rule.operation === undefined || rule.operation === captured.request.operation);
  if (!isLike || rule.when === undefined) return isLike;
  try {
    return answerAtOnce(() => rule.when?.(captured)) === true;
  } catch (error) {
    onError(error);
    return false;
  }
}

import { isRecord } from '../../core/isRecord.ts';
import { FUNCTION, oneOf, type OptionKind, type OptionKinds, optionProblems } from '../../core/optionKinds.ts';
import { CAPTURE_SOURCES, type CaptureSource } from '../capturedError.ts';
import { ERROR_CATEGORIES, type ErrorCategory } from '../errorCategory.ts';
import type { ErrorFacts } from '../errorFacts.ts';
import type { Classifiable } from './classification.ts';

/**
 * A rule of the application's: errors that are like all that is said of them are of its category. It is asked of the error
 * itself, then of its causes and of the errors that it aggregates, and comes before the rules that are built in.
 */
export interface ErrorRule {
  /** Told beside the category, and in what is told of a rule that throws; 1 to 128 characters. */
  readonly name: string;
  readonly category: ErrorCategory;
  /** One of the error's classes, or its type: `InsufficientStockError`. */
  readonly type?: string;
  /** The error's code, as it is. */
  readonly code?: string;
  /** The HTTP status that the error names, 100 to 599. */
  readonly status?: number;
  /** What the message contains, or has to match. Expressions are the application's: one that takes long, takes long. */
  readonly message?: string | RegExp;
  readonly source?: CaptureSource;
  /** The operation of the request, as it is: `POST /orders/:id`. */
  readonly operation?: string;
  /**
   * Whether the rule is meant; called last, and only `true` counts. Where it throws, the rule does not fit, and that is told
   * once.
   */
  readonly matches?: (error: ErrorFacts, captured: Classifiable) => boolean;
}

const MOST_RULES = 1000;
const LONGEST_NAME = 128;
const TEXT: OptionKind = { allowed: 'a text', accepts: (value) => typeof value === 'string' };

const RULE: OptionKinds<ErrorRule> = {
  name: {
    allowed: `a text of 1 to ${LONGEST_NAME} characters`,
    accepts: (value) => typeof value === 'string' && value.length > 0 && value.length <= LONGEST_NAME,
  },
  category: oneOf(ERROR_CATEGORIES),
  type: TEXT,
  code: TEXT,
  status: {
    allowed: 'a whole number from 100 to 599',
    accepts: (value) => typeof value === 'number' && Number.isInteger(value) && value >= 100 && value <= 599,
  },
  message: {
    allowed: 'a text or a regular expression',
    accepts: (value) => typeof value === 'string' || value instanceof RegExp,
  },
  source: oneOf(CAPTURE_SOURCES),
  operation: TEXT,
  matches: FUNCTION,
};

const CONDITIONS: readonly (keyof ErrorRule)[] = [
  'type',
  'code',
  'status',
  'message',
  'source',
  'operation',
  'matches',
];

/** What a list of rules may be. */
export const CLASSIFICATION_RULES: OptionKind = {
  allowed: `an array of at most ${MOST_RULES} objects, each with a name, a category (${ERROR_CATEGORIES.join(', ')}) and at least one of ${CONDITIONS.join(', ')}`,
  accepts: (value) => Array.isArray(value) && value.length <= MOST_RULES && value.every(isWhole),
  problemsIn: (value, option) =>
    Array.isArray(value) ? value.flatMap((rule, index) => optionProblems(rule, RULE, `${option}.${index}`)) : [],
};

function isWhole(rule: unknown): boolean {
  return (
    isRecord(rule) &&
    rule['name'] !== undefined &&
    rule['category'] !== undefined &&
    CONDITIONS.some((name) => rule[name] !== undefined)
  );
}

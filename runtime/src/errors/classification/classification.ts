import type { CapturedError } from '../capturedError.ts';
import type { ErrorCategory } from '../errorCategory.ts';
import type { ErrorFacts } from '../errorFacts.ts';

/** What an error is about, and which rule said so. Frozen. */
export interface Classification {
  readonly category: ErrorCategory;
  /** `postgres.sqlState`, the name of a rule that a user added, or `none` where no rule knew. */
  readonly rule: string;
}

/** What of a captured error its category goes by. */
export type Classifiable = Pick<CapturedError, 'error' | 'source' | 'isHandled' | 'request' | 'context'>;

/**
 * What one set of rules says of one error, not of its causes: `undefined` where it does not know. Never throws, and looks at
 * nothing but its arguments.
 */
export type RuleSet = (error: ErrorFacts, captured: Classifiable) => Classification | undefined;

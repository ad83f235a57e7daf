import type { ErrorCategory } from './errorCategory.ts';
import type { ErrorSeverity } from './errorSeverity.ts';

/** How many errors of a kind were captured. */
export interface ErrorTotal {
  readonly category: ErrorCategory;
  /** Of its group, when it was captured: that it ends the process is known only later of most. */
  readonly severity: ErrorSeverity;
  /** As it was when it was captured, too. */
  readonly isHandled: boolean;
  readonly errors: number;
}

/** Counts errors by what of them is low in number: a counter for each kind that there is. */
export class ErrorTotals {
  readonly #totals = new Map<string, { -readonly [Name in keyof ErrorTotal]: ErrorTotal[Name] }>();

  add(category: ErrorCategory, severity: ErrorSeverity, isHandled: boolean): void {
    const key = `${category} ${severity} ${isHandled}`;
    const total = this.#totals.get(key);
    if (total === undefined) this.#totals.set(key, { category, severity, isHandled, errors: 1 });
    else total.errors += 1;
  }

  rows(): readonly ErrorTotal[] {
    return Array.from(this.#totals.values(), (total) => ({ ...total }));
  }
}

import { ERROR_CATEGORIES, type ErrorCategory } from '../errorCategory.ts';
import type { Classification } from './classification.ts';
import { remembered } from './remembered.ts';

/** Names by the category that they tell. */
export type CodesByCategory = Readonly<Partial<Record<ErrorCategory, readonly string[]>>>;

/** What each name tells. A `Map`: names come from strangers, and `__proto__` is one. */
export function codeTable(rule: string, codes: CodesByCategory): ReadonlyMap<string, Classification> {
  const table = new Map<string, Classification>();
  for (const category of ERROR_CATEGORIES) {
    const classification = classificationOf(category, rule);
    for (const code of codes[category] ?? []) table.set(code, classification);
  }
  return table;
}

/** What each beginning of a name tells; the longest that fits counts, whatever their order. */
export function prefixTable(rule: string, prefixes: CodesByCategory): (name: string) => Classification | undefined {
  const entries = [...codeTable(rule, prefixes)].sort(([first], [second]) => second.length - first.length);
  return remembered((name) => entries.find(([prefix]) => name.startsWith(prefix))?.[1]);
}

/** One answer, made once: the same object is handed out for every error that it is true of. */
export function classificationOf(category: ErrorCategory, rule: string): Classification {
  return Object.freeze({ category, rule });
}

/** Whether any of the names is one of those that are meant. A loop: it runs for every error that is captured. */
export function hasAny(names: readonly string[], meant: ReadonlySet<string>): boolean {
  for (const name of names) if (meant.has(name)) return true;
  return false;
}

/** Alert rules as a file for Prometheus has them, of which the times are read. */
export interface TimedRules<Rule extends { readonly expr: string; readonly for: string }> {
  readonly groups: readonly { readonly name: string; readonly rules: readonly Rule[] }[];
}

/** What the times of rules are multiplied by. */
export interface Haste {
  /** How long an alert's expression must hold (`for`). */
  readonly waiting: number;
  /** How far expressions look back. @defaultValue 1 */
  readonly lookingBack?: number;
}

/** The rules for those who have no hours: their expressions are the same but for the times in them. */
export function hastened<Rule extends { readonly expr: string; readonly for: string }>(
  { groups }: TimedRules<Rule>,
  { waiting, lookingBack = 1 }: Haste,
): TimedRules<Rule> {
  // Prometheus takes whole numbers.
  const scaled = (minutes: string, by: number): string => `${Math.round(Number(minutes) * 60_000 * by)}ms`;
  const within = (expr: string, time: RegExp): string =>
    lookingBack === 1
      ? expr
      : expr.replace(time, (_, before: string, minutes: string) => before + scaled(minutes, lookingBack));
  return {
    groups: groups.map(({ name, rules }) => ({
      name,
      rules: rules.map((rule) => ({
        ...rule,
        for: rule.for.replace(/^(\d+)m$/, (_, minutes: string) => scaled(minutes, waiting)),
        expr: within(rule.expr, /(\[|offset )(\d+)m\b/g),
      })),
    })),
  };
}

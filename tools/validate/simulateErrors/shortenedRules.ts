import * as z from 'zod';

const rule = z.looseObject({ alert: z.string(), expr: z.string(), for: z.string() });
const rulesFile = z.object({ groups: z.array(z.looseObject({ name: z.string(), rules: z.array(rule) })) });

/** Files of alert rules, as Prometheus reads them. */
export type RulesFile = z.infer<typeof rulesFile>;

/**
 * The stack's rules for those who have no quarter of an hour: the same expressions, which look back, and wait, for so many milliseconds where
 * they say a minute.
 *
 * @throws ZodError for what is no file of rules.
 */
export function shortenedRules(file: unknown, minuteMillis: number): RulesFile {
  const { groups } = rulesFile.parse(file);
  const shortened = (text: string): string => `${Math.round(Number(text) * minuteMillis)}ms`;
  return {
    groups: groups.map((group) => ({
      ...group,
      rules: group.rules.map((given) => ({
        ...given,
        expr: given.expr.replaceAll(
          /(\[|offset )(\d+)m\b/g,
          (_, before: string, minutes: string) => before + shortened(minutes),
        ),
        for: given.for.replace(/^(\d+)m$/, (_, minutes: string) => shortened(minutes)),
      })),
    })),
  };
}

import { environments } from '../../infra/schema/environments.ts';
import { resolveSettings, type PolicyConfiguration } from '../../policies/configuration/resolveSettings.ts';
import type { Rule } from '../../policies/rule.ts';
import Table from 'cli-table3';

/** A rule for a list of rules. */
export interface ListedRule {
  readonly name: string;
  readonly asks: string;
  readonly severity: string;
  readonly subject: string;
  /** What a breach does, by environment. */
  readonly levels: Readonly<Record<string, string>>;
  readonly parameters: Rule['parameters'];
  readonly link: string;
}

/** Rules with their levels in each environment that anybody speaks of. */
export function listRules(rules: readonly Rule[], configuration: PolicyConfiguration): readonly ListedRule[] {
  const all = [...new Set([...environments, ...Object.keys(configuration.environments ?? {})])];
  const settings = all.map((environment) => [environment, resolveSettings(rules, configuration, environment)] as const);
  return rules.map((rule) => {
    const { name, asks, severity, subject, parameters, link } = rule;
    const levels = Object.fromEntries(settings.map(([environment, of]) => [environment, of(rule).level]));
    return { name, asks, severity, subject, levels, parameters, link };
  });
}

/** The same for a terminal. */
export function describeRules(rules: readonly ListedRule[]): string {
  const names = Object.keys(rules[0]?.levels ?? {});
  const table = new Table({
    head: ['rule', 'severity', ...names, 'asks'],
    colWidths: [null, null, ...names.map(() => null), 82],
    wordWrap: true,
    style: { head: [], border: [], compact: true },
  });
  for (const { name, severity, levels, asks } of rules)
    table.push([name, severity, ...names.map((environment) => levels[environment]), asks]);
  return table.toString();
}

import type { KubernetesObject } from '../kubernetes/object.ts';
import type { Rule } from '../rule.ts';
import { checkRule } from './checkRule.ts';
import { isExpired, matches, type Exemption } from './exemption.ts';
import type { ExemptedFinding, Finding, RuleSettings } from './finding.ts';

/** What the rules say of some objects. */
export interface Evaluation {
  /** How many objects were looked at. */
  readonly objects: number;
  /** Rules that were asked. */
  readonly rules: readonly Rule[];
  readonly findings: readonly Finding[];
  readonly exempted: readonly ExemptedFinding[];
  /** Exemptions whose last day is over: each is a failure, whether it would still be needed or not. */
  readonly expired: readonly Exemption[];
  /** Exemptions that nothing needs, those of rules that are not asked included. */
  readonly unused: readonly Exemption[];
}

/** How rules are applied: the settings of each. */
export type Settings = (rule: Rule) => RuleSettings;

/** Asks every rule that is not disabled about every object, and takes out what is exempt. */
export function evaluate(
  rules: readonly Rule[],
  objects: readonly KubernetesObject[],
  settings: Settings,
  now: Date,
): Evaluation {
  const asked = rules.filter((rule) => settings(rule).level !== 'disabled');
  const all = asked.flatMap((rule) => checkRule(rule, objects, settings(rule)));
  const exemptions = rules.flatMap((rule) => settings(rule).exemptions);
  const holding = exemptions.filter((exemption) => !isExpired(exemption, now));
  const judged = all.map((finding) => ({ finding, exemption: exemptionOf(finding, holding) }));
  const exempted = judged.filter((one): one is ExemptedFinding => one.exemption !== undefined);
  const used = new Set(exempted.map(({ exemption }) => exemption));
  return {
    objects: objects.length,
    rules: asked,
    findings: judged.filter(({ exemption }) => exemption === undefined).map(({ finding }) => finding),
    exempted,
    expired: exemptions.filter((exemption) => isExpired(exemption, now)),
    unused: holding.filter((exemption) => !used.has(exemption)),
  };
}

/** Whether the run that an evaluation was made for fails. */
export function fails({ findings, expired }: Evaluation): boolean {
  return expired.length > 0 || findings.some(({ level }) => level === 'mandatory');
}

/** The exemption that takes a finding out; a rule that is broken, none does. */
export function exemptionOf(finding: Finding, holding: readonly Exemption[]): Exemption | undefined {
  const { object, kind, rule } = finding;
  if (object === undefined || kind === 'failure') return undefined;
  return holding.find((exemption) => exemption.rule === rule.name && matches(exemption, object));
}

import type { Rule } from '../../../policies/rule.ts';
import type { RuleGroup } from '../../../policies/rules/ruleGroups.ts';

/** A rule and where it is written. */
export interface SourcedRule {
  readonly rule: Rule;
  /** From the root of the repository: `policies/rules/stack/hpaReplicas.ts`. */
  readonly file: string;
}

/** The rules of a group with their files, which are named after them. */
export function sourcedRules({ folder, rules }: RuleGroup): readonly SourcedRule[] {
  return rules.map((rule) => ({ rule, file: `policies/rules/${folder}/${camelCase(rule.name)}.ts` }));
}

/** `hpa-replicas` as a name of code: `hpaReplicas`. */
export function camelCase(kebabCase: string): string {
  return kebabCase.replaceAll(/-([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}

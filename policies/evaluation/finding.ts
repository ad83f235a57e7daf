import type { Exemption } from './exemption.ts';
import type { KubernetesObject } from '../kubernetes/object.ts';
import type { Level, Problem, Rule } from '../rule.ts';

/** How a rule is applied in one environment. */
export interface RuleSettings {
  readonly level: Level;
  /** Each parameter of the rule, whole. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Those that name this rule. */
  readonly exemptions: readonly Exemption[];
}

/** What a rule says of an object. */
export interface Finding extends Problem {
  readonly rule: Rule;
  /** Never `disabled`: such a rule is not asked. */
  readonly level: Exclude<Level, 'disabled'>;
  /** `breach` of the rule; `unknown`: a preview cannot know a value that the rule reads; `failure`: the rule itself is broken. */
  readonly kind: 'breach' | 'unknown' | 'failure';
  /** Missing where a rule about objects together has failed. */
  readonly object?: KubernetesObject;
}

/** A finding that an exemption takes out of the result. */
export interface ExemptedFinding {
  readonly finding: Finding;
  readonly exemption: Exemption;
}

/** A finding as one sentence: object, container, field, what is wrong, and how it would be right. */
export function describeFinding({ object, container, path, problem, fix }: Finding): string {
  const where =
    object === undefined ? '' : `${object.identity}${container === undefined ? '' : `, container "${container}"`}: `;
  return `${where}${path === '' ? 'it' : path} ${problem}. Fix: ${fix}`;
}

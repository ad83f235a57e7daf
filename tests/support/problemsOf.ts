import { checkObject, checkStack } from '../../policies/evaluation/checkRule.ts';
import { describeFinding, type Finding } from '../../policies/evaluation/finding.ts';
import type { KubernetesObject } from '../../policies/kubernetes/object.ts';
import { defaultParameters } from '../../policies/parameters.ts';
import type { Rule } from '../../policies/rule.ts';
import { manifestObjects } from './manifestObjects.ts';

/** What a rule finds in objects or in YAML, with its defaults but for the parameters that are named. */
export function findingsOf(
  rule: Rule,
  manifests: string | readonly KubernetesObject[],
  parameters: Readonly<Record<string, unknown>> = {},
): readonly Finding[] {
  const objects = typeof manifests === 'string' ? manifestObjects(manifests) : manifests;
  const settings = {
    level: 'mandatory' as const,
    parameters: { ...defaultParameters(rule.parameters), ...parameters },
    exemptions: [],
  };
  if (rule.subject === 'stack') return [...checkStack(rule, objects, settings)];
  return objects.flatMap((object) => [...checkObject(rule, object, settings)]);
}

/** The same as sentences. */
export function problemsOf(...args: Parameters<typeof findingsOf>): readonly string[] {
  return findingsOf(...args).map(describeFinding);
}

import { KubernetesObject } from '../../../../../policies/kubernetes/object.ts';
import { workloadKinds } from '../../../../../policies/kubernetes/workloads.ts';
import type { Rule } from '../../../../../policies/rule.ts';
import { podSecurityRules } from '../../../../../policies/rules/podSecurity/podSecurityRules.ts';

/** What the engine sends for a text that is known only after the deployment. */
export const unknownValue = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

/** A Pod as an object. @param spec - Of any shape. */
export function podOf(spec: unknown, annotations?: unknown): KubernetesObject {
  return workloadOfKind('Pod', { metadata: { annotations }, spec });
}

/** What a workload says of its pods, of any shape. */
export interface PodTemplate {
  readonly metadata: { readonly annotations: unknown };
  readonly spec: unknown;
}

/** An object of a kind that makes pods. */
export function workloadOfKind(kind: string, template: PodTemplate): KubernetesObject {
  return new KubernetesObject('v1', kind, bodyOf(kind, template), { file: 'shop.yaml', line: 1 }, 'shop');
}

/** Where the pods' own fields stand in each kind of workload, before `spec` and `metadata`. */
export const templatePaths: readonly (readonly [kind: string, path: string])[] = workloadKinds.map((kind) => {
  if (kind === 'Pod') return [kind, ''];
  if (kind === 'PodTemplate') return [kind, 'template.'];
  return [kind, kind === 'CronJob' ? 'spec.jobTemplate.spec.template.' : 'spec.template.'];
});

/** A rule by its name. @throws Error where there is none. */
export function ruleNamed(name: string): Rule {
  const rule = podSecurityRules.find((one) => one.name === name);
  if (rule === undefined) throw new Error(`there is no rule ${name}`);
  return rule;
}

function bodyOf(kind: string, template: PodTemplate): unknown {
  const metadata = { name: 'shop' };
  if (kind === 'Pod') return { ...template, metadata: { ...metadata, ...template.metadata } };
  if (kind === 'PodTemplate') return { metadata, template };
  return { metadata, spec: kind === 'CronJob' ? { jobTemplate: { spec: { template } } } : { template } };
}

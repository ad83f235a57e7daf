import { entries, field, isPresent, text } from '../../kubernetes/fields.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import { manifest } from '../exampleYaml.ts';

/** The API group of roles and bindings. */
export const rbacGroup = 'rbac.authorization.k8s.io';

/** One rule of a role. */
export interface AccessRule {
  /** `rules[0]`. */
  readonly path: string;
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly nonResourceUrls: readonly string[];
  /** Whether it is for some objects only, by their names. */
  readonly isForNamed: boolean;
}

/** Somebody whom a binding gives a role. */
export interface Subject {
  /** `subjects[0]`. */
  readonly path: string;
  readonly kind: string;
  readonly name: string;
  /** Empty where there is none. */
  readonly namespace: string;
}

/** The rules of a role; none for another object. @throws UnknownFieldError */
export function rulesOfRole(object: KubernetesObject): readonly AccessRule[] {
  if (!isRole(object)) return [];
  return entries(field(object.body, 'rules')).map((rule, index) => ({
    path: `rules[${index}]`,
    apiGroups: textsOf(field(rule, 'apiGroups')),
    resources: textsOf(field(rule, 'resources')),
    verbs: textsOf(field(rule, 'verbs')),
    nonResourceUrls: textsOf(field(rule, 'nonResourceURLs')),
    isForNamed: entries(field(rule, 'resourceNames')).some(isPresent),
  }));
}

/** Whom a binding is for; nobody for another object. @throws UnknownFieldError */
export function subjectsOf(object: KubernetesObject): readonly Subject[] {
  if (!isBinding(object)) return [];
  return entries(field(object.body, 'subjects')).map((subject, index) => ({
    path: `subjects[${index}]`,
    kind: text(field(subject, 'kind')) ?? '',
    name: text(field(subject, 'name')) ?? '',
    namespace: text(field(subject, 'namespace')) ?? '',
  }));
}

/** Whether a list of a rule has one of some entries, or `*`. */
export function hasAny(list: readonly string[], wanted: readonly string[]): boolean {
  return list.some((entry) => entry === '*' || wanted.includes(entry));
}

/** A role with one rule. @param rule - Its fields as YAML in one line. */
export function roleWith(kind: 'Role' | 'ClusterRole', rule: string): string {
  return rbacManifest(kind, `rules:\n  - { ${rule} }`);
}

/** A binding of a ClusterRole to one subject. @param subject - Its fields as YAML in one line. */
export function bindingWith(kind: 'RoleBinding' | 'ClusterRoleBinding', role: string, subject: string): string {
  return rbacManifest(
    kind,
    `roleRef: { apiGroup: ${rbacGroup}, kind: ClusterRole, name: ${role} }\nsubjects:\n  - { ${subject} }`,
  );
}

function rbacManifest(kind: string, rest: string): string {
  const yaml = manifest(`${rbacGroup}/v1`, kind, 'shop', rest);
  return kind.startsWith('Cluster') ? yaml.replace(', namespace: shop', '') : yaml;
}

function textsOf(value: unknown): readonly string[] {
  return entries(value).filter((entry): entry is string => typeof entry === 'string');
}

function isRole(object: KubernetesObject): boolean {
  return object.is('Role', rbacGroup) || object.is('ClusterRole', rbacGroup);
}

function isBinding(object: KubernetesObject): boolean {
  return object.is('RoleBinding', rbacGroup) || object.is('ClusterRoleBinding', rbacGroup);
}

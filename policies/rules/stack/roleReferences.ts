import { field, fieldAt, text } from '../../kubernetes/fields.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import { ObjectIndex } from '../../kubernetes/objectIndex.ts';
import { eachObject } from '../../problems.ts';
import { stackRule, type Problem } from '../../rule.ts';
import { documents, manifest } from '../exampleYaml.ts';
import { elsewhereParameter, isElsewhere } from './elsewhere.ts';

const group = 'rbac.authorization.k8s.io';
const role = manifest(`${group}/v1`, 'Role', 'shop', 'rules: [{ apiGroups: [""], resources: [pods], verbs: [list] }]');
const binding = (name: string) =>
  manifest(
    `${group}/v1`,
    'RoleBinding',
    'shop',
    `roleRef: { apiGroup: ${group}, kind: Role, name: ${name} }\nsubjects: [{ kind: ServiceAccount, name: shop, namespace: shop }]`,
  );

/** Roles that bindings give are there. */
export const roleReferences = stackRule({
  name: 'role-references',
  asks: 'Every role that a RoleBinding or ClusterRoleBinding gives is in the set, one of Kubernetes itself, or named as made elsewhere.',
  severity: 'medium',
  level: 'advisory',
  rationale:
    'A binding of a role that is not there gives nothing, and whoever makes such a role later decides what it gives.',
  link: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#rolebinding-and-clusterrolebinding',
  parameters: elsewhereParameter,
  passes: documents(role, binding('shop')),
  fails: documents(role, binding('store')),
  *check(objects, { elsewhere }) {
    const roles = new ObjectIndex(objects, 'Role', group);
    const clusterRoles = new ObjectIndex(objects, 'ClusterRole', group);
    const exists = (kind: string, namespace: string, name: string) =>
      kind === 'ClusterRole'
        ? isOfKubernetes(name) || clusterRoles.find('', name) !== undefined
        : roles.find(namespace, name) !== undefined;
    const bindings = objects.filter(
      (object) => object.is('RoleBinding', group) || object.is('ClusterRoleBinding', group),
    );
    yield* eachObject(bindings, (object) => missingRole(object, exists, elsewhere));
  },
});

/** The cluster roles that every API server makes. */
function isOfKubernetes(name: string): boolean {
  return ['cluster-admin', 'admin', 'edit', 'view'].includes(name) || name.startsWith('system:');
}

function* missingRole(
  binding: KubernetesObject,
  exists: (kind: string, namespace: string, name: string) => boolean,
  elsewhere: readonly string[],
): Iterable<Problem> {
  const reference = fieldAt(binding.body, 'roleRef');
  const kind = text(field(reference, 'kind')) ?? '';
  const name = text(field(reference, 'name')) ?? '';
  const namespace = kind === 'ClusterRole' ? '' : binding.namespace;
  if (exists(kind, namespace, name) || isElsewhere(elsewhere, namespace, name)) return;
  yield {
    path: 'roleRef.name',
    problem: `is ${kind} "${name}", which the set does not have: it must be in it, or be named as made elsewhere`,
    fix: `the ${kind === '' ? 'role' : kind}, or the parameter elsewhere: ["${namespace}/${name}"]`,
  };
}

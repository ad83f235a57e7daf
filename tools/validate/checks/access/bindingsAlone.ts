import {
  RbacAuthorizationV1Api,
  type RbacV1Subject,
  type V1ClusterRole,
  type V1ClusterRoleBinding,
  type V1RoleBinding,
  type V1RoleRef,
} from '@kubernetes/client-node';
import type { People } from '../../../../infra/components/accessRoles.ts';
import type { Check } from '../../check.ts';
import { describeObject, type DeclaredObject } from '../../declaredObject.ts';
import type { Finding } from '../../finding.ts';
import { isAllowed, rightsOf } from './rights.ts';

/** A binding of a role, cluster-wide where it has no namespace. */
export interface FoundBinding {
  readonly kind: 'RoleBinding' | 'ClusterRoleBinding';
  readonly namespace?: string;
  readonly name: string;
  readonly roleRef: Pick<V1RoleRef, 'kind' | 'name'>;
  readonly subjects: readonly RbacV1Subject[];
  /** What its role gives, as {@link rightsOf} words it; nothing where the role was not looked at, or is not there. */
  readonly rights: ReadonlySet<string>;
}

/** Whose rights are judged. */
export interface JudgedPeople {
  readonly namespaces: readonly string[];
  readonly accounts: readonly Pick<DeclaredObject, 'kind' | 'namespace' | 'name'>[];
  readonly people: readonly People[];
}

/** Nobody has given the stack's accounts a role, or its people another one. */
export const bindingsAlone: Check = {
  id: 'bindings-alone',
  component: 'access',
  title:
    'no binding beside those of the stack gives more to its accounts, to its people, or to everybody in its namespaces',
  run: async ({ deployment }) => {
    const [kube, config, declared, namespaces] = await Promise.all([
      deployment.kube(),
      deployment.config(),
      deployment.declared(),
      deployment.namespaces(),
    ]);
    const rbac = kube.makeApiClient(RbacAuthorizationV1Api);
    const [some, all, roles] = await Promise.all([
      rbac.listRoleBindingForAllNamespaces(),
      rbac.listClusterRoleBinding(),
      rbac.listClusterRole(),
    ]);
    const bindings = [
      ...some.items.map((item) => bindingOf('RoleBinding', item, [])),
      ...all.items.map((item) => bindingOf('ClusterRoleBinding', item, roles.items)),
    ];
    const known = new Set(declared.map(describeObject));
    const accounts = declared.filter(({ kind }) => kind === 'ServiceAccount');
    const { viewers, operators } = config.access;
    return judgeBindings(
      bindings.filter((binding) => !known.has(describeObject(binding))),
      { namespaces, accounts, people: [viewers, operators] },
    );
  },
};

function bindingOf(
  kind: FoundBinding['kind'],
  { metadata, roleRef, subjects = [] }: V1RoleBinding | V1ClusterRoleBinding,
  roles: readonly V1ClusterRole[],
): FoundBinding {
  const { name = '', namespace } = metadata ?? {};
  const role = roles.find((each) => each.metadata?.name === roleRef.name);
  const rights = rightsOf(role?.rules);
  return { kind, name, roleRef, subjects, rights, ...(namespace === undefined ? {} : { namespace }) };
}

/** Judges all bindings that the stack has not declared: a finding for each account, each person or group, and everybody. */
export function judgeBindings(
  bindings: readonly FoundBinding[],
  { namespaces, accounts, people }: JudgedPeople,
): Finding[] {
  const inside = bindings.filter(({ namespace }) => namespace !== undefined && namespaces.includes(namespace));
  const wide = bindings.filter(({ kind }) => kind === 'ClusterRoleBinding');
  const named = namesOf(people);
  const toAll = giving(wide, isEverybody).filter(({ roleRef }) => !givenToAll.has(roleRef.name));
  return [
    ...accounts.flatMap((account) =>
      judge(
        describeObject(account),
        'no role at all',
        giving(bindings, (subject) => isAccount(subject, account)),
        [],
      ),
    ),
    ...named.flatMap(({ kind, name }) => {
      const is = (subject: RbacV1Subject): boolean => subject.kind === kind && subject.name === name;
      return judge(
        `${kind} ${name}`,
        "only the stack's own roles in its namespaces",
        giving(inside, is),
        giving(wide, is),
      );
    }),
    ...judge(
      `everybody in ${namespaces.join(' and ')}`,
      'nothing beyond what Kubernetes itself gives to all',
      [...giving(inside, isEverybody), ...toAll.filter(isGrave)],
      toAll.filter((binding) => !isGrave(binding)),
    ),
  ];
}

// What Kubernetes itself binds to everybody: to ask what one may, and what the cluster is.
const givenToAll = new Set([
  'system:basic-user',
  'system:discovery',
  'system:public-info-viewer',
  'system:service-account-issuer-discovery',
]);

// With one of these, everybody reads the stack's secrets, runs as its accounts, or changes what it has made.
const graveRights = [
  ...rights(['get', 'list', 'watch'], ['secrets']),
  ...rights(['get', 'create'], ['pods/exec', 'pods/attach', 'pods/portforward']),
  ...rights(['create'], ['serviceaccounts/token', 'pods/ephemeralcontainers']),
  ...rights(['update', 'patch', 'delete'], ['namespaces']),
  ...rights(
    ['create', 'update', 'patch', 'delete'],
    [
      'secrets',
      'configmaps',
      'services',
      'pods',
      'deployments.apps',
      'statefulsets.apps',
      'daemonsets.apps',
      'jobs.batch',
      'cronjobs.batch',
      'networkpolicies.networking.k8s.io',
      'roles.rbac.authorization.k8s.io',
      'rolebindings.rbac.authorization.k8s.io',
    ],
  ),
];

function rights(verbs: readonly string[], resources: readonly string[]): string[] {
  return verbs.flatMap((verb) => resources.map((resource) => `${verb} ${resource}`));
}

function isGrave({ rights: given }: FoundBinding): boolean {
  return graveRights.some((right) => isAllowed(right, given));
}

const everybody = new Set([
  'system:authenticated',
  'system:unauthenticated',
  'system:serviceaccounts',
  'system:anonymous',
]);

function isEverybody({ kind, name }: RbacV1Subject): boolean {
  return kind !== 'ServiceAccount' && everybody.has(name);
}

function isAccount(subject: RbacV1Subject, { namespace = '', name }: { namespace?: string; name: string }): boolean {
  if (subject.kind === 'ServiceAccount') return subject.namespace === namespace && subject.name === name;
  return (
    subject.name === `system:serviceaccounts:${namespace}` ||
    subject.name === `system:serviceaccount:${namespace}:${name}`
  );
}

function giving(bindings: readonly FoundBinding[], is: (subject: RbacV1Subject) => boolean): readonly FoundBinding[] {
  return bindings.filter(({ subjects }) => subjects.some(is));
}

function namesOf(people: readonly People[]): { readonly kind: 'User' | 'Group'; readonly name: string }[] {
  const names = (which: 'users' | 'groups'): string[] => [...new Set(people.flatMap((each) => each[which]))];
  return [
    ...names('users').map((name) => ({ kind: 'User' as const, name })),
    ...names('groups').map((name) => ({ kind: 'Group' as const, name })),
  ];
}

function judge(
  subject: string,
  expected: string,
  failed: readonly FoundBinding[],
  doubtful: readonly FoundBinding[],
): Finding[] {
  const finding = (outcome: 'failed' | 'warning', binding: FoundBinding): Finding => ({
    outcome,
    subject,
    expected,
    found: `${describeObject(binding)} gives it ${binding.roleRef.kind} ${binding.roleRef.name}`,
    mend: howToMend(binding),
  });
  if (failed.length + doubtful.length === 0) return [{ outcome: 'ok', subject, expected, found: expected }];
  return [
    ...failed.map((binding) => finding('failed', binding)),
    ...doubtful.map((binding) => finding('warning', binding)),
  ];
}

function howToMend({ kind, namespace, name }: FoundBinding): string {
  const where = namespace === undefined ? '' : ` --namespace ${namespace}`;
  return `delete it where nobody needs it: kubectl delete ${kind.toLowerCase()} ${name}${where}; who may look and act is said in the stack's configuration (access)`;
}

import type { KubernetesObject } from '../../kubernetes/object.ts';
import { objectRule } from '../../rule.ts';
import { rulesOfRole, hasAny, rbacGroup, roleWith, type AccessRule } from './roles.ts';

/** A right that leads to other rights. */
interface Escalation {
  readonly apiGroup: string;
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** What it lets somebody do. */
  readonly what: string;
  /** Whether it is one only where it holds in all namespaces. */
  readonly clusterWide?: boolean;
}

const change = ['create', 'update', 'patch'];

// Those of "RBAC Good Practices", which the rule links to, and ephemeral containers, by which a pod is entered as by exec.
const escalations: readonly Escalation[] = [
  {
    apiGroup: rbacGroup,
    resources: ['roles', 'clusterroles'],
    verbs: ['escalate'],
    what: 'put more rights into roles than they have',
  },
  {
    apiGroup: rbacGroup,
    resources: ['roles', 'clusterroles'],
    verbs: ['bind'],
    what: 'give away roles that they do not have',
  },
  {
    apiGroup: '',
    resources: ['users', 'groups', 'serviceaccounts'],
    verbs: ['impersonate'],
    what: 'act as somebody else',
  },
  { apiGroup: 'authentication.k8s.io', resources: ['uids'], verbs: ['impersonate'], what: 'act as somebody else' },
  { apiGroup: '', resources: ['serviceaccounts/token'], verbs: ['create'], what: 'make tokens of ServiceAccounts' },
  // The API server takes an exec over WebSocket for a `get`.
  { apiGroup: '', resources: ['pods/exec', 'pods/attach'], verbs: ['create', 'get'], what: 'get into containers' },
  { apiGroup: '', resources: ['pods/ephemeralcontainers'], verbs: ['update', 'patch'], what: 'get into containers' },
  { apiGroup: '', resources: ['nodes/proxy'], verbs: ['get', ...change], what: 'run commands in every pod of a node' },
  { apiGroup: '', resources: ['persistentvolumes'], verbs: ['create'], what: 'mount paths of nodes' },
  {
    apiGroup: 'admissionregistration.k8s.io',
    resources: ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'],
    verbs: change,
    what: 'read and change whatever is sent to the API server',
  },
  {
    apiGroup: 'certificates.k8s.io',
    resources: ['certificatesigningrequests/approval'],
    verbs: ['update', 'patch'],
    what: 'approve certificates in any name',
  },
  {
    apiGroup: 'certificates.k8s.io',
    resources: ['signers'],
    verbs: ['approve', 'sign'],
    what: 'approve certificates in any name',
  },
  {
    apiGroup: '',
    resources: ['namespaces'],
    verbs: ['update', 'patch'],
    what: 'take away what Pod Security asks of namespaces',
  },
  { apiGroup: '', resources: ['pods'], verbs: ['create'], what: 'run pods as any ServiceAccount', clusterWide: true },
];

/** No role gives a way to more rights. */
export const rbacEscalation = objectRule({
  name: 'rbac-escalation',
  asks: 'No role gives rights by which its subjects get more of them.',
  severity: 'high',
  level: 'advisory',
  rationale:
    "Some verbs and resources are worth more than they seem: whoever creates a ServiceAccount's token has its rights, whoever gets into a container has what it has.",
  link: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks',
  passes: roleWith('Role', 'apiGroups: [""], resources: [pods/log], verbs: [get]'),
  fails: roleWith('Role', 'apiGroups: [""], resources: [pods/exec], verbs: [create]'),
  *check(object) {
    for (const rule of rulesOfRole(object)) {
      const given = [...new Set(escalations.filter((one) => gives(rule, one, object)).map(({ what }) => what))];
      if (given.length === 0) continue;
      yield {
        path: rule.path,
        problem: `lets its subjects ${given.join(', ')}: it must give no right that leads to others`,
        fix: 'leave these verbs out, or name the objects in resourceNames',
      };
    }
  },
});

function gives(
  rule: AccessRule,
  { apiGroup, resources, verbs, clusterWide }: Escalation,
  object: KubernetesObject,
): boolean {
  if (clusterWide === true && !object.is('ClusterRole', rbacGroup)) return false;
  return (
    !rule.isForNamed &&
    hasAny(rule.apiGroups, [apiGroup]) &&
    hasAny(rule.resources, resources) &&
    hasAny(rule.verbs, verbs)
  );
}

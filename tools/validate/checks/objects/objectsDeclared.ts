import { KubernetesObjectApi, type KubernetesObject, type V1NetworkPolicy } from '@kubernetes/client-node';
import { ownPart, partOfLabel } from '../../../../infra/kubernetes/labels.ts';
import type { Check } from '../../check.ts';
import { describeObject, type DeclaredObject } from '../../declaredObject.ts';
import type { Finding } from '../../finding.ts';
import { describeRefusal } from '../../refusal.ts';

/** What is looked through, where it has our labels. Policies count whoever has made them: policies-alone. */
const kinds = [
  { apiVersion: 'v1', kind: 'ConfigMap' },
  { apiVersion: 'v1', kind: 'Secret' },
  { apiVersion: 'v1', kind: 'Service' },
  { apiVersion: 'v1', kind: 'ServiceAccount' },
  { apiVersion: 'v1', kind: 'Pod' },
  { apiVersion: 'apps/v1', kind: 'Deployment' },
  { apiVersion: 'apps/v1', kind: 'StatefulSet' },
  { apiVersion: 'apps/v1', kind: 'DaemonSet' },
  { apiVersion: 'apps/v1', kind: 'ReplicaSet' },
  { apiVersion: 'batch/v1', kind: 'CronJob' },
  { apiVersion: 'batch/v1', kind: 'Job' },
  { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' },
  { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' },
  { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role' },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding' },
] as const;

/** Nothing in the stack's namespaces has its labels that the stack does not know of. */
export const objectsDeclared: Check = {
  id: 'objects-declared',
  component: 'objects',
  title: 'nothing in the namespaces of the stack goes by its labels that it has not declared',
  run: async ({ deployment }) => {
    const [kube, namespaces, declared] = await Promise.all([
      deployment.kube(),
      deployment.namespaces(),
      deployment.declared(),
    ]);
    const api = KubernetesObjectApi.makeApiClient(kube);
    const looks = namespaces.flatMap((namespace) =>
      kinds.map(async (kind) =>
        judgeKind(api, { ...kind, namespace, selector: `${partOfLabel}=${ownPart}` }, declared),
      ),
    );
    return (await Promise.all(looks)).flat();
  },
};

/** A kind of objects in a namespace; with a selector, those alone that it fits. */
interface KindInNamespace {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly selector?: string | undefined;
}

/** Lists what there is of a kind in a namespace, and judges it by {@link judgeUndeclared}; what may not be listed is `unchecked`. */
export async function judgeKind(
  api: KubernetesObjectApi,
  { apiVersion, kind, namespace, selector }: KindInNamespace,
  declared: readonly DeclaredObject[],
): Promise<Finding[]> {
  const subject = `every ${kind} in namespace ${namespace}`;
  const none = undefined;
  try {
    const { items } = await api.list(apiVersion, kind, namespace, none, none, none, none, selector);
    // Items of a list do not say what they are.
    const objects = items.map((item) => ({ ...item, apiVersion, kind }));
    return judgeUndeclared(subject, objects, declared);
  } catch (error) {
    return [{ outcome: 'unchecked', subject, expected: 'declared by the stack', ...describeRefusal(error) }];
  }
}

/** Judges what there is of a kind in a namespace: a finding for each object that nobody has declared, or one that there is none. */
export function judgeUndeclared(
  subject: string,
  items: readonly KubernetesObject[],
  declared: readonly DeclaredObject[],
): Finding[] {
  const known = new Set(declared.map(describeObject));
  const unknown = items.filter((item) => !known.has(nameOf(item)) && !isMadeByAnother(item));
  if (unknown.length > 0) return unknown.map(judgeUnknown);
  return [
    {
      outcome: 'ok',
      subject,
      expected: 'declared by the stack',
      found: items.length === 0 ? 'there is none' : `${items.length}, declared by the stack`,
    },
  ];
}

function judgeUnknown(item: KubernetesObject): Finding {
  const subject = nameOf(item);
  const expected = 'declared by the stack, or not there';
  const makers = [...new Set((item.metadata?.managedFields ?? []).map(({ manager = 'somebody' }) => manager))].join(
    ' and ',
  );
  const made = `made by ${makers || 'somebody'}`;
  const widens = item.kind === 'NetworkPolicy' ? whatIsOpened(item) : [];
  if (widens.length > 0)
    return {
      outcome: 'failed',
      subject,
      expected,
      found: `not declared, ${made}; since policies add up, it opens ${widens.join(' and ')} beyond what the stack says`,
      mend: `delete it (kubectl delete networkpolicy ${item.metadata?.name ?? ''} --namespace ${item.metadata?.namespace ?? ''}), or say in the stack's configuration who may get through (tracewright:network)`,
    };
  return {
    outcome: 'warning',
    subject,
    expected,
    found: `not declared, ${made}`,
    mend: 'delete it where nobody needs it; an earlier version of the stack, or somebody by hand, may have left it',
  };
}

/** The directions in which a policy lets something through. */
function whatIsOpened({ spec }: V1NetworkPolicy): string[] {
  return [
    ...((spec?.ingress ?? []).length > 0 ? ['the way in'] : []),
    ...((spec?.egress ?? []).length > 0 ? ['the way out'] : []),
  ];
}

/** A controller has made it of something that is judged itself. */
function isMadeByAnother({ metadata }: KubernetesObject): boolean {
  return (metadata?.ownerReferences ?? []).length > 0;
}

function nameOf({ kind = '', metadata }: KubernetesObject): string {
  const { name = '', namespace } = metadata ?? {};
  return describeObject({ kind, name, ...(namespace === undefined ? {} : { namespace }) });
}

import { fieldAt, number } from '../../../policies/kubernetes/fields.ts';
import type { KubernetesObject } from '../../../policies/kubernetes/object.ts';
import type { KubeScoreFinding } from './kubeScore.ts';

/** The areas that the pack must not fall behind in, and all others. */
export type Area = 'resources' | 'probes' | 'security context' | 'network policies' | 'disruption budgets' | 'others';

/** Which of the pack's rules finds what a check of kube-score finds. */
export interface Counterpart {
  readonly area: Area;
  /** The id of the check. */
  readonly check: string;
  /** Its words, where the check says several things. */
  readonly says?: string;
  /** Rules of the pack, one of which must find it. None where the pack is of another opinion. */
  readonly rules: readonly string[];
  /** How the field ends that the rule must name, where the finding is about one. */
  readonly field?: string;
  /** Why the pack says something else, or nothing. */
  readonly reason?: string;
}

/** Objects of which checks say what does not hold for them. */
export interface Exception {
  readonly checks: readonly string[];
  readonly holdsFor: (object: KubernetesObject) => boolean;
  /** What kube-score overlooks, and where that stands. */
  readonly reason: string;
}

/**
 * With these the pack asks what kube-score's optional checks ask: limits that are the requests.
 * And replicas that are left out count as one, as they do for kube-score. Its other thresholds are the pack's own defaults: users and
 * groups from 10000 on, two replicas.
 */
export const comparedParameters: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'resource-ratios': { cpu: 1, memory: 1, ephemeralStorage: 1 },
  replicas: { missingCounts: true },
};

export const exceptions: readonly Exception[] = [
  {
    checks: [
      'container-security-context-user-group-id',
      'container-security-context-readonlyrootfilesystem',
      'container-seccomp-profile',
    ],
    holdsFor: ({ workload }) => fieldAt(workload?.podSpec, 'os', 'name') === 'windows',
    reason:
      'It asks a pod of Windows for runAsUser, runAsGroup, readOnlyRootFilesystem and seccompProfile, with each of which the API server refuses the pod (Kubernetes 1.34, pkg/apis/core/validation/validation.go, validateWindows). "restricted" of Pod Security passes the same pod (pod-security-admission, test/testdata/restricted/v1.34/pass/base_windows.yaml).',
  },
  {
    checks: ['deployment-strategy'],
    holdsFor: ({ body }) => (number(fieldAt(body, 'spec', 'replicas')) ?? 1) < 2,
    reason:
      'It asks for a rolling update of one pod too. What has only one often cannot run twice, such as one that holds a volume; update-strategy asks those for it that have more.',
  },
];

const noContext = 'Container has no configured security context';
const noContainers = { area: 'resources', says: 'No containers defined', rules: ['pod-containers'] } as const;

/** Every check of kube-score 1.20 that grades something CRITICAL or WARNING, by area. */
export const counterparts: readonly Counterpart[] = [
  { ...noContainers, check: 'container-resources' },
  { ...noContainers, check: 'container-ephemeral-storage-request-and-limit' },
  ...resources('CPU', 'cpu', 'container-resources', ['container-resources']),
  ...resources('Memory', 'memory', 'container-resources', ['container-resources']),
  ...resources('Ephemeral Storage', 'ephemeral-storage', 'container-ephemeral-storage-request-and-limit', [
    'ephemeral-storage',
  ]),
  equalLimits('CPU', 'cpu', 'container-resource-requests-equal-limits'),
  equalLimits('CPU', 'cpu', 'container-cpu-requests-equal-limits'),
  equalLimits('Memory', 'memory', 'container-resource-requests-equal-limits'),
  equalLimits('Memory', 'memory', 'container-memory-requests-equal-limits'),
  {
    area: 'resources',
    check: 'container-ephemeral-storage-request-equals-limit',
    rules: ['resource-ratios', 'ephemeral-storage'],
    field: '.ephemeral-storage',
  },
  { area: 'probes', check: 'pod-probes', rules: ['container-probes', 'served-readiness'] },
  { area: 'probes', check: 'pod-probes-identical', rules: ['distinct-probes'] },
  {
    area: 'security context',
    check: 'container-security-context-user-group-id',
    says: noContext,
    rules: ['user-and-group-ids'],
  },
  {
    area: 'security context',
    check: 'container-security-context-user-group-id',
    says: 'The container is running with a low user ID',
    rules: ['user-and-group-ids'],
    field: 'securityContext.runAsUser',
  },
  {
    area: 'security context',
    check: 'container-security-context-user-group-id',
    says: 'The container running with a low group ID',
    rules: ['user-and-group-ids'],
    field: 'securityContext.runAsGroup',
  },
  { area: 'security context', check: 'container-security-context-privileged', rules: ['privileged-containers'] },
  {
    area: 'security context',
    check: 'container-security-context-readonlyrootfilesystem',
    rules: ['read-only-root-filesystem'],
  },
  { area: 'security context', check: 'container-seccomp-profile', rules: ['seccomp-restricted'] },
  {
    area: 'network policies',
    check: 'pod-networkpolicy',
    says: 'The pod does not have a matching NetworkPolicy',
    rules: ['pod-ingress-policy', 'pod-egress-policy'],
  },
  {
    area: 'network policies',
    check: 'pod-networkpolicy',
    says: 'The pod does not have a matching ingress NetworkPolicy',
    rules: ['pod-ingress-policy'],
  },
  {
    area: 'network policies',
    check: 'pod-networkpolicy',
    says: 'The pod does not have a matching egress NetworkPolicy',
    rules: ['pod-egress-policy'],
  },
  { area: 'network policies', check: 'networkpolicy-targets-pod', rules: ['network-policy-target'] },
  {
    area: 'disruption budgets',
    check: 'deployment-has-poddisruptionbudget',
    rules: ['deployment-disruption-budget'],
  },
  {
    area: 'disruption budgets',
    check: 'statefulset-has-poddisruptionbudget',
    rules: ['deployment-disruption-budget'],
  },
  { area: 'disruption budgets', check: 'poddisruptionbudget-has-policy', rules: ['pdb-values'], field: 'spec' },
  { area: 'others', check: 'container-image-tag', rules: ['image-tag'] },
  {
    area: 'others',
    check: 'container-image-pull-policy',
    rules: [],
    reason:
      'It asks for Always with every tag. A tag that stays what it is needs no registry at each start; image-pull-policy asks for Always where a tag is moved.',
  },
  { area: 'others', check: 'container-ports-check', rules: ['container-ports'] },
  { area: 'others', check: 'environment-variable-key-duplication', rules: ['duplicate-environment'] },
  { area: 'others', check: 'cronjob-has-deadline', rules: ['cron-job-deadline'] },
  { area: 'others', check: 'cronjob-restartpolicy', rules: ['job-restart-policy'] },
  { area: 'others', check: 'deployment-strategy', rules: ['update-strategy'] },
  { area: 'others', check: 'deployment-replicas', rules: ['replicas'] },
  {
    area: 'others',
    check: 'ingress-targets-service',
    // What the API server does not serve any more is not looked into.
    rules: ['ingress-backend', 'ingress-backend-port', 'removed-api-versions'],
  },
  { area: 'others', check: 'service-targets-pod', rules: ['service-selector'] },
  { area: 'others', check: 'service-type', rules: ['service-type'] },
  { area: 'others', check: 'stable-version', rules: ['removed-api-versions', 'deprecated-api-versions'] },
  { area: 'others', check: 'label-values', rules: ['label-syntax'] },
  { area: 'others', check: 'deployment-has-host-podantiaffinity', rules: ['topology-spread'] },
  { area: 'others', check: 'statefulset-has-host-podantiaffinity', rules: ['topology-spread'] },
  { area: 'others', check: 'pod-topology-spread-constraints', rules: ['topology-spread'] },
  {
    area: 'others',
    check: 'deployment-targeted-by-hpa-does-not-have-replicas-configured',
    rules: ['hpa-replicas'],
  },
  { area: 'others', check: 'statefulset-has-servicename', rules: ['stateful-set-service'] },
  {
    area: 'others',
    check: 'deployment-pod-selector-labels-match-template-metadata-labels',
    rules: ['selector-matches-template'],
  },
  {
    area: 'others',
    check: 'statefulset-pod-selector-labels-match-template-metadata-labels',
    rules: ['selector-matches-template'],
  },
  { area: 'others', check: 'horizontalpodautoscaler-has-target', rules: ['hpa-target'] },
  { area: 'others', check: 'horizontalpodautoscaler-replicas', rules: ['hpa-bounds'] },
];

/** What stands for a finding in the pack; `undefined` for one of a check, or with words, that the table does not know. */
export function counterpartOf({ check, says }: Pick<KubeScoreFinding, 'check' | 'says'>): Counterpart | undefined {
  return counterparts.find((one) => one.check === check && (one.says === undefined || one.says === says));
}

function resources(name: string, field: string, check: string, rules: readonly string[]): readonly Counterpart[] {
  return (['limit', 'request'] as const).map((bound) => ({
    area: 'resources',
    check,
    says: `${name} ${bound} is not set`,
    rules,
    field: `resources.${bound}s.${field}`,
  }));
}

/** Where one of both is missing, that is what the pack says. */
function equalLimits(name: string, field: string, check: string): Counterpart {
  return {
    area: 'resources',
    check,
    says: `${name} requests does not match limits`,
    rules: ['resource-ratios', 'container-resources'],
    field: `.${field}`,
  };
}

import {
  CoreV1Api,
  PolicyV1Api,
  type KubeConfig,
  type V1Pod,
  type V1PodDisruptionBudget,
} from '@kubernetes/client-node';
import { ownPart, partOfLabel } from '../../infra/kubernetes/labels.ts';
import { selectsLabels } from './labelSelector.ts';
import { shorten } from './logLines.ts';
import { noneIfForbidden } from './noneIfForbidden.ts';
import { isCurrentPod } from './podState.ts';
import type { PlacedProblem } from './workload.ts';

/** {@link readBlockingBudgets} of the namespaces whose budgets the user may see. */
export async function listBlockingBudgets(config: KubeConfig, namespaces: readonly string[]): Promise<PlacedProblem[]> {
  const found = namespaces.map((namespace) =>
    readBlockingBudgets(config, namespace).catch((error: unknown) => [...noneIfForbidden(error).items]),
  );
  return (await Promise.all(found)).flat();
}

/**
 * The budgets of a namespace, whoever made them, that would keep a node from being drained.
 * @throws ApiException when budgets or pods may not be listed.
 */
export async function readBlockingBudgets(config: KubeConfig, namespace: string): Promise<PlacedProblem[]> {
  const [budgets, pods] = await Promise.all([
    config.makeApiClient(PolicyV1Api).listNamespacedPodDisruptionBudget({ namespace }),
    config.makeApiClient(CoreV1Api).listNamespacedPod({ namespace }),
  ]);
  return budgetProblems(budgets.items, pods.items).map((problem) => ({
    namespace,
    kind: 'PodDisruptionBudget' as const,
    ...problem,
  }));
}

type BudgetProblem = Pick<PlacedProblem, 'name' | 'problem'>;

/** What of a namespace's budgets would keep the nodes of its pods from being drained. */
export function budgetProblems(budgets: readonly V1PodDisruptionBudget[], pods: readonly V1Pod[]): BudgetProblem[] {
  return [...budgets.flatMap(blockingProblem), ...sharedProblems(budgets, pods)];
}

/** Only one whose pods are all healthy blocks for ever: what else is late is said of the pods, and passes with that. */
function blockingProblem(budget: V1PodDisruptionBudget): BudgetProblem[] {
  const { metadata, spec, status } = budget;
  const { disruptionsAllowed = 0, currentHealthy = 0, expectedPods = 0, observedGeneration = 0 } = status ?? {};
  if (observedGeneration < (metadata?.generation ?? 0)) return [];
  const failure = status?.conditions?.find(({ reason }) => reason === 'SyncFailed');
  const name = nameOf(budget);
  if (failure !== undefined)
    return [
      { name, problem: `lets no pod be evicted, since Kubernetes cannot count them: ${shorten(failure.message)}` },
    ];
  if (disruptionsAllowed > 0 || expectedPods === 0 || currentHealthy < expectedPods) return [];
  const bound =
    spec?.maxUnavailable === undefined
      ? `minAvailable: ${String(spec?.minAvailable)}`
      : `maxUnavailable: ${String(spec.maxUnavailable)}`;
  const remedy = isOurs(budget)
    ? '`npm run up` makes budget and pods as the stack says'
    : 'lower minAvailable, raise maxUnavailable, or run more pods';
  return [
    {
      name,
      problem: `lets none of its healthy pods (${expectedPods}) be evicted (${bound}), so that no node with one of them can be drained: ${remedy}`,
    },
  ];
}

/** The eviction API refuses a pod that two budgets cover (Kubernetes `pkg/registry/core/pod/storage/eviction.go`). */
function sharedProblems(budgets: readonly V1PodDisruptionBudget[], pods: readonly V1Pod[]): BudgetProblem[] {
  const shared = new Map<string, BudgetProblem>();
  for (const pod of pods.filter(isCurrentPod)) {
    const covering = budgets
      .filter(({ spec }) => selectsLabels(spec?.selector, pod.metadata?.labels ?? {}))
      .sort((a, b) => Number(isOurs(a)) - Number(isOurs(b)) || nameOf(a).localeCompare(nameOf(b)));
    const [first, ...others] = covering.map(nameOf);
    if (first === undefined || others.length === 0) continue;
    const problem =
      `covers pods that ${others.join(' and ')} covers too, such as ${pod.metadata?.name ?? ''}: Kubernetes evicts none of ` +
      'them, so that their nodes cannot be drained. Delete one of the budgets';
    if (!shared.has(covering.map(nameOf).join())) shared.set(covering.map(nameOf).join(), { name: first, problem });
  }
  return [...shared.values()];
}

function isOurs({ metadata }: V1PodDisruptionBudget): boolean {
  return metadata?.labels?.[partOfLabel] === ownPart;
}

function nameOf({ metadata }: V1PodDisruptionBudget): string {
  return metadata?.name ?? '';
}

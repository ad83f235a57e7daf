import { BatchV1Api, NetworkingV1Api, type KubeConfig } from '@kubernetes/client-node';
import { agentSuffix, serviceNames } from '../../infra/jaeger/endpoints.ts';
import { noneIfForbidden } from './noneIfForbidden.ts';
import type { PlacedProblem, PlacedWorkload } from './workload.ts';

const denyAll = 'default-deny';
const { agent, collector, elasticsearch, indexCleaner, ingester, kafka, oauth2Proxy, query, policyCheck } =
  serviceNames;

/** What is known of the policies of a deployment. */
export interface FoundPolicies {
  readonly namespace: string;
  /** Those in Jaeger's namespace, and in that of the agent; undefined where the agent is in Jaeger's. */
  readonly policies: readonly string[];
  readonly agentPolicies: readonly string[] | undefined;
  /** Whether the Job is there that tries them. */
  readonly checked: boolean;
}

/** Reads which policies deployments have. Where nobody may look, none of them is judged. */
export async function readPolicies(
  config: KubeConfig,
  deployments: readonly string[],
  stackNamespaces: readonly string[],
): Promise<FoundPolicies[]> {
  const networking = config.makeApiClient(NetworkingV1Api);
  const batch = config.makeApiClient(BatchV1Api);
  const policiesIn = async (namespace: string): Promise<string[]> =>
    (await networking.listNamespacedNetworkPolicy({ namespace })).items.map(({ metadata }) => metadata?.name ?? '');
  const found = deployments.map(async (namespace) => {
    const agentNamespace = stackNamespaces.find(
      (name) => name === `${namespace}${agentSuffix}` && !deployments.includes(name),
    );
    const [policies, agentPolicies, jobs] = await Promise.all([
      policiesIn(namespace),
      agentNamespace === undefined ? undefined : policiesIn(agentNamespace),
      batch.listNamespacedJob({ namespace }),
    ]);
    const checked = jobs.items.some(({ metadata }) => metadata?.name === policyCheck);
    return [{ namespace, policies, agentPolicies, checked }];
  });
  return (await Promise.all(found.map((each) => each.catch((error: unknown) => noneIfForbidden(error).items)))).flat();
}

/** Policies that a deployment lacks, since somebody has deleted them: some components are not in every stack. */
export function missingPolicies(
  { namespace, policies, agentPolicies }: FoundPolicies,
  workloads: readonly Pick<PlacedWorkload, 'namespace' | 'name'>[],
): PlacedProblem[] {
  const some = [elasticsearch, ingester, kafka, oauth2Proxy].filter((name) =>
    workloads.some((there) => there.namespace === namespace && there.name === name),
  );
  const always = [denyAll, collector, query, indexCleaner, ...some];
  const lacks = (place: string, there: readonly string[], wanted: readonly string[]): PlacedProblem[] =>
    wanted
      .filter((name) => !there.includes(name))
      .map((name) => ({ namespace: place, kind: 'NetworkPolicy', name, problem: describeLack(name) }));
  if (agentPolicies === undefined) return lacks(namespace, policies, [...always, agent]);
  return [
    ...lacks(namespace, policies, always),
    ...lacks(`${namespace}${agentSuffix}`, agentPolicies, [denyAll, agent]),
  ];
}

function describeLack(name: string): string {
  const effect = name === denyAll ? 'what no policy names is open to all' : 'what it lets through is refused';
  return `is not there: ${effect}; \`npm run up\` makes it`;
}

/**
 * Whether the stack goes without a try of its policies: then it has neither the Job nor the policy of it. A finished Job alone
 * may be gone, since clusters are tidied.
 */
export function acceptsUnenforced({ policies, checked }: FoundPolicies): boolean {
  return !checked && policies.includes(denyAll) && !policies.includes(policyCheck);
}

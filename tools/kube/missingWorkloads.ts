import { agentSuffix, serviceNames } from '../../infra/jaeger/endpoints.ts';
import type { FoundPolicies } from './missingPolicies.ts';
import type { PlacedProblem, PlacedWorkload } from './workload.ts';

const notThere = 'is not there: `npm run up` makes it';

/** What a deployment of ours cannot do without, beside its storage, which may be elsewhere. */
const parts = [
  { kind: 'Deployment', name: serviceNames.collector },
  { kind: 'Deployment', name: serviceNames.query },
  { kind: 'DaemonSet', name: serviceNames.agent },
] as const;

/**
 * Of the namespaces that stacks have made, those that hold a deployment; `<namespace>-agent` belongs to the one of
 * `<namespace>`, unless it holds a collector or a query service of its own.
 */
export function deploymentNamespaces(
  stackNamespaces: readonly string[],
  workloads: readonly PlacedWorkload[],
): string[] {
  return stackNamespaces.filter((namespace) => {
    const base = namespace.endsWith(agentSuffix) ? namespace.slice(0, -agentSuffix.length) : undefined;
    if (base === undefined || !stackNamespaces.includes(base)) return true;
    return workloads.some((found) => found.namespace === namespace && found.kind === 'Deployment');
  });
}

/** Collectors, query services and agents that deployments lack, since somebody has deleted them. */
export function missingWorkloads(
  deployments: readonly string[],
  workloads: readonly PlacedWorkload[],
): PlacedProblem[] {
  return deployments.flatMap((namespace) =>
    parts
      .filter(({ kind, name }) => {
        const places = name === serviceNames.agent ? [namespace, `${namespace}${agentSuffix}`] : [namespace];
        return !workloads.some(
          (found) => found.kind === kind && found.name === name && places.includes(found.namespace),
        );
      })
      .map(({ kind, name }) => ({ namespace, kind, name, problem: notThere })),
  );
}

/** What only some deployments have: a log-in, what streams. Their policies say which do. */
const optionalParts = [
  { kind: 'Deployment', name: serviceNames.oauth2Proxy },
  { kind: 'Deployment', name: serviceNames.ingester },
  { kind: 'StatefulSet', name: serviceNames.kafka },
] as const;

/** Log-ins, ingesters and brokers of deployments that have some, by their policies, and lack them, since somebody has deleted them. */
export function missingOptionalWorkloads(
  deployments: readonly FoundPolicies[],
  workloads: readonly PlacedWorkload[],
): PlacedProblem[] {
  return deployments.flatMap(({ namespace, policies }) =>
    optionalParts
      .filter(({ name }) => policies.includes(name))
      .filter(({ name }) => !workloads.some((there) => there.namespace === namespace && there.name === name))
      .map(({ kind, name }) => ({ namespace, kind, name, problem: notThere })),
  );
}

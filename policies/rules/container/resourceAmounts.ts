import { fieldAt, isPresent, shown } from '../../kubernetes/fields.ts';
import { parseQuantity } from '../../kubernetes/quantity.ts';
import type { Container } from '../../kubernetes/workloads.ts';
import type { ContainerProblem } from '../../problems.ts';
import { valueState } from '../valueState.ts';

/** Whether an amount is what a container is sure to get, or what it is held to. */
export type Bound = 'requests' | 'limits';

/** What a container can have an amount of. */
export type ResourceName = 'cpu' | 'memory' | 'ephemeral-storage';

const examples: Readonly<Record<Bound, Readonly<Record<ResourceName, string>>>> = {
  requests: { cpu: '100m', memory: '128Mi', 'ephemeral-storage': '256Mi' },
  limits: { cpu: '500m', memory: '256Mi', 'ephemeral-storage': '1Gi' },
};

/** An amount as it is declared. @throws UnknownFieldError */
export function amountOf({ spec }: Container, bound: Bound, name: ResourceName): unknown {
  return fieldAt(spec, 'resources', bound, name);
}

/** Whether a container must say an amount; what it says beyond that must be right all the same. */
type IsAsked = (bound: Bound, name: ResourceName) => boolean;

/** Says which request or limit is missing or none, and which request is above its limit. */
export function* amountProblems(
  container: Container,
  names: readonly ResourceName[],
  isAsked: IsAsked = () => true,
): Iterable<ContainerProblem> {
  // The API server takes no resources for a container that is put into a running pod.
  if (container.role === 'ephemeral') return;
  for (const name of names) {
    const missing = (['requests', 'limits'] as const).flatMap((bound) =>
      isAsked(bound, name) || isPresent(amountOf(container, bound, name))
        ? [...missingProblems(container, bound, name)]
        : [],
    );
    yield* missing;
    if (missing.length === 0) yield* orderProblems(container, name);
  }
}

function* missingProblems(container: Container, bound: Bound, name: ResourceName): Iterable<ContainerProblem> {
  const value = amountOf(container, bound, name);
  const size = parseQuantity(value);
  if (size !== undefined && size > 0n) return;
  yield {
    path: `resources.${bound}.${name}`,
    problem: `${valueState(value)}: it must be a Kubernetes quantity above zero`,
    fix: exampleOf(bound, name),
  };
}

function* orderProblems(container: Container, name: ResourceName): Iterable<ContainerProblem> {
  const request = amountOf(container, 'requests', name);
  const limit = amountOf(container, 'limits', name);
  const [least, most] = [parseQuantity(request), parseQuantity(limit)];
  if (least === undefined || most === undefined || least <= most) return;
  yield {
    path: `resources.requests.${name}`,
    problem: `is ${shown(request)}: it must not be above resources.limits.${name}, which is ${shown(limit)}`,
    fix: exampleOf('requests', name),
  };
}

function exampleOf(bound: Bound, name: ResourceName): string {
  return `resources: { ${bound}: { ${name}: "${examples[bound][name]}" } }`;
}

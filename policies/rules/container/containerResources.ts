import { fieldAt, isPresent, shown } from '../../kubernetes/fields.ts';
import { parseQuantity } from '../../kubernetes/quantity.ts';
import type { Container } from '../../kubernetes/workloads.ts';
import { eachContainer, type ContainerProblem } from '../../problems.ts';
import { objectRule } from '../../rule.ts';
import { podWithContainer } from '../exampleYaml.ts';

const examples = {
  requests: { cpu: 'resources: { requests: { cpu: "100m" } }', memory: 'resources: { requests: { memory: "128Mi" } }' },
  limits: { cpu: 'resources: { limits: { cpu: "500m" } }', memory: 'resources: { limits: { memory: "256Mi" } }' },
} as const;

type Bound = keyof typeof examples;
type ResourceName = keyof (typeof examples)[Bound];

/** Every container, init containers and those of jobs included, declares requests and limits of CPU and memory. */
export const containerResources = objectRule({
  name: 'container-resources',
  asks: 'Every container has requests and limits of CPU and memory, and no request above its limit.',
  severity: 'high',
  level: 'mandatory',
  rationale:
    'Without requests, the scheduler puts pods where they do not fit; without limits, one container takes the memory and processors of all others on its node.',
  link: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/',
  passes: podWithContainer(
    'resources: { requests: { cpu: 100m, memory: 128Mi }, limits: { cpu: 500m, memory: 256Mi } }',
  ),
  fails: podWithContainer('resources: { requests: { cpu: 100m, memory: 128Mi }, limits: { cpu: 500m } }'),
  check: (object) => eachContainer(object, resourceProblems),
});

function* resourceProblems(container: Container): Iterable<ContainerProblem> {
  // The API server takes no resources for a container that is put into a running pod.
  if (container.role === 'ephemeral') return;
  for (const name of ['cpu', 'memory'] as const) {
    const missing = [...amountProblems(container, 'requests', name), ...amountProblems(container, 'limits', name)];
    yield* missing;
    if (missing.length === 0) yield* orderProblems(container, name);
  }
}

function amount({ spec }: Container, bound: Bound, name: ResourceName): unknown {
  return fieldAt(spec, 'resources', bound, name);
}

function* amountProblems(container: Container, bound: Bound, name: ResourceName): Iterable<ContainerProblem> {
  const value = amount(container, bound, name);
  const size = parseQuantity(value);
  if (size !== undefined && size > 0n) return;
  yield {
    path: `resources.${bound}.${name}`,
    problem: `${isPresent(value) ? `is ${shown(value)}` : 'is missing'}: it must be a Kubernetes quantity above zero`,
    fix: examples[bound][name],
  };
}

function* orderProblems(container: Container, name: ResourceName): Iterable<ContainerProblem> {
  const request = amount(container, 'requests', name);
  const limit = amount(container, 'limits', name);
  if ((parseQuantity(request) ?? 0n) <= (parseQuantity(limit) ?? 0n)) return;
  yield {
    path: `resources.requests.${name}`,
    problem: `is ${shown(request)}: it must not be above resources.limits.${name}, which is ${shown(limit)}`,
    fix: examples.requests[name],
  };
}

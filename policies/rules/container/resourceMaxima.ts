import { shown } from '../../kubernetes/fields.ts';
import { parseQuantity } from '../../kubernetes/quantity.ts';
import type { Container } from '../../kubernetes/workloads.ts';
import { eachContainer, type ContainerProblem } from '../../problems.ts';
import { objectRule } from '../../rule.ts';
import { podWithContainer } from '../exampleYaml.ts';
import { amountOf, type ResourceName } from './resourceAmounts.ts';

/** No container may take more than a node has to give. */
export const resourceMaxima = objectRule({
  name: 'resource-maxima',
  asks: 'No limit of CPU or memory of a container is above a given maximum.',
  severity: 'low',
  level: 'advisory',
  rationale:
    'A limit above what nodes have is none: a leak or a busy loop takes the whole node. It is often a slip of the unit.',
  link: 'https://kubernetes.io/docs/concepts/policy/limit-range/',
  parameters: {
    maximumCpu: {
      type: 'string',
      format: 'quantity',
      description: 'The highest limit of CPU of one container, in processors, as a Kubernetes quantity.',
      default: '16',
    },
    maximumMemory: {
      type: 'string',
      format: 'quantity',
      description: 'The highest limit of memory of one container, in bytes, as a Kubernetes quantity.',
      default: '64Gi',
    },
  },
  passes: podWithContainer('resources: { limits: { cpu: "16" } }'),
  fails: podWithContainer('resources: { limits: { cpu: "500" } }'),
  check: (object, { maximumCpu, maximumMemory }) =>
    eachContainer(object, function* (container) {
      yield* maximumProblems(container, 'cpu', maximumCpu);
      yield* maximumProblems(container, 'memory', maximumMemory);
    }),
});

function* maximumProblems(container: Container, name: ResourceName, maximum: string): Iterable<ContainerProblem> {
  const limit = amountOf(container, 'limits', name);
  const [size, most] = [parseQuantity(limit), parseQuantity(maximum)];
  if (size === undefined || most === undefined || size <= most) return;
  yield {
    path: `resources.limits.${name}`,
    problem: `is ${shown(limit)}: it must be at most ${shown(maximum)}`,
    fix: `resources: { limits: { ${name}: ${shown(maximum)} } } or less`,
  };
}

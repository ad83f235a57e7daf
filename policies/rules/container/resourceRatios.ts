import { shown } from '../../kubernetes/fields.ts';
import { parseQuantity } from '../../kubernetes/quantity.ts';
import type { Container } from '../../kubernetes/workloads.ts';
import { eachContainer, type ContainerProblem } from '../../problems.ts';
import { objectRule } from '../../rule.ts';
import { podWithContainer } from '../exampleYaml.ts';
import { amountOf, type ResourceName } from './resourceAmounts.ts';

/** No limit is far above its request. Where one of both is missing, `container-resources` has it. */
export const resourceRatios = objectRule({
  name: 'resource-ratios',
  asks: 'No limit of a container is more than a given number of times its request.',
  severity: 'low',
  level: 'advisory',
  rationale:
    'The scheduler fills nodes by requests. Containers that may take many times as much slow each other down, and get killed where it is memory that they share.',
  link: 'https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/',
  parameters: {
    cpu: {
      type: 'number',
      description: 'How many times its request a limit of CPU may be, to the thousandth. 1 asks for equal ones.',
      default: 10,
      minimum: 1,
      maximum: 1_000_000,
    },
    memory: {
      type: 'number',
      description: 'How many times its request a limit of memory may be, to the thousandth. 1 asks for equal ones.',
      default: 2,
      minimum: 1,
      maximum: 1_000_000,
    },
    ephemeralStorage: {
      type: 'number',
      description:
        'How many times its request a limit of ephemeral storage may be, to the thousandth. 1 asks for equal ones.',
      default: 10,
      minimum: 1,
      maximum: 1_000_000,
    },
  },
  passes: podWithContainer('resources: { requests: { memory: 128Mi }, limits: { memory: 256Mi } }'),
  fails: podWithContainer('resources: { requests: { memory: 128Mi }, limits: { memory: 1Gi } }'),
  check: (object, { cpu, memory, ephemeralStorage }) =>
    eachContainer(object, function* (container) {
      yield* ratioProblems(container, 'cpu', cpu);
      yield* ratioProblems(container, 'memory', memory);
      yield* ratioProblems(container, 'ephemeral-storage', ephemeralStorage);
    }),
});

function* ratioProblems(container: Container, name: ResourceName, maximum: number): Iterable<ContainerProblem> {
  const request = amountOf(container, 'requests', name);
  const limit = amountOf(container, 'limits', name);
  const [least = 0n, most = 0n] = [parseQuantity(request), parseQuantity(limit)];
  if (least === 0n || most * 1000n <= least * BigInt(Math.round(maximum * 1000))) return;
  const allowed = maximum === 1 ? 'the same as' : `at most ${maximum} times`;
  yield {
    path: `resources.limits.${name}`,
    problem: `is ${shown(limit)}: it must be ${allowed} resources.requests.${name}, which is ${shown(request)}`,
    fix: `a higher resources.requests.${name}, or a lower limit`,
  };
}

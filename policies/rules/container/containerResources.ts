import { fieldAt } from '../../kubernetes/fields.ts';
import { parseQuantity } from '../../kubernetes/quantity.ts';
import { eachContainer } from '../../problems.ts';
import { objectRule } from '../../rule.ts';
import { podWithContainer } from '../exampleYaml.ts';
import { amountProblems } from './resourceAmounts.ts';

const names = ['cpu', 'memory'] as const;
const bounds = ['requests', 'limits'] as const;

/** Every container, init containers and those of jobs included, declares requests and limits of CPU and memory, or its pod does. */
export const containerResources = objectRule({
  name: 'container-resources',
  asks: 'Every container has requests and limits of CPU and memory, of its own or from its pod, and no request above its limit.',
  severity: 'high',
  level: 'mandatory',
  rationale:
    'Without requests, the scheduler puts pods where they do not fit; without limits, one container takes the memory and processors of all others on its node.',
  link: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/',
  parameters: {
    cpuLimits: {
      type: 'boolean',
      description:
        'Whether a limit of CPU is asked for. Some leave it out on purpose, since a container at its limit waits while processors are idle.',
      default: true,
    },
  },
  passes: podWithContainer(
    'resources: { requests: { cpu: 100m, memory: 128Mi }, limits: { cpu: 500m, memory: 256Mi } }',
  ),
  fails: podWithContainer('resources: { requests: { cpu: 100m, memory: 128Mi }, limits: { cpu: 500m } }'),
  *check(object, { cpuLimits }) {
    const ofPod = amountsOfPod(object.workload?.podSpec);
    yield* eachContainer(object, (container) =>
      amountProblems(
        container,
        names,
        (bound, name) => !ofPod.has(`${bound}.${name}`) && (cpuLimits || bound !== 'limits' || name !== 'cpu'),
      ),
    );
  },
});

/** What a pod has for all of its containers together, since Kubernetes 1.34: `requests.cpu`. */
function amountsOfPod(podSpec: unknown): ReadonlySet<string> {
  const all = bounds.flatMap((bound) => names.map((name) => [bound, name] as const));
  const set = all.filter((path) => (parseQuantity(fieldAt(podSpec, 'resources', ...path)) ?? 0n) > 0n);
  return new Set(set.map((path) => path.join('.')));
}

import { entries, field, fieldAt, isPresent, number, shown, text } from '../../kubernetes/fields.ts';
import type { KubernetesObject } from '../../kubernetes/object.ts';
import type { Container } from '../../kubernetes/workloads.ts';
import { eachContainer, type ContainerProblem } from '../../problems.ts';
import { objectRule, type Problem } from '../../rule.ts';
import { podWith } from '../exampleYaml.ts';

const byDefault = 30;
const secondsOf: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 };

/** Pods get time to end, and a preStop hook does not sleep all of it away. */
export const terminationGrace = objectRule({
  name: 'termination-grace',
  asks: 'Pods have time to end, within bounds, and more of it than a preStop hook sleeps.',
  severity: 'medium',
  level: 'advisory',
  rationale:
    'Without time, a process is killed in the middle of requests and writes; with very much, a drain of its node waits for a pod that hangs. What a preStop hook sleeps is taken from the same time.',
  link: 'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination',
  passes: podWith('terminationGracePeriodSeconds: 30'),
  fails: podWith('terminationGracePeriodSeconds: 0'),
  parameters: {
    minimum: { type: 'integer', description: 'The shortest time to end, in seconds.', default: 1, minimum: 0 },
    maximum: { type: 'integer', description: 'The longest time to end, in seconds.', default: 300, minimum: 0 },
  },
  *check(object, bounds) {
    if (object.workload === undefined) return;
    const value = field(object.workload.podSpec, 'terminationGracePeriodSeconds');
    yield* boundProblems(object, value, bounds);
    const grace = number(isPresent(value) ? value : byDefault);
    if (grace !== undefined) yield* eachContainer(object, (container) => sleepProblems(container, grace));
  },
});

function* boundProblems(
  { workload }: KubernetesObject,
  value: unknown,
  { minimum, maximum }: { readonly minimum: number; readonly maximum: number },
): Iterable<Problem> {
  const grace = number(isPresent(value) ? value : byDefault);
  if (workload === undefined || (grace !== undefined && grace >= minimum && grace <= maximum)) return;
  yield {
    path: `${workload.podPath}.terminationGracePeriodSeconds`,
    problem: `${isPresent(value) ? `is ${shown(value)}` : `is missing, so that it is ${byDefault}`}: it must be from ${minimum} to ${maximum} seconds`,
    fix: `terminationGracePeriodSeconds: ${Math.min(Math.max(byDefault, minimum), maximum)}`,
  };
}

function* sleepProblems({ spec }: Container, grace: number): Iterable<ContainerProblem> {
  const hook = fieldAt(spec, 'lifecycle', 'preStop');
  const seconds = number(fieldAt(hook, 'sleep', 'seconds')) ?? sleptBy(entries(fieldAt(hook, 'exec', 'command')));
  // Where there is no time at all, that is the problem.
  if (seconds === 0 || seconds < grace || grace === 0) return;
  yield {
    path: 'lifecycle.preStop',
    problem: `sleeps ${seconds} seconds, and the pod has ${grace} to end: it must sleep less, so that its process has time left`,
    fix: `terminationGracePeriodSeconds: ${seconds + byDefault}, or a shorter sleep`,
  };
}

/** Seconds that the commands `sleep` in a command line take together. */
function sleptBy(command: readonly unknown[]): number {
  const line = command.map((word) => text(word) ?? '').join(' ');
  const sleeps = [...line.matchAll(/\bsleep\s+(\d{1,9}(?:\.\d{1,9})?)([smhd]?)(?![\w.])/g)];
  return sleeps.reduce((sum, [, amount, unit = '']) => sum + Number(amount) * (secondsOf[unit] ?? 1), 0);
}

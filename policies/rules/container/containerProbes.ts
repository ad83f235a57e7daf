import { field, isPresent } from '../../kubernetes/fields.ts';
import type { Container } from '../../kubernetes/workloads.ts';
import { eachContainer, type ContainerProblem } from '../../problems.ts';
import { objectRule } from '../../rule.ts';
import { podWithContainer } from '../exampleYaml.ts';
import { handlersOf, probeHandlers, probeNames, type ProbeName } from './probes.ts';

const examples: Readonly<Record<ProbeName, string>> = {
  startupProbe: 'startupProbe: { httpGet: { path: "/version", port: "admin" }, failureThreshold: 30 }',
  livenessProbe: 'livenessProbe: { httpGet: { path: "/version", port: "admin" } }',
  readinessProbe: 'readinessProbe: { httpGet: { path: "/", port: "admin" } }',
};

/** Every container that runs as long as its pod has all three probes. */
export const containerProbes = objectRule({
  name: 'container-probes',
  asks: 'Every long-running container has a startup, a liveness and a readiness probe.',
  severity: 'high',
  level: 'mandatory',
  rationale:
    'Without readiness, requests go to pods that cannot answer; without liveness, a process that hangs stays; without startup, liveness kills what is still starting.',
  link: 'https://kubernetes.io/docs/concepts/workloads/pods/probes/',
  parameters: {
    startup: {
      type: 'boolean',
      description:
        'Whether a startup probe is asked for. What starts within the patience of its liveness probe can do without one.',
      default: true,
    },
  },
  passes: podWithContainer(...Object.values(examples)),
  fails: podWithContainer(examples.startupProbe, examples.readinessProbe),
  check: (object, { startup }) => eachContainer(object, (container) => probeProblems(container, startup)),
});

function* probeProblems({ longRunning, spec }: Container, startup: boolean): Iterable<ContainerProblem> {
  if (!longRunning) return;
  for (const name of probeNames) {
    const probe = field(spec, name);
    if (name === 'startupProbe' && !startup && !isPresent(probe)) continue;
    const found = handlersOf(probe);
    if (found.length === 1) continue;
    const state = isPresent(probe)
      ? `has ${found.length === 0 ? 'no handler' : `the handlers ${found.join(', ')}`}`
      : 'is missing';
    yield {
      path: name,
      problem: `${state}: it must have exactly one of ${probeHandlers.join(', ')}`,
      fix: examples[name],
    };
  }
}

import type { Container } from '../../kubernetes/workloads.ts';
import { eachContainer, type ContainerProblem } from '../../problems.ts';
import { objectRule } from '../../rule.ts';
import { podWithContainer } from '../exampleYaml.ts';
import { probesOf, questionOf, type ProbeName } from './probes.ts';

const readiness = 'readinessProbe: { httpGet: { port: 8080 } }';

/** Liveness asks something else than readiness, whichever way both are written. */
export const distinctProbes = objectRule({
  name: 'distinct-probes',
  asks: 'The liveness probe of a container asks something else than its readiness probe.',
  severity: 'high',
  level: 'mandatory',
  rationale:
    'A container that is not ready only waits for something, or has too much to do. Asked the same, liveness kills it, and all others of its kind with it.',
  link: 'https://github.com/zegl/kube-score/blob/master/README_PROBES.md',
  passes: podWithContainer('livenessProbe: { httpGet: { port: 8080, path: /version } }', readiness),
  fails: podWithContainer('livenessProbe: { httpGet: { port: 8080, path: / } }', readiness),
  check: (object) => eachContainer(object, distinctProblems),
});

function* distinctProblems(container: Container): Iterable<ContainerProblem> {
  const probes = probesOf(container);
  const question = (wanted: ProbeName): string | undefined => {
    const probe = probes.find(({ name }) => name === wanted);
    return probe && questionOf(container.spec, probe.spec);
  };
  const liveness = question('livenessProbe');
  if (liveness === undefined || liveness !== question('readinessProbe')) return;
  yield {
    path: 'livenessProbe',
    problem: 'asks the same as readinessProbe: it must ask only whether the process runs',
    fix: 'livenessProbe: { httpGet: { path: "/version", port: "admin" } }, or whatever answers without any other service',
  };
}

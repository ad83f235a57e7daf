import type { Container } from '../../kubernetes/workloads.ts';
import { eachContainer, type ContainerProblem } from '../../problems.ts';
import { objectRule } from '../../rule.ts';
import { podWithContainer } from '../exampleYaml.ts';
import { patienceSeconds, probesOf, questionOf, type ProbeName } from './probes.ts';

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
  parameters: {
    patientMayBeSame: {
      type: 'boolean',
      description:
        'Whether liveness may ask the same where it fails for longer before it kills: failureThreshold times periodSeconds above that of readiness. Kubernetes names this as a common pattern for an endpoint that asks no other service.',
      default: false,
    },
  },
  passes: podWithContainer('livenessProbe: { httpGet: { port: 8080, path: /version } }', readiness),
  fails: podWithContainer('livenessProbe: { httpGet: { port: 8080, path: / } }', readiness),
  check: (object, { patientMayBeSame }) =>
    eachContainer(object, (container) => distinctProblems(container, patientMayBeSame)),
});

function* distinctProblems(container: Container, patientMayBeSame: boolean): Iterable<ContainerProblem> {
  const probes = probesOf(container);
  const named = (wanted: ProbeName): unknown => probes.find(({ name }) => name === wanted)?.spec;
  const [liveness, readiness] = [named('livenessProbe'), named('readinessProbe')];
  const question = questionOf(container.spec, liveness);
  if (question === undefined || question !== questionOf(container.spec, readiness)) return;
  if (patientMayBeSame && patienceSeconds(liveness) > patienceSeconds(readiness)) return;
  yield {
    path: 'livenessProbe',
    problem: 'asks the same as readinessProbe: it must ask only whether the process runs',
    fix: 'livenessProbe: { httpGet: { path: "/version", port: "admin" } }, or whatever answers without any other service',
  };
}

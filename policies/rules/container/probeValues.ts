import { field, isPresent, shown } from '../../kubernetes/fields.ts';
import type { Container } from '../../kubernetes/workloads.ts';
import { eachContainer, type ContainerProblem } from '../../problems.ts';
import { objectRule } from '../../rule.ts';
import { podWithContainer } from '../exampleYaml.ts';
import { declaredProbes, probeDefaults, probeNumber, probesOf, type Probe } from './probes.ts';

const highestNumber = 2_147_483_647;

/** Probes say nothing that the API server refuses (pkg/apis/core/validation/validation.go, validateProbe and those that call it). */
export const probeValues = objectRule({
  name: 'probe-values',
  asks: 'Probes stand where the API server allows them, with numbers that it takes.',
  severity: 'medium',
  level: 'mandatory',
  rationale:
    'The API server refuses the whole object: a Deployment keeps its old pods, and the change is found out only while it is rolled out.',
  link: 'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#Probe',
  passes: podWithContainer('livenessProbe: { tcpSocket: { port: 8080 }, successThreshold: 1 }'),
  fails: podWithContainer('livenessProbe: { tcpSocket: { port: 8080 }, successThreshold: 2 }'),
  check: (object) => eachContainer(object, valueProblems),
});

function* valueProblems(container: Container): Iterable<ContainerProblem> {
  const allowed = probesOf(container);
  for (const probe of declaredProbes(container.spec)) {
    if (allowed.length === 0) yield misplaced(container, probe);
    yield* numberProblems(probe);
    yield* thresholdProblems(probe);
    yield* graceProblems(probe);
  }
}

function misplaced({ role }: Container, { name }: Probe): ContainerProblem {
  const what = role === 'init' ? 'an init container that ends' : 'an ephemeral container';
  return {
    path: name,
    problem: `is set: ${what} can have no probes`,
    fix: `leave ${name} out${role === 'init' ? ', or restartPolicy: Always for a sidecar' : ''}`,
  };
}

function* numberProblems({ name, spec }: Probe): Iterable<ContainerProblem> {
  for (const [key, standard] of Object.entries(probeDefaults)) {
    const value = field(spec, key);
    if (!isPresent(value) || isNumberOf(value, 0)) continue;
    yield {
      path: `${name}.${key}`,
      problem: `is ${shown(value)}: it must be an integer of 0 to ${highestNumber}`,
      fix: `${name}: { ${key}: ${standard} }`,
    };
  }
}

function* thresholdProblems({ name, spec }: Probe): Iterable<ContainerProblem> {
  const threshold = probeNumber(spec, 'successThreshold');
  if (name === 'readinessProbe' || threshold === 1) return;
  yield {
    path: `${name}.successThreshold`,
    problem: `is ${threshold}: it must be 1 for liveness and startup`,
    fix: `${name}: { successThreshold: 1 }`,
  };
}

function* graceProblems({ name, spec }: Probe): Iterable<ContainerProblem> {
  const grace = field(spec, 'terminationGracePeriodSeconds');
  if (!isPresent(grace) || (name !== 'readinessProbe' && isNumberOf(grace, 1))) return;
  yield {
    path: `${name}.terminationGracePeriodSeconds`,
    problem: `is ${shown(grace)}: it must ${name === 'readinessProbe' ? 'not be set for readiness, which ends nothing' : 'be an integer above zero'}`,
    fix: `leave ${name}.terminationGracePeriodSeconds out`,
  };
}

function isNumberOf(value: unknown, lowest: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= lowest && value <= highestNumber;
}

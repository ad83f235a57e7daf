import type { Container } from '../../kubernetes/workloads.ts';
import { eachContainer, type ContainerProblem } from '../../problems.ts';
import { objectRule } from '../../rule.ts';
import { podWithContainer } from '../exampleYaml.ts';
import { patienceSeconds, probeNumber, probesOf, shownNumber, type Probe } from './probes.ts';

interface Limits {
  readonly minimumLivenessSeconds: number;
  readonly minimumStartupSeconds: number;
  readonly maximumStartupSeconds: number;
}

/** How long probes wait makes sense. */
export const probeTimings = objectRule({
  name: 'probe-timings',
  asks: 'Liveness waits no longer than its period, liveness and startup are patient enough, and startup ends.',
  severity: 'medium',
  level: 'advisory',
  rationale:
    'A liveness probe that loses patience within seconds kills what only had much to do; a startup probe that waits for very long hides that a container will never start.',
  link: 'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/',
  parameters: {
    minimumLivenessSeconds: {
      type: 'integer',
      description:
        'For how many seconds liveness must fail at least before the container is killed: failureThreshold times periodSeconds.',
      default: 10,
      minimum: 1,
    },
    minimumStartupSeconds: {
      type: 'integer',
      description:
        'How many seconds a container must be given at least to start: failureThreshold times periodSeconds of its startup probe.',
      default: 30,
      minimum: 1,
    },
    maximumStartupSeconds: {
      type: 'integer',
      description:
        'How many seconds a container may be given at most to start: failureThreshold times periodSeconds of its startup probe.',
      default: 600,
      minimum: 1,
    },
  },
  passes: podWithContainer('livenessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 5, failureThreshold: 3 }'),
  fails: podWithContainer('livenessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 5, failureThreshold: 1 }'),
  check: (object, limits) => eachContainer(object, (container) => timingProblems(container, limits)),
});

function* timingProblems(container: Container, limits: Limits): Iterable<ContainerProblem> {
  const probes = probesOf(container);
  const startup = probes.some(({ name }) => name === 'startupProbe');
  for (const probe of probes) {
    if (probe.name === 'livenessProbe') {
      yield* timeoutProblems(probe);
      yield* patienceProblems(probe, limits.minimumLivenessSeconds, Infinity);
    }
    if (probe.name === 'startupProbe')
      yield* patienceProblems(probe, limits.minimumStartupSeconds, limits.maximumStartupSeconds);
    else if (startup) yield* delayProblems(probe);
  }
}

/** A probe that hangs for longer than its period comes less often than is written: its patience is not what it seems. */
function* timeoutProblems({ name, spec }: Probe): Iterable<ContainerProblem> {
  const period = probeNumber(spec, 'periodSeconds');
  if (probeNumber(spec, 'timeoutSeconds') <= period) return;
  yield {
    path: `${name}.timeoutSeconds`,
    problem: `is ${shownNumber(spec, 'timeoutSeconds')}: it must not be above ${name}.periodSeconds, which is ${shownNumber(spec, 'periodSeconds')}`,
    fix: `${name}: { timeoutSeconds: ${period} } or less`,
  };
}

function* patienceProblems({ name, spec }: Probe, minimum: number, maximum: number): Iterable<ContainerProblem> {
  const patience = patienceSeconds(spec);
  const [bound, side] = patience < minimum ? [minimum, 'more'] : [maximum, 'less'];
  if (patience >= minimum && patience <= maximum) return;
  const product = `failureThreshold ${shownNumber(spec, 'failureThreshold')} times periodSeconds ${shownNumber(spec, 'periodSeconds')}`;
  yield {
    path: name,
    problem: `gives up after ${patience} s, ${product}: it must be ${bound} s or ${side}`,
    fix: `${name}: { failureThreshold: ${fitting(bound, side, probeNumber(spec, 'periodSeconds'))} }, or another period`,
  };
}

/** The threshold that comes next to a bound. */
function fitting(bound: number, side: string, period: number): number {
  return Math.max(1, side === 'more' ? Math.ceil(bound / period) : Math.floor(bound / period));
}

/** Other probes wait for the startup probe, and their own delay runs meanwhile (pkg/kubelet/prober/worker.go, doProbe). */
function* delayProblems({ name, spec }: Probe): Iterable<ContainerProblem> {
  const delay = probeNumber(spec, 'initialDelaySeconds');
  if (delay === 0) return;
  yield {
    path: `${name}.initialDelaySeconds`,
    problem: `is ${delay}, though startupProbe says when the container has started: it must not be set`,
    fix: `leave ${name}.initialDelaySeconds out`,
  };
}

import { isDeepStrictEqual } from 'node:util';
import type { ResourceValidationPolicy } from '@pulumi/policy';
import { entries, field } from '../../kubernetes/fields.ts';
import { validateContainers, type Violation } from './workloadRule.ts';

const examples = {
  startupProbe: 'startupProbe: { httpGet: { path: "/version", port: "admin" }, failureThreshold: 30 }',
  livenessProbe: 'livenessProbe: { httpGet: { path: "/version", port: "admin" } }',
  readinessProbe: 'readinessProbe: { httpGet: { path: "/", port: "admin" } }',
} as const;

type ProbeName = keyof typeof examples;

const probeNames: readonly ProbeName[] = ['startupProbe', 'livenessProbe', 'readinessProbe'];
const handlers = ['httpGet', 'tcpSocket', 'exec', 'grpc'] as const;

/** What is wrong with the probes of a long-running container: all three must be there, and liveness must not ask what readiness asks. */
export function probeViolations(container: unknown): Violation[] {
  const violations = probeNames.flatMap((name) => handlerViolations(container, name));
  return violations.length > 0 ? violations : distinctViolations(container);
}

/** Every long-running container has a startup, a liveness and a readiness probe, the last two distinct. */
export const containerProbes: ResourceValidationPolicy = {
  name: 'container-probes',
  description:
    'Every long-running container has startup, liveness and readiness probes, and liveness asks something else than readiness.',
  enforcementLevel: 'mandatory',
  remediationSteps:
    'Give the container a startupProbe, a livenessProbe that asks whether the process runs, and a readinessProbe that asks whether it can serve.',
  validateResource: validateContainers(({ longRunning, spec }) => (longRunning ? probeViolations(spec) : [])),
};

function handlerViolations(container: unknown, name: ProbeName): Violation[] {
  const probe = field(container, name);
  const found = handlers.filter((handler) => isPresent(field(probe, handler)));
  if (found.length === 1) return [];
  const state = isPresent(probe)
    ? `has ${found.length === 0 ? 'no handler' : `the handlers ${found.join(', ')}`}`
    : 'is missing';
  return [
    { field: name, problem: `${state}: it must have exactly one of ${handlers.join(', ')}`, example: examples[name] },
  ];
}

/** A liveness probe that asks what readiness asks kills a pod that only waits for something else. */
function distinctViolations(container: unknown): Violation[] {
  const liveness = question(container, 'livenessProbe');
  if (!isDeepStrictEqual(liveness, question(container, 'readinessProbe'))) return [];
  return [
    {
      field: 'livenessProbe',
      problem: 'asks the same as readinessProbe: it must ask only whether the process runs',
      example: examples.livenessProbe,
    },
  ];
}

/** What a probe asks, with defaults filled in and ports as numbers, so that two ways of writing the same are the same. */
function question(container: unknown, name: ProbeName): readonly unknown[] {
  const probe = field(container, name);
  const port = (handler: unknown) => portNumber(container, field(handler, 'port'));
  const { httpGet, tcpSocket, exec, grpc } = Object.fromEntries(
    handlers.map((handler) => [handler, field(probe, handler)]),
  );
  if (isPresent(httpGet)) {
    const { path, scheme, host } = {
      path: field(httpGet, 'path') ?? '/',
      scheme: field(httpGet, 'scheme') ?? 'HTTP',
      host: field(httpGet, 'host'),
    };
    return ['httpGet', path, scheme, host, port(httpGet)];
  }
  if (isPresent(tcpSocket)) return ['tcpSocket', field(tcpSocket, 'host'), port(tcpSocket)];
  if (isPresent(grpc)) return ['grpc', field(grpc, 'service') ?? '', port(grpc)];
  return ['exec', ...entries(field(exec, 'command'))];
}

function portNumber(container: unknown, port: unknown): unknown {
  const named = entries(field(container, 'ports')).find((candidate) => field(candidate, 'name') === port);
  const number = named === undefined ? port : field(named, 'containerPort');
  return String(number);
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}

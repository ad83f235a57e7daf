import { field, isPresent, shown } from '../../kubernetes/fields.ts';
import type { Container } from '../../kubernetes/workloads.ts';
import { eachContainer, type ContainerProblem } from '../../problems.ts';
import { objectRule } from '../../rule.ts';
import { podWithContainer } from '../exampleYaml.ts';
import { highestPort, isPortNumber, portsOf } from './containerPort.ts';
import { handlersOf, probesOf, type ProbeHandler } from './probes.ts';

/** The port of every probe can be asked: a number, or the name of a TCP port of the same container. */
export const probePorts = objectRule({
  name: 'probe-ports',
  asks: 'The port of every probe is a number, or the name of a TCP port of the same container.',
  severity: 'high',
  level: 'mandatory',
  rationale:
    'A probe whose port has a name that the container does not know can never be asked: the container stays unready for ever, or is killed again and again.',
  link: 'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/',
  passes: podWithContainer(
    'ports: [{ name: http, containerPort: 8080 }]',
    'readinessProbe: { httpGet: { port: http } }',
  ),
  fails: podWithContainer('ports: [{ name: web, containerPort: 8080 }]', 'readinessProbe: { httpGet: { port: http } }'),
  check: (object) => eachContainer(object, portProblems),
});

function* portProblems(container: Container): Iterable<ContainerProblem> {
  for (const { name, spec } of probesOf(container))
    for (const handler of handlersOf(spec)) {
      if (handler === 'exec') continue;
      const port = field(field(spec, handler), 'port');
      const wrong = wrongPort(container.spec, handler, port);
      if (wrong === undefined) continue;
      yield {
        path: `${name}.${handler}.port`,
        problem: `is ${shown(port)}${wrong}`,
        fix: `${name}: { ${handler}: { port: 8080 } }, with the number at which the container answers`,
      };
    }
}

/** What is wrong with the port of a probe, after its value; `undefined` for nothing. */
function wrongPort(container: unknown, handler: ProbeHandler, port: unknown): string | undefined {
  const allowed = handler === 'grpc' ? '' : ', or the name of a port of the container';
  if (isPortNumber(port)) return undefined;
  if (typeof port !== 'string' || handler === 'grpc' || /^\d*$/.test(port))
    return `: it must be a number of 1 to ${highestPort}${allowed}`;
  const named = portsOf(container).filter(({ name }) => name === port);
  if (named.length === 0) return `: ${known(container)}`;
  // The kubelet takes the first of a name, whatever its protocol.
  const protocol = named[0]?.protocol ?? 'TCP';
  return protocol === 'TCP' ? undefined : `, a port of ${protocol}: probes need one of TCP`;
}

function known(container: unknown): string {
  const names = portsOf(container)
    .map(({ name }) => name)
    .filter(isPresent);
  return names.length === 0
    ? 'no port of the container has a name'
    : `it must be one of the ports of the container, ${names.map(shown).join(', ')}`;
}

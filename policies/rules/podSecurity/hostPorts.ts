import { entries, field, isPresent, shown } from '../../kubernetes/fields.ts';
import { protocolOf } from '../../kubernetes/ports.ts';
import type { Container } from '../../kubernetes/workloads.ts';
import { eachContainer, type ContainerProblem } from '../../problems.ts';
import { objectRule } from '../../rule.ts';
import { podWithContainer } from '../exampleYaml.ts';

/** No container opens a port on its node: neither by itself, nor because its pod lives in the node's network. */
export const hostPorts = objectRule({
  name: 'host-ports',
  asks: 'No container has a hostPort.',
  severity: 'high',
  level: 'mandatory',
  rationale:
    'Whoever reaches the node reaches such a port, past every Service and NetworkPolicy; and only one such pod fits on a node.',
  link: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline',
  passes: podWithContainer('ports: [{ containerPort: 6831, protocol: UDP }]'),
  fails: podWithContainer('ports: [{ containerPort: 6831, protocol: UDP, hostPort: 6831 }]'),
  *check(object) {
    const inNodeNetwork = field(object.workload?.podSpec, 'hostNetwork') === true;
    yield* eachContainer(object, (container) => hostPortProblems(container, inNodeNetwork));
  },
});

function* hostPortProblems({ spec }: Container, inNodeNetwork: boolean): Iterable<ContainerProblem> {
  for (const [index, port] of entries(field(spec, 'ports')).entries()) {
    const own = field(port, 'hostPort');
    const path = `ports[${index}].hostPort`;
    if (!isNoPort(own)) yield { path, ...opened(port, own) };
    // The API server fills in the hostPorts of a pod with hostNetwork.
    else if (inNodeNetwork) {
      const containerPort = field(port, 'containerPort');
      if (!isNoPort(containerPort)) yield { path, ...openedByPod(port, containerPort) };
    }
  }
}

/** Kubernetes takes 0 for none. */
function isNoPort(port: unknown): boolean {
  return !isPresent(port) || port === 0;
}

function opened(port: unknown, hostPort: unknown): Omit<ContainerProblem, 'path'> {
  const protocol = protocolOf(port);
  return {
    problem: `is ${shown(hostPort)} (${protocol}): it must not be set`,
    fix: `ports: [{ containerPort: ${shown(field(port, 'containerPort'))}, protocol: "${protocol}" }], reached through a Service`,
  };
}

function openedByPod(port: unknown, containerPort: unknown): Omit<ContainerProblem, 'path'> {
  return {
    problem: `becomes ${shown(containerPort)} (${protocolOf(port)}) by the hostNetwork of the pod: it must not be set`,
    fix: 'leave hostNetwork out of the pod; a Service reaches the port',
  };
}

import type { ResourceValidationPolicy } from '@pulumi/policy';
import { entries, field } from '../../kubernetes/fields.ts';
import type { Workload } from '../../kubernetes/workloads.ts';
import { inContainer, validateWorkloads, type Violation } from './workloadRule.ts';

const reason =
  'whoever reaches the node reaches it, past every Service and NetworkPolicy, and Pod Security forbids it below "privileged"';

/** Each port of a container that is open on the node's own address. */
export function hostPortViolations(container: unknown): Violation[] {
  return entries(field(container, 'ports')).flatMap((port, index) => {
    const hostPort = field(port, 'hostPort');
    // Kubernetes takes 0 for none.
    if (hostPort === undefined || hostPort === null || hostPort === 0) return [];
    return [
      {
        field: `ports[${index}].hostPort`,
        problem: `is ${JSON.stringify(hostPort)} (${protocolOf(port)}): ${reason}`,
        example: `ports: [{ containerPort: ${JSON.stringify(field(port, 'containerPort'))}, protocol: "${protocolOf(port)}" }], reached through a Service`,
      },
    ];
  });
}

/** No container has a port on its node, by itself or through the node's network. */
export const hostPorts: ResourceValidationPolicy = {
  name: 'host-ports',
  description: 'No container has a hostPort, and no pod has hostNetwork: both open ports on the node itself.',
  enforcementLevel: 'advisory',
  remediationSteps:
    'Leave hostPort and hostNetwork out, and reach the pods through a Service; or keep them to a namespace of their own.',
  validateResource: validateWorkloads((workload) => [
    ...hostNetworkProblems(workload),
    ...workload.containers.flatMap((container) =>
      hostPortViolations(container.spec).map((violation) => inContainer(container, violation)),
    ),
  ]),
};

function hostNetworkProblems({ pod, containers }: Workload): string[] {
  if (field(pod.spec, 'hostNetwork') !== true) return [];
  const opened = containers.map(({ name, spec }) => `container "${name}" (${portsOf(spec)})`).join(', ');
  return [`: ${pod.path}.hostNetwork is true, for ${opened}: ${reason}. Example: hostNetwork: false`];
}

function portsOf(container: unknown): string {
  const ports = entries(field(container, 'ports'));
  if (ports.length === 0) return 'no declared ports';
  return ports.map((port) => `${JSON.stringify(field(port, 'containerPort'))} ${protocolOf(port)}`).join(', ');
}

function protocolOf(port: unknown): string {
  const protocol = field(port, 'protocol');
  return typeof protocol === 'string' ? protocol : 'TCP';
}

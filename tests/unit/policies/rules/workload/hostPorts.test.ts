import { describe, expect, it } from 'vitest';
import { hostPorts, hostPortViolations } from '../../../../../policies/rules/workload/hostPorts.ts';
import { violationsOf } from './violationsOf.ts';

const port = { name: 'compact', containerPort: 6831, protocol: 'UDP' };
const container = { name: 'agent', ports: [{ name: 'admin', containerPort: 14_271 }, port] };
const podSpec = { containers: [container] };
const reason =
  'whoever reaches the node reaches it, past every Service and NetworkPolicy, and Pod Security forbids it below "privileged"';

const onNode = { ...container, ports: [container.ports[0], { ...port, hostPort: 6831 }] };
const kinds = [
  ['Pod', 'kubernetes:core/v1:Pod', 'spec', (spec: unknown) => ({ spec })],
  ...['Deployment', 'DaemonSet', 'StatefulSet', 'ReplicaSet'].map(
    (kind) =>
      [
        kind,
        `kubernetes:apps/v1:${kind}`,
        'spec.template.spec',
        (spec: unknown) => ({ spec: { template: { spec } } }),
      ] as const,
  ),
  ['Job', 'kubernetes:batch/v1:Job', 'spec.template.spec', (spec: unknown) => ({ spec: { template: { spec } } })],
  [
    'CronJob',
    'kubernetes:batch/v1:CronJob',
    'spec.jobTemplate.spec.template.spec',
    (spec: unknown) => ({ spec: { jobTemplate: { spec: { template: { spec } } } } }),
  ],
] as const;

describe('host-ports', () => {
  it.each(kinds)('lets a %s without ports on the node pass', async (_kind, type, _path, props) => {
    expect(await violationsOf(hostPorts, type, props(podSpec))).toEqual([]);
  });

  it.each(kinds)('reports each port of a %s on the node', async (kind, type, path, props) => {
    expect(await violationsOf(hostPorts, type, props({ ...podSpec, containers: [onNode] }))).toEqual([
      `${kind} "shop", container "agent": ${path}.containers[0].ports[1].hostPort is 6831 (UDP): ${reason}. ` +
        'Example: ports: [{ containerPort: 6831, protocol: "UDP" }], reached through a Service',
    ]);
  });

  it.each(kinds)("reports a %s in the node's network, with its ports", async (kind, type, path, props) => {
    expect(await violationsOf(hostPorts, type, props({ ...podSpec, hostNetwork: true }))).toEqual([
      `${kind} "shop": ${path}.hostNetwork is true, for container "agent" (14271 TCP, 6831 UDP): ${reason}. ` +
        'Example: hostNetwork: false',
    ]);
  });

  it('reports an init container, and a container that declares no ports in the network of the node', async () => {
    const spec = { initContainers: [onNode], containers: [{ name: 'quiet' }], hostNetwork: true };
    expect(await violationsOf(hostPorts, 'kubernetes:core/v1:Pod', { spec })).toEqual([
      expect.stringContaining('container "agent" (14271 TCP, 6831 UDP), container "quiet" (no declared ports)'),
      expect.stringContaining('container "agent": spec.initContainers[0].ports[1].hostPort is 6831 (UDP)'),
    ]);
  });

  it.each([0, null, undefined])('takes a hostPort of %s for none', (hostPort) => {
    expect(hostPortViolations({ ports: [{ ...port, hostPort }] })).toEqual([]);
  });

  it('lets other resources pass', async () => {
    expect(await violationsOf(hostPorts, 'kubernetes:core/v1:Service', { spec: { ports: [{ port: 80 }] } })).toEqual(
      [],
    );
  });

  it('is advisory', () => {
    expect(hostPorts).toMatchObject({ name: 'host-ports', enforcementLevel: 'advisory' });
  });
});

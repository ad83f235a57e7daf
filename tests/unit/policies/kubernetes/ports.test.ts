import { describe, expect, it } from 'vitest';
import { podPorts, servicePorts, targetedPorts } from '../../../../policies/kubernetes/ports.ts';
import { workloadOf } from '../../../../policies/kubernetes/workloads.ts';

const workload = workloadOf('Pod', '', {
  spec: {
    initContainers: [
      { name: 'prepare', ports: [{ name: 'http', containerPort: 1 }] },
      { name: 'proxy', restartPolicy: 'Always', ports: [{ name: 'dns', containerPort: 53, protocol: 'UDP' }] },
    ],
    containers: [
      {
        name: 'main',
        ports: [
          { name: 'http', containerPort: 8080 },
          { containerPort: 53, protocol: '' },
        ],
      },
    ],
  },
});
const ports = workload === undefined ? [] : podPorts(workload);

describe('podPorts', () => {
  it('finds the ports of sidecars and main containers, which are TCP unless they say otherwise', () => {
    expect(ports).toEqual([
      { name: 'dns', number: 53, protocol: 'UDP', container: 'proxy', path: 'spec.initContainers[1].ports[0]' },
      { name: 'http', number: 8080, protocol: 'TCP', container: 'main', path: 'spec.containers[0].ports[0]' },
      { name: '', number: 53, protocol: 'TCP', container: 'main', path: 'spec.containers[0].ports[1]' },
    ]);
  });
});

describe('servicePorts', () => {
  it.each([
    [{ port: 80 }, 80, false],
    [{ port: 80, targetPort: 8080 }, 8080, true],
    [{ port: 80, targetPort: 'http' }, 'http', true],
    [{ port: 80, targetPort: 0 }, 80, false],
    [{ port: 80, targetPort: '' }, 80, false],
    [{ port: 80, targetPort: null }, 80, false],
    [{ port: 80, targetPort: {} }, undefined, true],
    [{}, undefined, false],
  ])('finds the target of %j', (port, target, hasTarget) => {
    expect(servicePorts({ spec: { ports: [port] } })).toMatchObject([{ target, hasTarget, path: 'spec.ports[0]' }]);
  });

  it.each([[undefined], [{}], [{ spec: { ports: 'http' } }]])('finds none in %j', (service) => {
    expect(servicePorts(service)).toEqual([]);
  });
});

describe('targetedPorts', () => {
  it.each([
    ['http', 'TCP', ['main']],
    ['http', 'UDP', []],
    [53, 'UDP', ['proxy']],
    [53, 'TCP', ['main']],
    [54, 'TCP', []],
  ])('finds the ports of pods that %j of %s leads to', (targetPort, protocol, containers) => {
    const [port] = servicePorts({ spec: { ports: [{ port: 1, targetPort, protocol }] } });
    expect(port && targetedPorts(port, ports).map(({ container }) => container)).toEqual(containers);
  });
});

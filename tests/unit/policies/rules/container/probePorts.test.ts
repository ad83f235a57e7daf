import { describe, expect, it } from 'vitest';
import { probeDeclaredPorts } from '../../../../../policies/rules/container/probeDeclaredPorts.ts';
import { probePorts } from '../../../../../policies/rules/container/probePorts.ts';
import { findingsOf } from '../../../../support/problemsOf.ts';
import { podsOfKind, problemsIn } from './containerFixtures.ts';

const ports = [
  { name: 'http', containerPort: 8080 },
  { name: 'dns', containerPort: 53, protocol: 'UDP' },
];

describe('probe-ports', () => {
  it.each([
    [{ httpGet: { port: 'http' } }],
    [{ tcpSocket: { port: 'http' } }],
    [{ grpc: { port: 1 } }],
    [{ httpGet: { port: 65_535 } }],
    [{ exec: { command: ['true'] } }],
    [{}],
  ])('lets %j pass', (readinessProbe) => {
    expect(problemsIn(probePorts, { ports, readinessProbe })).toEqual([]);
  });

  const number = 'it must be a number of 1 to 65535';
  const numberOrName = `${number}, or the name of a port of the container`;

  it.each([
    [
      { httpGet: { port: 'web' } },
      'httpGet.port is "web": it must be one of the ports of the container, "http", "dns"',
    ],
    [
      { tcpSocket: { port: 'HTTP' } },
      'tcpSocket.port is "HTTP": it must be one of the ports of the container, "http", "dns"',
    ],
    [{ tcpSocket: { port: 'dns' } }, 'tcpSocket.port is "dns", a port of UDP: probes need one of TCP'],
    [{ grpc: { port: 'http' } }, `grpc.port is "http": ${number}`],
    [{ httpGet: { port: '8080' } }, `httpGet.port is "8080": ${numberOrName}`],
    [{ httpGet: { port: '' } }, `httpGet.port is "": ${numberOrName}`],
    [{ httpGet: {} }, `httpGet.port is not set: ${numberOrName}`],
    [{ httpGet: { port: 0 } }, `httpGet.port is 0: ${numberOrName}`],
    [{ tcpSocket: { port: 65_536 } }, `tcpSocket.port is 65536: ${numberOrName}`],
    [{ tcpSocket: { port: 80.5 } }, `tcpSocket.port is 80.5: ${numberOrName}`],
    [{ grpc: { port: -1 } }, `grpc.port is -1: ${number}`],
  ])('finds what is wrong with %j', (readinessProbe, problem) => {
    expect(problemsIn(probePorts, { ports, readinessProbe })).toEqual([`readinessProbe.${problem}`]);
  });

  it('says that no port has a name', () => {
    const container = { ports: [{ containerPort: 8080 }], startupProbe: { httpGet: { port: 'http' } } };
    expect(problemsIn(probePorts, container)).toEqual([
      'startupProbe.httpGet.port is "http": no port of the container has a name',
    ]);
  });

  it('knows no ports of other containers', () => {
    const livenessProbe = { httpGet: { port: 'http' } };
    const object = podsOfKind('Pod', {
      containers: [
        { name: 'a', ports },
        { name: 'b', livenessProbe },
      ],
    });
    expect(findingsOf(probePorts, [object])).toMatchObject([
      { container: 'b', path: 'spec.containers[1].livenessProbe.httpGet.port' },
    ]);
  });

  it('looks at the first port of a name, as the kubelet does', () => {
    const twice = [
      { name: 'dns', containerPort: 53, protocol: 'UDP' },
      { name: 'dns', containerPort: 53 },
    ];
    expect(problemsIn(probePorts, { ports: twice, livenessProbe: { tcpSocket: { port: 'dns' } } })).toHaveLength(1);
  });

  it('leaves probes where none can be to probe-values', () => {
    const containers = [{ name: 'first', livenessProbe: { httpGet: { port: 'http' } } }];
    const object = podsOfKind('Pod', { initContainers: containers, containers: [], ephemeralContainers: containers });
    expect(findingsOf(probePorts, [object])).toEqual([]);
  });
});

describe('probe-declared-ports', () => {
  it.each([
    [{ httpGet: { port: 8080 } }, 0],
    [{ httpGet: { port: 8081 } }, 1],
    [{ tcpSocket: { port: 8081 } }, 1],
    [{ grpc: { port: 8081 } }, 1],
    [{ tcpSocket: { port: 53 } }, 1],
    [{ httpGet: { port: 8081, host: 'other' } }, 0],
    [{ httpGet: { port: 'web' } }, 0],
    [{ httpGet: { port: 0 } }, 0],
    [{ exec: { command: ['true'] } }, 0],
  ])('looks for the number of %j among the TCP ports', (livenessProbe, count) => {
    expect(problemsIn(probeDeclaredPorts, { ports, livenessProbe })).toHaveLength(count);
  });

  it('says which port of which probe', () => {
    expect(problemsIn(probeDeclaredPorts, { startupProbe: { grpc: { port: 9000 } } })).toEqual([
      'startupProbe.grpc.port is 9000, which the container does not declare: it must be one of its TCP ports',
    ]);
  });
});

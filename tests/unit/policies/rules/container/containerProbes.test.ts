import { describe, expect, it } from 'vitest';
import { containerProbes } from '../../../../../policies/rules/container/containerProbes.ts';
import { distinctProbes } from '../../../../../policies/rules/container/distinctProbes.ts';
import { findingsOf, problemsOf } from '../../../../support/problemsOf.ts';
import { deploymentOf, podKinds, podsOfKind, problemsIn, unknownText } from './containerFixtures.ts';

const container = {
  name: 'web',
  ports: [{ name: 'admin', containerPort: 8080 }],
  startupProbe: { httpGet: { path: '/version', port: 'admin' } },
  livenessProbe: { httpGet: { path: '/version', port: 'admin' } },
  readinessProbe: { httpGet: { path: '/', port: 'admin' } },
};
const handlers = 'it must have exactly one of httpGet, tcpSocket, exec, grpc';
const same = 'livenessProbe asks the same as readinessProbe: it must ask only whether the process runs';

describe('container-probes', () => {
  it.each([
    ['no startup probe', { startupProbe: undefined }, 'startupProbe is missing'],
    ['no liveness probe', { livenessProbe: undefined }, 'livenessProbe is missing'],
    ['no readiness probe', { readinessProbe: null }, 'readinessProbe is missing'],
    ['a probe without a handler', { livenessProbe: { periodSeconds: 5 } }, 'livenessProbe has no handler'],
    ['a probe whose handler is null', { livenessProbe: { httpGet: null } }, 'livenessProbe has no handler'],
    [
      'a probe with two handlers',
      { livenessProbe: { exec: { command: ['true'] }, tcpSocket: { port: 1 } } },
      'livenessProbe has the handlers tcpSocket, exec',
    ],
  ])('finds %s', (_what, change, problem) => {
    expect(problemsIn(containerProbes, { ...container, ...change })).toEqual([`${problem}: ${handlers}`]);
  });

  it('asks for no startup probe where its parameter says so, and for a handler of one that is there', () => {
    const said = (change: object) => problemsIn(containerProbes, { ...container, ...change }, { startup: false });
    expect(said({ startupProbe: undefined })).toEqual([]);
    expect(said({ startupProbe: {} })).toEqual([`startupProbe has no handler: ${handlers}`]);
    expect(said({ livenessProbe: undefined })).toHaveLength(1);
  });

  it('says which object, container and field, what is allowed, and how it looks', () => {
    const problems = problemsOf(containerProbes, [podsOfKind('DaemonSet', { containers: [{ name: 'web' }] })]);
    expect(problems[0]).toBe(
      `DaemonSet/shop, container "web": spec.template.spec.containers[0].startupProbe is missing: ${handlers}. ` +
        'Fix: startupProbe: { httpGet: { path: "/version", port: "admin" }, failureThreshold: 30 }',
    );
    expect(problems).toHaveLength(3);
  });

  const lasting = podKinds.map(([kind]) => kind).filter((kind) => kind !== 'Job' && kind !== 'CronJob');

  it.each(lasting)('asks them of the main containers and sidecars of a %s, and of no others', (kind) => {
    const object = podsOfKind(kind, {
      initContainers: [{ name: 'first' }, { name: 'proxy', restartPolicy: 'Always' }],
      containers: [{ name: 'web' }],
      ephemeralContainers: [{ name: 'debug' }],
    });
    const names = findingsOf(containerProbes, [object]).map((finding) => finding.container);
    expect(names).toEqual(['proxy', 'proxy', 'proxy', 'web', 'web', 'web']);
  });

  it.each([
    ['Job', {}],
    ['CronJob', {}],
    ['Pod', { restartPolicy: 'OnFailure' }],
    ['Pod', { restartPolicy: 'Never' }],
  ])('asks none of a %s that ends: %j', (kind, podSpec) => {
    expect(findingsOf(containerProbes, [podsOfKind(kind, { ...podSpec, containers: [{ name: 'web' }] })])).toEqual([]);
  });
});

describe('distinct-probes', () => {
  it.each([
    ['the same path', { httpGet: { path: '/', port: 'admin' }, periodSeconds: 30 }],
    ['the default path and scheme', { httpGet: { port: 'admin', scheme: 'HTTP' } }],
    ['an empty path, scheme and host', { httpGet: { path: '', scheme: '', host: '', port: 'admin' } }],
    ['the port by its number', { httpGet: { path: '/', port: 8080 } }],
    ['another header', { httpGet: { port: 8080, httpHeaders: [{ name: 'Accept', value: 'text/plain' }] } }],
  ])('finds a liveness probe that asks what readiness asks: %s', (_what, livenessProbe) => {
    expect(problemsIn(distinctProbes, { ...container, livenessProbe })).toEqual([same]);
  });

  it.each([
    [{ httpGet: { port: 1, path: 'healthz' } }, { httpGet: { port: 1, path: '/healthz' } }, 1],
    [{ httpGet: { port: 1 } }, { httpGet: { port: 1, scheme: 'HTTPS' } }, 0],
    [{ httpGet: { port: 1 } }, { httpGet: { port: 1, host: 'other' } }, 0],
    [{ httpGet: { port: 'admin' } }, { httpGet: { port: 'web' } }, 0],
    [{ httpGet: { port: 'admin' } }, { httpGet: { port: 'admin' } }, 1],
    [{ exec: { command: ['a'] } }, { exec: { command: ['a'] } }, 1],
    [{ exec: { command: ['a'] } }, { exec: { command: ['b'] } }, 0],
    [{ exec: { command: ['a b'] } }, { exec: { command: ['a', 'b'] } }, 0],
    [{ tcpSocket: { port: 8080 } }, { tcpSocket: { port: 'admin' } }, 1],
    [{ tcpSocket: { port: 8080 } }, { tcpSocket: { port: 8081 } }, 0],
    [{ tcpSocket: { port: 8080 } }, { tcpSocket: { port: 8080, host: 'other' } }, 0],
    [{ grpc: { port: 1 } }, { grpc: { port: 1, service: '' } }, 1],
    [{ grpc: { port: 1 } }, { grpc: { port: 1, service: 'ready' } }, 0],
    [{ tcpSocket: { port: 1 } }, { grpc: { port: 1 } }, 0],
    [{}, {}, 0],
    [{ periodSeconds: 5 }, { periodSeconds: 5 }, 0],
    ['x', 'x', 0],
    [{ exec: {}, grpc: {} }, { exec: {}, grpc: {} }, 0],
    [undefined, { grpc: { port: 1 } }, 0],
    [{ grpc: { port: 1 } }, undefined, 0],
  ])('compares %j with %j', (livenessProbe, readinessProbe, count) => {
    expect(problemsIn(distinctProbes, { ...container, livenessProbe, readinessProbe })).toHaveLength(count);
  });

  it.each([
    [{ failureThreshold: 4 }, {}, 0],
    [{ periodSeconds: 11 }, {}, 0],
    [{}, { failureThreshold: 2 }, 0],
    [{}, {}, 1],
    [{ failureThreshold: 3 }, { periodSeconds: 20 }, 1],
  ])(
    'lets a liveness probe with %j ask what readiness with %j asks, by its parameter',
    (liveness, readiness, count) => {
      const grpc = { port: 1 };
      const probes = { livenessProbe: { grpc, ...liveness }, readinessProbe: { grpc, ...readiness } };
      expect(problemsIn(distinctProbes, probes, { patientMayBeSame: true })).toHaveLength(count);
      expect(problemsIn(distinctProbes, probes)).toHaveLength(1);
    },
  );

  it('takes a name for the first port that has it', () => {
    const ports = [
      { name: 'admin', containerPort: 1 },
      { name: 'admin', containerPort: 2 },
    ];
    const probes = (port: number) => ({
      ports,
      livenessProbe: { tcpSocket: { port: 'admin' } },
      readinessProbe: { tcpSocket: { port } },
    });
    expect(problemsIn(distinctProbes, probes(1))).toEqual([same]);
    expect(problemsIn(distinctProbes, probes(2))).toEqual([]);
  });

  it('asks it of jobs and sidecars too', () => {
    const asking = { livenessProbe: { grpc: { port: 1 } }, readinessProbe: { grpc: { port: 1 } } };
    const object = podsOfKind('Job', {
      initContainers: [{ ...asking, name: 'proxy', restartPolicy: 'Always' }],
      containers: [{ ...asking, name: 'job' }],
    });
    expect(findingsOf(distinctProbes, [object]).map((finding) => finding.container)).toEqual(['proxy', 'job']);
  });

  it('could not run where a preview cannot know what is asked', () => {
    const livenessProbe = { httpGet: { path: unknownText, port: 'admin' } };
    expect(findingsOf(distinctProbes, [deploymentOf({ ...container, livenessProbe })])).toMatchObject([
      { kind: 'unknown', path: 'spec.template.spec.containers[0].livenessProbe.httpGet.path' },
    ]);
  });
});

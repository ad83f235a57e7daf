import { describe, expect, it } from 'vitest';
import { containerProbes, probeViolations } from '../../../../../policies/rules/workload/containerProbes.ts';
import { violationsOf } from './violationsOf.ts';

const container = {
  name: 'web',
  ports: [{ name: 'admin', containerPort: 8080 }],
  startupProbe: { httpGet: { path: '/version', port: 'admin' } },
  livenessProbe: { httpGet: { path: '/version', port: 'admin' } },
  readinessProbe: { httpGet: { path: '/', port: 'admin' } },
};
const handlers = 'it must have exactly one of httpGet, tcpSocket, exec, grpc';
const podSpec = { spec: { template: { spec: { containers: [{ name: 'web' }] } } } };

describe('container-probes', () => {
  it('lets a container with three probes pass', () => {
    expect(probeViolations(container)).toEqual([]);
  });

  it.each([
    ['no startup probe', { startupProbe: undefined }, 'startupProbe is missing'],
    ['no liveness probe', { livenessProbe: undefined }, 'livenessProbe is missing'],
    ['no readiness probe', { readinessProbe: null }, 'readinessProbe is missing'],
    ['a probe without a handler', { livenessProbe: { periodSeconds: 5 } }, 'livenessProbe has no handler'],
    [
      'a probe with two handlers',
      { livenessProbe: { exec: { command: ['true'] }, tcpSocket: { port: 1 } } },
      'livenessProbe has the handlers tcpSocket, exec',
    ],
  ])('refuses %s', (_what, change, problem) => {
    expect(probeViolations({ ...container, ...change }).map(({ field, problem: text }) => `${field} ${text}`)).toEqual([
      `${problem}: ${handlers}`,
    ]);
  });

  it.each([
    ['the same path', { httpGet: { path: '/', port: 'admin' }, periodSeconds: 30 }],
    ['the default path and scheme', { httpGet: { port: 'admin', scheme: 'HTTP' } }],
    ['the port by its number', { httpGet: { path: '/', port: 8080 } }],
  ])('refuses a liveness probe that asks what readiness asks: %s', (_what, livenessProbe) => {
    expect(probeViolations({ ...container, livenessProbe }).map(({ field, problem }) => `${field} ${problem}`)).toEqual(
      ['livenessProbe asks the same as readinessProbe: it must ask only whether the process runs'],
    );
  });

  it.each([
    [{ exec: { command: ['a'] } }, { exec: { command: ['a'] } }, 1],
    [{ exec: { command: ['a'] } }, { exec: { command: ['b'] } }, 0],
    [{ tcpSocket: { port: 8080 } }, { tcpSocket: { port: 'admin' } }, 1],
    [{ tcpSocket: { port: 8080 } }, { tcpSocket: { port: 8081 } }, 0],
    [{ grpc: { port: 1 } }, { grpc: { port: 1, service: '' } }, 1],
    [{ grpc: { port: 1 } }, { grpc: { port: 1, service: 'ready' } }, 0],
    [{ tcpSocket: { port: 1 } }, { grpc: { port: 1 } }, 0],
  ])('compares %j with %j', (livenessProbe, readinessProbe, count) => {
    expect(probeViolations({ ...container, livenessProbe, readinessProbe })).toHaveLength(count);
  });

  it('says which resource, container and field, what is allowed, and how it looks', async () => {
    const violations = await violationsOf(containerProbes, 'kubernetes:apps/v1:DaemonSet', podSpec);
    expect(violations[0]).toBe(
      `DaemonSet "shop", container "web": spec.template.spec.containers[0].startupProbe is missing: ${handlers}. ` +
        'Example: startupProbe: { httpGet: { path: "/version", port: "admin" }, failureThreshold: 30 }',
    );
    expect(violations).toHaveLength(3);
  });

  it.each([
    ['Job', 'kubernetes:batch/v1:Job', podSpec],
    ['CronJob', 'kubernetes:batch/v1:CronJob', { spec: { jobTemplate: podSpec } }],
    [
      'Pod that ends',
      'kubernetes:core/v1:Pod',
      { spec: { containers: [{ name: 'web' }], restartPolicy: 'OnFailure' } },
    ],
  ])('asks no probes of a %s', async (_what, type, props) => {
    expect(await violationsOf(containerProbes, type, props)).toEqual([]);
  });

  it('is mandatory', () => {
    expect(containerProbes).toMatchObject({ name: 'container-probes', enforcementLevel: 'mandatory' });
  });
});

import { describe, expect, it } from 'vitest';
import { probeTimings } from '../../../../../policies/rules/container/probeTimings.ts';
import { probeValues } from '../../../../../policies/rules/container/probeValues.ts';
import { findingsOf } from '../../../../support/problemsOf.ts';
import { podsOfKind, problemsIn } from './containerFixtures.ts';

const grpc = { port: 1 };
const integer = 'it must be an integer of 0 to 2147483647';

describe('probe-values', () => {
  it.each([
    [
      'zeros, which are defaults',
      { livenessProbe: { grpc, successThreshold: 0, periodSeconds: 0, timeoutSeconds: 0 } },
    ],
    ['a threshold of readiness', { readinessProbe: { grpc, successThreshold: 3 } }],
    ['a grace period', { livenessProbe: { grpc, terminationGracePeriodSeconds: 1 } }],
    ['nulls', { startupProbe: { grpc, successThreshold: null, terminationGracePeriodSeconds: null } }],
    ['no probes', {}],
  ])('lets %s pass', (_what, container) => {
    expect(problemsIn(probeValues, container)).toEqual([]);
  });

  it.each([
    [
      { livenessProbe: { successThreshold: 2 } },
      'livenessProbe.successThreshold is 2: it must be 1 for liveness and startup',
    ],
    [
      { startupProbe: { successThreshold: 3 } },
      'startupProbe.successThreshold is 3: it must be 1 for liveness and startup',
    ],
    [{ readinessProbe: { periodSeconds: -1 } }, `readinessProbe.periodSeconds is -1: ${integer}`],
    [{ readinessProbe: { timeoutSeconds: 0.5 } }, `readinessProbe.timeoutSeconds is 0.5: ${integer}`],
    [{ readinessProbe: { failureThreshold: '3' } }, `readinessProbe.failureThreshold is "3": ${integer}`],
    [{ readinessProbe: { successThreshold: [] } }, `readinessProbe.successThreshold is []: ${integer}`],
    [
      { readinessProbe: { initialDelaySeconds: 2 ** 31 } },
      `readinessProbe.initialDelaySeconds is 2147483648: ${integer}`,
    ],
    [
      { livenessProbe: { terminationGracePeriodSeconds: 0 } },
      'livenessProbe.terminationGracePeriodSeconds is 0: it must be an integer above zero',
    ],
    [
      { readinessProbe: { terminationGracePeriodSeconds: 10 } },
      'readinessProbe.terminationGracePeriodSeconds is 10: it must not be set for readiness, which ends nothing',
    ],
  ])('finds what the API server refuses: %j', (container, problem) => {
    expect(problemsIn(probeValues, container)).toEqual([problem]);
  });

  it('finds probes of containers that can have none', () => {
    const livenessProbe = { grpc };
    const object = podsOfKind('Pod', {
      initContainers: [
        { name: 'first', livenessProbe },
        { name: 'proxy', restartPolicy: 'Always', livenessProbe },
      ],
      containers: [{ name: 'web', livenessProbe }],
      ephemeralContainers: [{ name: 'debug', livenessProbe }],
    });
    expect(findingsOf(probeValues, [object]).map(({ container, problem, fix }) => [container, problem, fix])).toEqual([
      [
        'first',
        'is set: an init container that ends can have no probes',
        'leave livenessProbe out, or restartPolicy: Always for a sidecar',
      ],
      ['debug', 'is set: an ephemeral container can have no probes', 'leave livenessProbe out'],
    ]);
  });
});

describe('probe-timings', () => {
  it.each([
    ['defaults of liveness and readiness', { livenessProbe: { grpc }, readinessProbe: { grpc } }],
    ['the defaults of startup', { startupProbe: { grpc } }],
    ['the default timeout of a second', { livenessProbe: { grpc, periodSeconds: 1, failureThreshold: 10 } }],
    ['a timeout of a whole period', { livenessProbe: { grpc, timeoutSeconds: 10 } }],
    ['the least patience of liveness', { livenessProbe: { grpc, periodSeconds: 2, failureThreshold: 5 } }],
    ['the most patience of startup', { startupProbe: { grpc, failureThreshold: 60 } }],
    ['a delay without a startup probe', { livenessProbe: { grpc, initialDelaySeconds: 30 } }],
    [
      'a delay of the startup probe itself',
      { startupProbe: { grpc, initialDelaySeconds: 5 }, livenessProbe: { grpc } },
    ],
    ['a readiness probe that may hang', { readinessProbe: { grpc, timeoutSeconds: 11 } }],
    ['an impatient readiness probe', { readinessProbe: { grpc, periodSeconds: 1, failureThreshold: 1 } }],
  ])('lets %s pass', (_what, container) => {
    expect(problemsIn(probeTimings, container)).toEqual([]);
  });

  it.each([
    [
      { livenessProbe: { timeoutSeconds: 11 } },
      'livenessProbe.timeoutSeconds is 11: it must not be above livenessProbe.periodSeconds, which is 10 by default',
    ],
    [
      { livenessProbe: { timeoutSeconds: 6, periodSeconds: 5 } },
      'livenessProbe.timeoutSeconds is 6: it must not be above livenessProbe.periodSeconds, which is 5',
    ],
    [
      { livenessProbe: { periodSeconds: 3 } },
      'livenessProbe gives up after 9 s, failureThreshold 3 by default times periodSeconds 3: it must be 10 s or more',
    ],
    [
      { startupProbe: { failureThreshold: 2 } },
      'startupProbe gives up after 20 s, failureThreshold 2 times periodSeconds 10 by default: it must be 30 s or more',
    ],
    [
      { startupProbe: { failureThreshold: 61 } },
      'startupProbe gives up after 610 s, failureThreshold 61 times periodSeconds 10 by default: it must be 600 s or less',
    ],
    [
      { startupProbe: {}, livenessProbe: { initialDelaySeconds: 30 } },
      'livenessProbe.initialDelaySeconds is 30, though startupProbe says when the container has started: it must not be set',
    ],
    [
      { startupProbe: {}, readinessProbe: { initialDelaySeconds: 1 } },
      'readinessProbe.initialDelaySeconds is 1, though startupProbe says when the container has started: it must not be set',
    ],
  ])('finds %j', (container, problem) => {
    expect(problemsIn(probeTimings, container)).toEqual([problem]);
  });

  it('takes the limits of a configuration', () => {
    const container = { livenessProbe: { grpc }, startupProbe: { grpc } };
    expect(problemsIn(probeTimings, container, { minimumLivenessSeconds: 31 })).toHaveLength(1);
    expect(problemsIn(probeTimings, container, { minimumStartupSeconds: 31 })).toHaveLength(1);
    expect(problemsIn(probeTimings, container, { maximumStartupSeconds: 29 })).toHaveLength(1);
  });

  it.each([
    [{ livenessProbe: { periodSeconds: 3 } }, 'livenessProbe: { failureThreshold: 4 }, or another period'],
    [{ startupProbe: { failureThreshold: 99 } }, 'startupProbe: { failureThreshold: 60 }, or another period'],
    [{ startupProbe: { periodSeconds: 900 } }, 'startupProbe: { failureThreshold: 1 }, or another period'],
  ])('says which threshold would fit %j', (probes, fix) => {
    const object = podsOfKind('Deployment', { containers: [{ name: 'web', ...probes }] });
    expect(findingsOf(probeTimings, [object]).map((finding) => finding.fix)).toEqual([fix]);
  });
});
